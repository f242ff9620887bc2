"""Step 3, its doubt: how often a quote is right of which the network is so sure, and how sure is sure enough.

In: how sure the network is, 0 to 1, and what sort of quote it is. Out: the confidence that a caller sees. The numbers are fitted
on annotated articles (`python -m training calibrate`) and travel with the weights, in the pipeline's `config.cfg`. As they stand
here they change nothing and leave nothing out.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

NEAREST = 0.005
"""How near to 0 and to 1 the network's word is taken at the most."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """From log odds to log odds: `slope` times them, and an offset by the sort of quote: a statement with marks in it (`marked`),
    without (`unmarked`) or inside another quote (`nested`), or a quote of another kind. A statement less sure than `least` is
    none, nor is an attitude or a topic less sure than `least_other`.
    """

    slope: float = 1.0
    marked: float = 0.0
    unmarked: float = 0.0
    nested: float = 0.0
    attitude: float = 0.0
    topic: float = 0.0
    least: float = 0.0
    least_other: float = 0.0

    def __call__(self, sure: float, sort: str) -> float:
        """How often a quote of one of SORTS is right, 0 to 1."""
        offset: float = getattr(self, sort)
        return 1 / (1 + math.exp(-self.slope * log_odds(sure) - offset))

    def tells(self, confidence: float, kind: str) -> bool:
        """Whether a quote of such a kind is told at such a confidence."""
        return confidence >= (self.least_other if kind in OTHER else self.least)


UNCALIBRATED = Calibration()
OTHER = ("attitude", "topic")
"""The kinds of quote that are told on request only."""
SORTS = ("marked", "unmarked", "nested", *OTHER)


def sort_of(kind: str, *, marked: bool, nested: bool) -> str:
    """Which of SORTS a quote is of."""
    return kind if kind in SORTS else "nested" if nested else "marked" if marked else "unmarked"


def log_odds(sure: float) -> float:
    """The log odds of a probability, finite at 0 and 1 too."""
    sure = min(max(sure, NEAREST), 1 - NEAREST)
    return math.log(sure / (1 - sure))
