"""Step 2, nesting: attributions inside the content of another. In: an article's words, the attributions of the outer level, and
the scores of the inner level. Out: the outer attributions and those nested in them, in code points.

The outer level gives each word one role, so it cannot see attributions inside a content. The inner level gives each word a second
role. Each fragment of content is decoded separately. `quotes` decides which quote is the parent of which.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from attribution.data import Attribution
from attribution.tagging.decoder import decode
from attribution.tagging.network import Level
from attribution.tagging.thresholds import NEUTRAL, Thresholds
from attribution.tagging.windows import Range, Words


def add_nested(
    words: Words, attributions: Sequence[Attribution], inner: Level, thresholds: Thresholds = NEUTRAL
) -> list[Attribution]:
    """The outer attributions, then those nested in them."""
    spans = (_unmarked(words, words.range(content)) for outer in attributions for content in outer.content)
    return [*attributions, *(replace(each, nested=True) for span in spans for each in _inside(words, span, inner, thresholds))]


def _inside(words: Words, span: Range, inner: Level, thresholds: Thresholds) -> list[Attribution]:
    """The attributions with a cue inside a range of words."""
    if not inner.roles[slice(*span)].argmax(1).any():
        return []
    return [each for each in decode(words.part(*span), inner.part(*span), thresholds) if each.cue]


def _unmarked(words: Words, span: Range) -> Range:
    """The range without the quotation marks around it, which are not part of a nested quote."""
    start, end = span
    within = end - start > 2 and words.is_mark(start) and words.is_mark(end - 1)
    return (start + 1, end - 1) if within else span
