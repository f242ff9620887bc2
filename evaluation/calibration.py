"""Is the confidence what it says? Of the quotes that are 0.8 sure, eight in ten should be right.

In: gold articles and predictions, as for `corpus`. Out: the report, subset → ten bins of confidence, each with its quotes, their
mean confidence and the share of them that is right, and the expected calibration error: how far the two lie apart, a mean over
the bins weighted by their quotes. Right means: the relation is right, as `corpus` counts it; so the share of all quotes is its
precision, and what was not found at all does not matter here. It reads no file, predicts nothing and draws nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from statistics import fmean
from typing import Any

from evaluation.corpus import Article, by_subset, compare

BINS = 10


@dataclass(frozen=True, slots=True)
class Judged:
    """One predicted quote: how sure it is, 0 to 1, and whether its relation is right."""

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


def score(articles: Iterable[Article], predictions: Mapping[str, Article]) -> dict[str, Any]:
    """The report over all `articles`; each must have its prediction, and each quote of that a confidence."""
    return {subset: report(found) for subset, found in by_subset(judge, articles, predictions).items()}


def judge(article: Article, prediction: Article, *, quoted: bool) -> Iterator[Judged]:
    """Each predicted quote of one article that counts."""
    compared = compare(article, prediction, quoted=quoted)
    right = {i for i, _ in compared.related()}
    for i, quote in enumerate(compared.predicted):
        confidence = quote.get("confidence")
        if confidence is None or not 0 <= confidence <= 1:
            raise ValueError(f"article {article['id']}: a quote has no confidence from 0 to 1: predict anew (--run)")
        yield Judged(confidence, i in right)


def report(judged: list[Judged]) -> dict[str, Any]:
    """The bins, their sum and the expected calibration error."""
    groups: list[list[Judged]] = [[] for _ in range(BINS)]
    for one in judged:
        groups[min(int(one.confidence * BINS), BINS - 1)].append(one)
    bins = [asdict(fill(group, number / BINS, (number + 1) / BINS)) for number, group in enumerate(groups)]
    return {"bins": bins, "all": asdict(fill(judged, 0.0, 1.0)), "error": error(groups)}


def fill(judged: list[Judged], low: float, high: float) -> Bin:
    """The bin that holds these quotes."""
    if not judged:
        return Bin(low, high, 0, None, None)
    return Bin(low, high, len(judged), fmean(one.confidence for one in judged), fmean(one.right for one in judged))


def error(groups: list[list[Judged]]) -> float:
    """The expected calibration error, 0 where there are no quotes."""
    gaps = (abs(sum(one.confidence - one.right for one in group)) for group in groups)
    return sum(gaps) / max(1, sum(map(len, groups)))
