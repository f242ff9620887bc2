"""Calls: the words in a source that name or describe its speaker. In: an article's words, its attributions, and the call scores
of the words. Out: the calls in each source, as labelled ranges of words. Who the speaker is, is left to `resolving`.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from attribution.data import Attribution
from attribution.tagging.decoder import spans, viterbi
from attribution.tagging.network import CALL_TAGS, Floats
from attribution.tagging.windows import Words

NO_PREFERENCE = np.zeros((len(CALL_TAGS), len(CALL_TAGS)), dtype=np.float32)
"""Transitions that favour no allowed tag over another."""


def find_calls(words: Words, attributions: Iterable[Attribution], scores: Floats) -> list[tuple[int, int, str]]:
    """The likeliest calls within each source."""
    sources = {words.range(one.source) for one in attributions if one.source is not None}
    return sorted(
        {
            (start + first, start + last, label)
            for start, end in sources
            if start < end
            for first, last, label in spans(viterbi(scores[start:end], NO_PREFERENCE), CALL_TAGS)
        }
    )
