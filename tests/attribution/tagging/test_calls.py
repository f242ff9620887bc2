"""Calls: which words name or describe a person or a body."""

import numpy as np
import spacy

from attribution.data import Attribution
from attribution.tagging.calls import find_calls
from attribution.tagging.network import CALL_TAGS
from attribution.tagging.windows import WordPieces, words_of

TEXT = "Yesterday researchers from York said so."
SOURCE = (10, 31)
PIECES = WordPieces(["[PAD]", "[UNK]", "[CLS]", "[SEP]"])


def scored(*tags):
    """Scores that make each word's tag the likeliest, inside tags most of all; "B-noun" is always a close second."""
    scores = np.full((len(tags), len(CALL_TAGS)), -5.0, dtype=np.float32)
    scores[:, CALL_TAGS.index("B-noun")] = 0.8
    scores[range(len(tags)), [CALL_TAGS.index(tag) for tag in tags]] = [1 + (tag[0] == "I") for tag in tags]
    return scores


def calls(*tags):
    words = words_of(spacy.blank("en")(TEXT), PIECES, limit=100)
    quote = Attribution(((32, 36),), None, SOURCE, 1.0)
    return find_calls(words, [quote], scored(*tags))


def test_a_call_starts_with_a_begin_tag():
    """Even where each word on its own is likelier outside a call, or in the middle of one."""
    assert calls("O", "O", "I-noun", "I-noun", "O", "O", "O") == [(1, 4, "noun")]


def test_calls_outside_sources_are_found_too():
    assert calls("B-name", "B-noun", "O", "O", "O", "O", "O") == [(0, 1, "name"), (1, 2, "noun")]


def test_a_call_does_not_run_over_the_end_of_a_source():
    assert calls("O", "O", "O", "B-noun", "I-noun", "O", "O") == [(3, 4, "noun")]
