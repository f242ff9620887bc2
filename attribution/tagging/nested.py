"""Step 2, its inner level: what is attributed inside the content of an attribution. In: an article's words, the attributions of
the outer level, what the inner level says. Out: these and the attributions nested in them, in code points.

The outer level gives every word one role, so what a content holds stays hidden in it; the inner level gives it one more, and is
asked about each fragment of content by itself. Which quote is whose parent is told by `quotes`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from attribution.data import Attribution
from attribution.tagging.decoder import Range, decode
from attribution.tagging.network import Level
from attribution.tagging.thresholds import UNCHOSEN, Thresholds
from attribution.tagging.windows import Words


def look_inside(
    words: Words, attributions: Sequence[Attribution], inner: Level, thresholds: Thresholds = UNCHOSEN
) -> list[Attribution]:
    """The attributions of both levels."""
    spans = (_unmarked(words, words.range(content)) for outer in attributions for content in outer.content)
    return [*attributions, *(replace(each, nested=True) for span in spans for each in _inside(words, span, inner, thresholds))]


def _inside(words: Words, span: Range, inner: Level, thresholds: Thresholds) -> Iterator[Attribution]:
    """What is attributed with a cue inside a range of words."""
    if (inner.roles[slice(*span)].argmax(1) > 0).any():
        yield from (each for each in decode(words.part(*span), inner.part(*span), thresholds) if each.cue)


def _unmarked(words: Words, span: Range) -> Range:
    """The range without the marks around it: they are not part of what is said inside."""
    start, end = span
    within = end - start > 2 and words.is_mark(start) and words.is_mark(end - 1)
    return (start + 1, end - 1) if within else span
