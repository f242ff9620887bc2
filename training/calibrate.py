"""Fits the confidence of quotes. In: annotated news articles and a pipeline. Out: the `Calibration` for its step `quotes`: the
curve from the network's probability to the share of such quotes that are right, and the confidence thresholds for statements and
for other kinds, which maximise F1. Trains nothing; the network should not have been trained on these articles.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language

from attribution.quoting.calibration import SORTS, UNCALIBRATED, Calibration, log_odds, sort_of
from attribution.quoting.quotes import build_quotes
from evaluation.pairs import CORE, KINDS, Pair, pair
from evaluation.predict import tag

STEPS = 50
"""Steps of Newton's method, each of length one at most."""
TIE = 0.002
"""The F1 that a higher threshold, with fewer wrong quotes, may cost."""
RIDGE = 1e-3
"""Keeps the offset of a sort with few or no quotes finite."""


@dataclass(frozen=True)
class JudgedQuote:
    """A predicted quote: the network's probability, its sort (one of SORTS), whether it is a statement, and if it is right."""

    sure: float
    sort: str
    statement: bool
    right: bool


def calibrate(articles: Iterable[dict[str, Any]], nlp: Language) -> Calibration:
    """The calibration of a pipeline with a tagger."""
    judged, wanted = list[JudgedQuote](), Counter[bool]()
    for article in articles:
        found, kinds = judge(article, nlp)
        judged += found
        wanted.update(kind == CORE for kind in kinds)
    calibration = fit(judged) if judged else UNCALIBRATED
    statements, others = (
        round(best_threshold((each for each in judged if each.statement == statement), calibration, wanted[statement]), 3)
        for statement in (True, False)
    )
    return replace(calibration, least=statements, least_other=others)


def judge(article: dict[str, Any], nlp: Language) -> tuple[list[JudgedQuote], list[str]]:
    """The predicted quotes of one article that count, and the kinds of its gold quotes that can be predicted."""
    doc = tag(nlp, article["text"])
    prediction = {"quotes": [asdict(quote) for quote in build_quotes(doc.text, doc._.attributions)]}
    pairs = pair(article, prediction)
    return list(_judged(pairs)), [each.kind for each in pairs if each.kind in KINDS]


def _judged(pairs: Iterable[Pair]) -> Iterator[JudgedQuote]:
    for each in pairs:
        quote = each.predicted
        statement = each.predicted_kind == CORE
        if quote is not None and (each.counts or not statement):
            sort = sort_of(quote["kind"], marked=bool(quote["verbatim"]), nested=bool(quote["parent"]))
            yield JudgedQuote(quote["confidence"], sort, statement, each.agreed)


def fit(judged: Sequence[JudgedQuote]) -> Calibration:
    """Fit the curve by logistic regression on the log odds, with an offset for each sort."""
    inputs = np.array([[log_odds(each.sure), *(each.sort == sort for sort in SORTS)] for each in judged], dtype=np.float64)
    right = np.array([each.right for each in judged], dtype=np.float64)
    weights = np.array([1.0, *(0.0 for _ in SORTS)])
    for _ in range(STEPS):
        likely = 1 / (1 + np.exp(-inputs @ weights))
        slope = inputs.T @ (likely - right) + RIDGE * weights
        curve = (inputs * (likely * (1 - likely))[:, None]).T @ inputs + RIDGE * np.eye(len(weights))
        step = np.linalg.solve(curve, slope)
        weights -= step / max(1.0, np.abs(step).max())
    return Calibration(**{name: round(float(value), 3) for name, value in zip(("slope", *SORTS), weights, strict=True)})


def best_threshold(judged: Iterable[JudgedQuote], calibration: Calibration, wanted: int) -> float:
    """The highest threshold of confidence whose F1 is within TIE of the best; `wanted` is the number of gold quotes."""
    sure = ((calibration(each.sure, each.sort), each.right) for each in judged)
    ordered: NDArray[np.float64] = np.array(sorted(sure, reverse=True), dtype=np.float64).reshape(-1, 2)
    if not len(ordered):
        return 0.0
    scores = 2 * np.cumsum(ordered[:, 1]) / (np.arange(1, len(ordered) + 1) + wanted)
    return float(ordered[np.flatnonzero(scores >= scores.max() - TIE)[0], 0])
