"""Bootstrap confidence intervals of shares: a share is computed on a thousand resampled corpora of the same number of articles.

In: the part and the whole of a share, article by article. Out: the bounds of the middle 95 % of the thousand shares. Whole
articles are resampled, since the quotes of one article resemble each other. The samples are always the same, so two shares can be
compared and the same counts give the same bounds.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

DRAWS = 1000
SEED = 16
MIDDLE = (2.5, 97.5)
"""The percentiles that bound the interval."""


@lru_cache(maxsize=1)
def draw(articles: int) -> NDArray[np.int64]:
    """How often each of a number of articles occurs in each resampled corpus."""
    return np.random.default_rng(SEED).multinomial(articles, [1 / articles] * articles, size=DRAWS)


def interval(parts: Sequence[int], wholes: Sequence[int]) -> tuple[float, float] | None:
    """The bounds of the share of the `parts` in the `wholes`, in per cent, given both by article. Samples whose whole is 0 are
    left out; None if all are.
    """
    part, whole = draw(len(parts)) @ np.array(parts), draw(len(wholes)) @ np.array(wholes)
    some = whole > 0
    if not some.any():
        return None
    low, high = np.percentile(100 * part[some] / whole[some], MIDDLE)
    return round(float(low), 1), round(float(high), 1)
