"""Step 2, its second look: what is attributed inside the content of an attribution. In: an article's words, the attributions of
the first look, the network. Out: these and the attributions nested in them, in code points.

The first look gives every word one role, so what a content holds stays hidden. Here each fragment of content is read by itself,
without the marks around it, as if it were all there is. Which quote is whose parent is told by `quotes`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from attribution.data import Attribution, Offsets
from attribution.tagging.decoder import Range, decode
from attribution.tagging.network import BUDGET, Network
from attribution.tagging.windows import MARKS, SHAPES, Words

SHORTEST = 5
"""Words a content must have to hold an attribution."""
LEAST_SURE = 0.7
"""A nested attribution less sure than this is none; chosen by reading what is found in the dev articles."""
WIDEST_GAP = 2
"""Characters between the parts of an attribution: a comma and a space."""
FIRST_MARK = SHAPES.index(MARKS[0])


def look_again(words: Words, attributions: Sequence[Attribution], network: Network) -> list[Attribution]:
    """The attributions of both looks. One whose whole content is another, with its cue and source behind it, only passes that on,
    and is left out: "All is well, Ann assured, according to RIA".
    """
    found = list(_inside(words, attributions, network))
    relays = {number for number, inner in found if _is_all(inner, attributions[number])}
    nested = [inner for number, inner in found if number in relays or inner.confidence >= LEAST_SURE]
    return [outer for number, outer in enumerate(attributions) if number not in relays] + nested


def _inside(words: Words, attributions: Sequence[Attribution], network: Network) -> Iterator[tuple[int, Attribution]]:
    """What is attributed with cue and source inside the contents of others, each with the number of the other."""
    spans = [(number, fragment) for number, attribution in enumerate(attributions) for fragment in attribution.content]
    within = ((number, _unmarked(words, _range(words, span))) for number, span in spans)
    worth = [(number, span) for number, span in within if _may_hold(words, span)]
    ranges = [span for _, span in worth]
    for (number, (start, end)), scores in zip(worth, network.alone(words, ranges), strict=True):
        for inner in decode(words.part(start, end), scores, network.transitions):
            if inner.cue and inner.source:
                yield number, inner


def _is_all(inner: Attribution, outer: Attribution) -> bool:
    """Whether the inner attribution's content, and behind it its cue and source, are all that the outer one's content holds."""
    named = sorted(span for span in (inner.cue, inner.source) if span)
    edges = [outer.content[0][0], *(edge for span in (*inner.content, *named) for edge in span), outer.content[-1][1]]
    gaps = (after - before for before, after in zip(edges[::2], edges[1::2], strict=True))
    return len(outer.content) == 1 and all(0 <= gap <= WIDEST_GAP for gap in gaps)


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
