"""Step 2, its second look: what is attributed inside the content of an attribution. In: an article's words, the attributions of
the first look, the network. Out: the attributions nested in them, in code points.

The first look gives every word one role, so what a content holds stays hidden. Here each fragment of content is read by itself,
without the marks around it, as if it were all there is. Which quote is whose parent is told by `quotes`.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from attribution.data import Attribution, Offsets
from attribution.tagging.decoder import Range, decode
from attribution.tagging.network import BUDGET, Network
from attribution.tagging.windows import MARKS, SHAPES, Words

SHORTEST = 5
"""Words a content must have to hold an attribution."""
LEAST_SURE = 0.7
"""A nested attribution less sure than this is none; chosen by reading what is found in the dev articles."""
FIRST_MARK = SHAPES.index(MARKS[0])


def find_nested(words: Words, attributions: Iterable[Attribution], network: Network) -> list[Attribution]:
    """The attributions inside the contents of others, those with cue and source that the network is sure of."""
    spans = (fragment for attribution in attributions for fragment in attribution.content)
    ranges = [each for each in (_unmarked(words, _range(words, span)) for span in spans) if _may_hold(words, each)]
    return [
        attribution
        for (start, end), scores in zip(ranges, network.alone(words, ranges), strict=True)
        for attribution in decode(words.part(start, end), scores, network.transitions)
        if attribution.cue and attribution.source and attribution.confidence >= LEAST_SURE
    ]


def _range(words: Words, span: Offsets) -> Range:
    start, end = np.searchsorted(words.offsets[:, 0], span)
    return int(start), int(end)


def _unmarked(words: Words, span: Range) -> Range:
    """The range without the mark that it begins with and the one that it ends with."""
    start, end = span
    return start + _is_mark(words, start), end - _is_mark(words, end - 1)


def _is_mark(words: Words, place: int) -> bool:
    return bool(words.shapes[place] >= FIRST_MARK)


def _may_hold(words: Words, span: Range) -> bool:
    """Whether it is worth a look: of some length, and in the reporter's words or with marks inside; people seldom quote others
    when they speak, and nobody wants to read of all that they "think" and "hope".
    """
    start, end = span
    if end - start < SHORTEST or sum(map(len, words.pieces[start:end])) > BUDGET:
        return False
    spoken = start > 0 and _is_mark(words, start - 1)
    return not spoken or any(_is_mark(words, place) for place in range(start, end))
