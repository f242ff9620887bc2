"""How far a share may be off: the same share of a thousand corpora, each of as many articles, drawn from the ones there are.

In: what each article adds to both sides of a share. Out: the bounds between which the middle 95 % of the thousand lie. Articles
are drawn whole, since quotes of one article resemble each other, and always the same ones, so that two shares can be compared and
the same counts give the same bounds.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

DRAWS = 1000
SEED = 16
MIDDLE = (2.5, 97.5)
"""The percentiles that bound it."""


@lru_cache(maxsize=1)
def draw(articles: int) -> NDArray[np.int64]:
    """How often each of so many articles is in each drawn corpus."""
    return np.random.default_rng(SEED).multinomial(articles, [1 / articles] * articles, size=DRAWS)


def interval(parts: Sequence[int], wholes: Sequence[int]) -> tuple[float, float] | None:
    """The bounds of the share of the `parts` in the `wholes`, in per cent, given those of each article. Corpora of which there is
    no share are left out; None where there is none of any.
    """
    part, whole = draw(len(parts)) @ np.array(parts), draw(len(wholes)) @ np.array(wholes)
    some = whole > 0
    if not some.any():
        return None
    low, high = np.percentile(100 * part[some] / whole[some], MIDDLE)
    return round(float(low), 1), round(float(high), 1)
