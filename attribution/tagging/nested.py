"""Step 2, its inner level: what is attributed inside the content of an attribution. In: an article's words, the attributions of
the outer level, what the inner level says. Out: these and the attributions nested in them, in code points.

The outer level gives every word one role, so what a content holds stays hidden in it; the inner level gives it one more, and is
asked about each fragment of content by itself. Which quote is whose parent is told by `quotes`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from attribution.data import Attribution, Offsets
from attribution.tagging.decoder import Range, decode
from attribution.tagging.network import Level
from attribution.tagging.windows import Words

LEAST_SURE = 0.73
"""A nested attribution less sure than this is none; chosen by reading what is found in the dev articles."""
EAGER = 0.5
"""How much less the level says that nothing is there, of what may be all that another passes on."""
WIDEST_GAP = 2
"""Characters between the parts of an attribution: a comma and a space."""


def look_inside(words: Words, attributions: Sequence[Attribution], inner: Level) -> list[Attribution]:
    """The attributions of both levels. One whose whole content is another, with its cue and source behind it, only passes that
    on, and is left out: "All is well, Ann assured, according to RIA".
    """
    eager = replace(inner, roles=inner.roles - EAGER * np.eye(1, inner.roles.shape[1], dtype=np.float32))
    relayed = {number: each for number, outer in enumerate(attributions) for each in _relayed(words, outer, eager)}
    kept = [outer for number, outer in enumerate(attributions) if number not in relayed]
    spans = (_unmarked(words, words.range(content)) for outer in kept for content in outer.content)
    found = (each for span in spans for each in _inside(words, span, inner))
    return [*kept, *relayed.values(), *(each for each in found if each.confidence >= LEAST_SURE)]


def _relayed(words: Words, outer: Attribution, inner: Level) -> Iterator[Attribution]:
    """What an attribution whose source stands behind its one content does no more than pass on."""
    if outer.source and len(outer.content) == 1 and outer.source[0] >= outer.content[0][1]:
        (content,) = outer.content
        yield from (each for each in _inside(words, words.range(content), inner) if _is_all(each, content))


def _inside(words: Words, span: Range, inner: Level) -> Iterator[Attribution]:
    """What is attributed with cue and source inside a range of words."""
    if (inner.roles[slice(*span)].argmax(1) > 0).any():
        yield from (each for each in decode(words.part(*span), inner.part(*span)) if each.cue and each.source)


def _unmarked(words: Words, span: Range) -> Range:
    """The range without the marks around it: they are not part of what is said inside."""
    start, end = span
    within = end - start > 2 and words.is_mark(start) and words.is_mark(end - 1)
    return (start + 1, end - 1) if within else span


def _is_all(inner: Attribution, content: Offsets) -> bool:
    """Whether the inner attribution's content, and behind it its cue and source, are all that a content holds."""
    named = sorted(span for span in (inner.cue, inner.source) if span)
    edges = [content[0], *(edge for span in (*inner.content, *named) for edge in span), content[1]]
    gaps = (after - before for before, after in zip(edges[::2], edges[1::2], strict=True))
    return all(0 <= gap <= WIDEST_GAP for gap in gaps)
