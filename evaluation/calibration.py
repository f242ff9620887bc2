"""Measures whether the confidence is calibrated: of the quotes with a confidence of 0.8, eight in ten should be right.

In: gold articles and predictions, as for `corpus`. Out: the report, subset → ten bins of confidence, each with its number of
quotes, their mean confidence and the share that is right; the expected calibration error, which is the mean gap between the two,
weighted by the quotes of each bin; and the calibration curve. A quote is right if its relation is right, as `corpus` counts it;
in news, if it is found, as `news` counts it. The share of all quotes that are right is therefore the precision there, and missed
quotes do not count. News has a subset for each other kind that is predicted, where right means that the quote is of that kind. It
reads no file, predicts nothing and draws nothing.
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
"""Steps of Newton's method when fitting the curve."""


@dataclass(frozen=True, slots=True)
class JudgedQuote:
    """One predicted quote: its confidence, from 0 to 1, and whether it is right."""

    confidence: float
    right: bool


@dataclass(frozen=True, slots=True)
class Bin:
    """The quotes whose confidence is at least `low` and below `high` (in the last bin, up to 1): their number, their mean
    `confidence` and the share that is `right`. Both are None for an empty bin.
    """

    low: float
    high: float
    quotes: int
    confidence: float | None
    right: float | None


def score(articles: Sequence[Article], predictions: Mapping[str, Article]) -> dict[str, Any]:
    """The report over all `articles`. Each must have a prediction whose quotes all have a confidence."""
    judged = judge_news(articles, predictions) if is_news(articles) else by_subset(judge, articles, predictions)
    return {subset: report(found) for subset, found in judged.items()}


def judge(article: Article, prediction: Article, *, quoted: bool) -> Iterator[JudgedQuote]:
    """Judge each predicted quote of one article that counts."""
    compared = compare(article, prediction, quoted=quoted)
    right = {i for i, _ in compared.related()}
    for i, quote in enumerate(compared.predicted):
        yield JudgedQuote(confidence(article, quote), i in right)


def judge_news(articles: Iterable[Article], predictions: Mapping[str, Article]) -> dict[str, list[JudgedQuote]]:
    """Judge each predicted quote of news that counts, by subset. Other kinds have a subset only if they are predicted."""
    judged: dict[str, list[JudgedQuote]] = {"statements": [], "quoted": []}
    for article in articles:
        for each in pair(article, predictions[article["id"]]):
            if each.predicted:
                one = JudgedQuote(confidence(article, each.predicted), each.agreed)
                for subset in subsets(each.predicted, each):
                    judged.setdefault(subset, []).append(one)
    return judged


def subsets(predicted: Quote, pair: Pair) -> Iterator[str]:
    """The subsets of a predicted quote of news: its kind, and for statements with marked words also `quoted`."""
    if pair.predicted_kind != CORE:
        yield f"{pair.predicted_kind}s"
    elif pair.counts:
        yield "statements"
        if is_marked(predicted):
            yield "quoted"


def confidence(article: Article, quote: Quote) -> float:
    """The confidence of a quote. Raises ValueError if it has none."""
    sure: float | None = quote.get("confidence")
    if sure is None or not 0 <= sure <= 1:
        raise ValueError(f"article {article['id']}: a quote has no confidence from 0 to 1: predict again with --run")
    return sure


def report(judged: Sequence[JudgedQuote]) -> dict[str, Any]:
    """The bins, their total, the expected calibration error, and the curve that would correct it."""
    groups: list[list[JudgedQuote]] = [[] for _ in range(BINS)]
    for one in judged:
        groups[min(int(one.confidence * BINS), BINS - 1)].append(one)
    bins = [asdict(make_bin(group, number / BINS, (number + 1) / BINS)) for number, group in enumerate(groups)]
    slope, offset = fit(judged)
    return {"bins": bins, "all": asdict(make_bin(judged, 0.0, 1.0)), "error": error(groups), "slope": slope, "offset": offset}


def make_bin(judged: Sequence[JudgedQuote], low: float, high: float) -> Bin:
    """The bin that holds these quotes."""
    if not judged:
        return Bin(low, high, 0, None, None)
    return Bin(low, high, len(judged), fmean(one.confidence for one in judged), fmean(one.right for one in judged))


def fit(judged: Sequence[JudgedQuote]) -> tuple[float, float]:
    """The slope and offset of the logistic curve from confidence, in log odds, to the share that is right (Platt scaling). A
    calibrated confidence has slope 1 and offset 0; the fit is regularised towards these values.
    """
    inputs = np.array([[log_odds(one.confidence), 1.0] for one in judged]).reshape(-1, 2)
    right = np.array([one.right for one in judged], dtype=float)
    curve = prior = np.array([1.0, 0.0])
    for _ in range(STEPS):
        likely = np.exp(-np.logaddexp(0, -inputs @ curve))
        gradient = inputs.T @ (likely - right) + (curve - prior)
        curve = curve - np.linalg.solve(inputs.T @ (inputs * (likely * (1 - likely))[:, None]) + np.eye(2), gradient)
    return float(curve[0]), float(curve[1])


def log_odds(confidence: float) -> float:
    """The log odds of a confidence, clipped so that it is never quite 0 or 1."""
    sure = min(max(confidence, 1e-4), 1 - 1e-4)
    return math.log(sure / (1 - sure))


def error(groups: list[list[JudgedQuote]]) -> float:
    """The expected calibration error, 0 where there are no quotes."""
    gaps = (abs(sum(one.confidence - one.right for one in group)) for group in groups)
    return sum(gaps) / max(1, sum(map(len, groups)))
