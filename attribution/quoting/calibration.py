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
    """From log odds to log odds: `slope` times them, and an offset by the sort of quote: with marks in it (`marked`), without
    (`unmarked`), or inside another (`nested`). A quote less sure than `least` is none.
    """

    slope: float = 1.0
    marked: float = 0.0
    unmarked: float = 0.0
    nested: float = 0.0
    least: float = 0.0

    def __call__(self, sure: float, *, marked: bool, nested: bool) -> float:
        """How often such a quote is right, 0 to 1."""
        offset = self.nested if nested else self.marked if marked else self.unmarked
        return 1 / (1 + math.exp(-self.slope * log_odds(sure) - offset))


UNCALIBRATED = Calibration()


def log_odds(sure: float) -> float:
    """The log odds of a probability, finite at 0 and 1 too."""
    sure = min(max(sure, NEAREST), 1 - NEAREST)
    return math.log(sure / (1 - sure))
