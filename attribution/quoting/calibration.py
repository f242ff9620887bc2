"""Step 3, confidence: turn the network's probability into how often such a quote is right, and drop unlikely quotes.

In: the network's probability, 0 to 1, and the sort of quote. Out: the confidence that callers see. The numbers are fitted on
annotated articles (`python -m training calibrate`) and ship with the weights, in the pipeline's `config.cfg`. The defaults change
no confidence and drop no quote.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from attribution.data import KINDS

MARGIN = 0.005
"""Probabilities are clipped to this distance from 0 and 1."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """A linear map of the log odds: `slope` times them, plus the offset of the sort of quote: a statement with quotation marks
    (`marked`), without (`unmarked`) or inside another quote (`nested`), an `attitude` or a `topic`. A statement below the
    confidence `least` is dropped, and so is an attitude or a topic below `least_other`.
    """

    slope: float = 1.0
    marked: float = 0.0
    unmarked: float = 0.0
    nested: float = 0.0
    attitude: float = 0.0
    topic: float = 0.0
    least: float = 0.0
    least_other: float = 0.0

    def __call__(self, probability: float, sort: str) -> float:
        """How often a quote of one of SORTS with this probability is right, 0 to 1."""
        offset: float = getattr(self, sort)
        return 1 / (1 + math.exp(-self.slope * log_odds(probability) - offset))

    def keeps(self, confidence: float, kind: str) -> bool:
        """Whether a quote of this kind and confidence is kept."""
        return confidence >= (self.least_other if kind in OTHER else self.least)


UNCALIBRATED = Calibration()
OTHER = KINDS[1:]
"""The kinds of quote that are returned only on request."""
SORTS = ("marked", "unmarked", "nested", *OTHER)


def sort_of(kind: str, *, marked: bool, nested: bool) -> str:
    """Which of SORTS a quote is."""
    if kind in OTHER:
        return kind
    if nested:
        return "nested"
    return "marked" if marked else "unmarked"


def log_odds(probability: float) -> float:
    """The log odds of a probability, finite at 0 and 1 too."""
    probability = min(max(probability, MARGIN), 1 - MARGIN)
    return math.log(probability / (1 - probability))
