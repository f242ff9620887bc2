"""Step 2, who passes a quote on: "Ann told Reuters", "according to a letter seen by the Courier". In: an article's words, its
attributions, and what the network says of those who pass on. Out: the attributions, each with who passes it on and how.

Several quotes may come by the same way: each points to it from its cue, or from its content where it has none. Whom the words
mean is told later, with the speakers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from attribution.data import RELATIONS, Attribution
from attribution.tagging.decoder import Range, offsets, seen
from attribution.tagging.network import Passing
from attribution.tagging.thresholds import UNCHOSEN, Thresholds
from attribution.tagging.windows import Words


def pass_on(
    words: Words, attributions: Iterable[Attribution], passing: Passing, thresholds: Thresholds = UNCHOSEN
) -> list[Attribution]:
    """The attributions with those who pass them on."""
    likely = _likely(passing)
    ways = list(_ways(np.asarray(likely.sum(1) >= thresholds.tagged)))
    return [_passed(words, each, ways, likely, passing, thresholds.pointed) if ways else each for each in attributions]


def _likely(passing: Passing) -> NDArray[np.float64]:
    """How likely each word is of somebody of each of RELATIONS."""
    exps = np.exp(passing.tags.astype(np.float64) - passing.tags.max(1, keepdims=True))
    tags = exps / exps.sum(1, keepdims=True)
    return np.stack([tags[:, 1 + 2 * number] + tags[:, 2 + 2 * number] for number in range(len(RELATIONS))], 1)


def _ways(tagged: NDArray[np.bool_]) -> Iterable[Range]:
    """The stretches of tagged words, two that a lone word parts being one."""
    joined = tagged.copy()
    joined[1:-1] |= tagged[:-2] & tagged[2:]
    edges = np.flatnonzero(np.diff(np.concatenate(([False], joined, [False]))))
    return zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)


def _passed(
    words: Words, attribution: Attribution, ways: Sequence[Range], likely: NDArray[np.float64], passing: Passing, least: float
) -> Attribution:
    """The attribution with the way that its cue points to, at `least` so likely."""
    begin, pointed = _pointed(words.range(attribution.cue or attribution.content[0]), passing)
    shares = {way: pointed[way[0] - begin : way[1] - begin].sum() for way in seen(ways, begin, len(pointed))}
    way = max(shares, key=lambda way: float(shares[way]), default=(0, 0))
    if shares.get(way, 0) < least:
        return attribution
    relation = RELATIONS[int(likely[slice(*way)].sum(0).argmax())]
    return replace(attribution, via=((offsets(words, way), relation),))


def _pointed(span: Range, passing: Passing) -> tuple[int, NDArray[np.float64]]:
    """Where the window of a span begins, and how likely its words, on average, point to each word of that."""
    begin = int(passing.first[span[0]])
    logs = np.stack([passing.pointer[i] for i in range(*span) if passing.first[i] == begin]).astype(np.float64)
    return begin, np.exp(logs.mean(0)[1:])
