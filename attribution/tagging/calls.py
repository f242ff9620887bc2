"""Calls: by which words a source calls its speaker. In: the words of an article, its attributions, and the scores of their call
tags. Out: the calls of each source, as ranges of words with their labels. It leaves alone who the speaker is (resolving).
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from attribution.data import Attribution
from attribution.tagging.decoder import spans, viterbi
from attribution.tagging.network import CALL_TAGS, Floats
from attribution.tagging.windows import Words

FREE = np.zeros((len(CALL_TAGS), len(CALL_TAGS)), dtype=np.float32)
"""No tag is likelier than another to follow one, as long as it may."""


def find_calls(words: Words, attributions: Iterable[Attribution], scores: Floats) -> list[tuple[int, int, str]]:
    """The likeliest calls within each source."""
    sources = {words.range(one.source) for one in attributions if one.source is not None}
    return sorted(
        {
            (start + first, start + last, label)
            for start, end in sources
            if start < end
            for first, last, label in spans(viterbi(scores[start:end], FREE), CALL_TAGS)
        }
    )
