"""Step 2, calls: the words that name or describe a person or a body. In: an article's words, its attributions, and the words'
call scores. Out: the calls in each source and those elsewhere, as labelled ranges of words. Whom a call refers to is left to
`resolving`.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from attribution.data import Attribution
from attribution.tagging.decoder import spans, viterbi
from attribution.tagging.network import CALL_TAGS, Floats
from attribution.tagging.windows import Words

NO_PREFERENCE = np.zeros((len(CALL_TAGS), len(CALL_TAGS)), dtype=np.float32)
"""Transition scores that favour no tag over another."""


def find_calls(words: Words, attributions: Iterable[Attribution], scores: Floats) -> list[tuple[int, int, str]]:
    """The best sequence of calls within each source, and the calls elsewhere that touch no source."""
    sources = {words.range(one.source) for one in attributions if one.source is not None}
    within = {
        (start + first, start + last, label)
        for start, end in sources
        if start < end
        for first, last, label in spans(viterbi(scores[start:end], NO_PREFERENCE), CALL_TAGS)
    }
    taken = {word for start, end in sources for word in range(start, end)}
    elsewhere = (span for span in spans(scores.argmax(1), CALL_TAGS) if taken.isdisjoint(range(*span[:2])))
    return sorted({*within, *elsewhere})
