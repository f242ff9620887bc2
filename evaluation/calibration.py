"""Is the confidence what it says? Of the quotes that are 0.8 sure, eight in ten should be right.

In: gold articles and predictions, as for `corpus`. Out: the report, subset → ten bins of confidence, each with its quotes, their
mean confidence and the share of them that is right, the expected calibration error: how far the two lie apart, a mean over
the bins weighted by their quotes, and the curve from the one to the other. Right means: the relation is right, as `corpus`
counts it; of news, the quote is found, as `news` counts it. So the share of all quotes is the precision there, and what was not
found at all does not matter here. News has a subset for each further kind that is told, where right means: it is of that kind.
It reads no file, predicts nothing and draws nothing.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import fmean
from typing import Any

import numpy as np

from evaluation.corpus import Article, Quote, by_subset, compare
from evaluation.pairs import CORE, Pair, is_marked, is_news, pair

BINS = 10
STEPS = 20
"""Of Newton's method, towards the curve."""


@dataclass(frozen=True, slots=True)
class JudgedQuote:
    """One predicted quote: how sure it is, 0 to 1, and whether it is right."""

    confidence: float
    right: bool


@dataclass(frozen=True, slots=True)
class Bin:
    """The quotes whose confidence is from `low` on and below `high` (in the last bin up to 1): how many there are, their mean
    `confidence` and the share that is `right`; both None where there are none.
    """

    low: float
    high: float
    quotes: int
    confidence: float | None
    right: float | None


def score(articles: Sequence[Article], predictions: Mapping[str, Article]) -> dict[str, Any]:
    """The report over all `articles`; each must have its prediction, and each quote of that a confidence."""
    judged = judge_news(articles, predictions) if is_news(articles) else by_subset(judge, articles, predictions)
    return {subset: report(found) for subset, found in judged.items()}


def judge(article: Article, prediction: Article, *, quoted: bool) -> Iterator[JudgedQuote]:
    """Each predicted quote of one article that counts."""
    compared = compare(article, prediction, quoted=quoted)
    right = {i for i, _ in compared.related()}
    for i, quote in enumerate(compared.predicted):
        yield JudgedQuote(confidence(article, quote), i in right)


def judge_news(articles: Iterable[Article], predictions: Mapping[str, Article]) -> dict[str, list[JudgedQuote]]:
    """Each predicted quote of news that counts, by subset; those of further kinds only where such are told."""
    judged: dict[str, list[JudgedQuote]] = {"statements": [], "quoted": []}
    for article in articles:
        for each in pair(article, predictions[article["id"]]):
            if each.predicted:
                one = JudgedQuote(confidence(article, each.predicted), each.agreed)
                for subset in subsets(each.predicted, each):
                    judged.setdefault(subset, []).append(one)
    return judged


def subsets(predicted: Quote, pair: Pair) -> Iterator[str]:
    """The subsets that a predicted quote of news is in: by the kind it is told as, and of statements those with marked words."""
    if pair.predicted_kind != CORE:
        yield f"{pair.predicted_kind}s"
    elif pair.counts:
        yield "statements"
        if is_marked(predicted):
            yield "quoted"


def confidence(article: Article, quote: Quote) -> float:
    """How sure a quote is."""
    sure: float | None = quote.get("confidence")
    if sure is None or not 0 <= sure <= 1:
        raise ValueError(f"article {article['id']}: a quote has no confidence from 0 to 1: predict anew (--run)")
    return sure


def report(judged: Sequence[JudgedQuote]) -> dict[str, Any]:
    """The bins, their sum, the expected calibration error, and the curve that would mend it."""
    groups: list[list[JudgedQuote]] = [[] for _ in range(BINS)]
    for one in judged:
        groups[min(int(one.confidence * BINS), BINS - 1)].append(one)
    bins = [asdict(fill(group, number / BINS, (number + 1) / BINS)) for number, group in enumerate(groups)]
    slope, offset = fit(judged)
    return {"bins": bins, "all": asdict(fill(judged, 0.0, 1.0)), "error": error(groups), "slope": slope, "offset": offset}


def fill(judged: Sequence[JudgedQuote], low: float, high: float) -> Bin:
    """The bin that holds these quotes."""
    if not judged:
        return Bin(low, high, 0, None, None)
    return Bin(low, high, len(judged), fmean(one.confidence for one in judged), fmean(one.right for one in judged))


def fit(judged: Sequence[JudgedQuote]) -> tuple[float, float]:
    """Slope and offset of the logistic curve from the confidence, in log odds, to the share that is right (Platt): 1 and 0 where
    the confidence is what it says, towards which few quotes are drawn.
    """
    sure = np.array([[log_odds(one.confidence), 1.0] for one in judged]).reshape(-1, 2)
    right = np.array([one.right for one in judged], dtype=float)
    curve = said = np.array([1.0, 0.0])
    for _ in range(STEPS):
        likely = np.exp(-np.logaddexp(0, -sure @ curve))
        slope = sure.T @ (likely - right) + (curve - said)
        curve = curve - np.linalg.solve(sure.T @ (sure * (likely * (1 - likely))[:, None]) + np.eye(2), slope)
    return float(curve[0]), float(curve[1])


def log_odds(confidence: float) -> float:
    """Of a confidence, which is never quite 0 or 1."""
    sure = min(max(confidence, 1e-4), 1 - 1e-4)
    return math.log(sure / (1 - sure))


def error(groups: list[list[JudgedQuote]]) -> float:
    """The expected calibration error, 0 where there are no quotes."""
    gaps = (abs(sum(one.confidence - one.right for one in group)) for group in groups)
    return sum(gaps) / max(1, sum(map(len, groups)))
