"""How likely is likely enough, where the tagger decides. In: numbers from the pipeline's `config.cfg`, chosen on the dev articles
of its network. Out: a `Thresholds`. As they stand here nothing was chosen: each decision goes to whatever is likelier.
"""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Thresholds:
    """tagged: how likely a word must be of those who pass quotes on. pointed: how likely a quote must come by them. given_up: how
    much log probability a content may give up so that no cue is left without one. gained: how much it must gain to be two.
    """

    tagged: float = 0.5
    pointed: float = 0.5
    given_up: float = 0.0
    gained: float = math.inf


UNCHOSEN = Thresholds()
