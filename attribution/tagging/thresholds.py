"""The tagger's decision thresholds. In: numbers from the pipeline's `config.cfg`, chosen on the dev articles of its network. Out:
a `Thresholds`. With the defaults, each decision goes to the likelier choice.
"""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Thresholds:
    """tagged: the least probability of a word of a relay. pointed: the least probability that a quote has that relay. given_up:
    how much log probability a content may lose when a cue without content takes it. gained: how much log probability a content
    must gain when it is split in two.
    """

    tagged: float = 0.5
    pointed: float = 0.5
    given_up: float = 0.0
    gained: float = math.inf


NEUTRAL = Thresholds()
