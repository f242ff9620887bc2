"""Step 2, its inner level: what is attributed inside the content of an attribution. In: an article's words, the attributions of
the outer level, what the inner level says. Out: these and the attributions nested in them, in code points.

The outer level gives every word one role, so what a content holds stays hidden in it; the inner level gives it one more, and is
asked about each fragment of content by itself. Which quote is whose parent is told by `quotes`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from attribution.data import Attribution
from attribution.tagging.decoder import decode
from attribution.tagging.network import Level
from attribution.tagging.windows import Words

LEAST_SURE = 0.6
"""A nested attribution less sure than this is none; chosen by reading what is found in the dev articles."""
WIDEST_GAP = 2
"""Characters between the parts of an attribution: a comma and a space."""


def look_inside(words: Words, attributions: Sequence[Attribution], inner: Level) -> list[Attribution]:
    """The attributions of both levels. One whose whole content is another, with its cue and source behind it, only passes that
    on, and is left out: "All is well, Ann assured, according to RIA".
    """
    found = list(_inside(words, attributions, inner))
    relays = {number for number, each in found if _is_all(each, attributions[number])}
    nested = [each for number, each in found if number in relays or each.confidence >= LEAST_SURE]
    return [outer for number, outer in enumerate(attributions) if number not in relays] + nested


def _inside(words: Words, attributions: Sequence[Attribution], inner: Level) -> Iterator[tuple[int, Attribution]]:
    """What is attributed with cue and source inside the contents of others, each with the number of the other."""
    tagged = inner.roles.argmax(1) > 0
    for number, attribution in enumerate(attributions):
        for span in attribution.content:
            start, end = map(int, np.searchsorted(words.offsets[:, 0], span))
            if tagged[start:end].any():
                said = decode(words.part(start, end), inner.part(start, end))
                yield from ((number, each) for each in said if each.cue and each.source)


def _is_all(inner: Attribution, outer: Attribution) -> bool:
    """Whether the inner attribution's content, and behind it its cue and source, are all that the outer one's content holds."""
    named = sorted(span for span in (inner.cue, inner.source) if span)
    edges = [outer.content[0][0], *(edge for span in (*inner.content, *named) for edge in span), outer.content[-1][1]]
    gaps = (after - before for before, after in zip(edges[::2], edges[1::2], strict=True))
    return len(outer.content) == 1 and all(0 <= gap <= WIDEST_GAP for gap in gaps)
