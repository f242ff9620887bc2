"""Invariants of every answer, on random texts of marks, letters, control characters and fragments of markup. `make fuzz` tries
two hundred thousand texts.
"""

import os
from itertools import pairwise

import pytest
from checks import spans
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import attribution
from attribution.data import ACTS, KINDS, TYPES
from attribution.options import UNITS

EXAMPLES = int(os.environ.get("EXAMPLES", "60"))
MARKS = [
    "“",
    "”",
    "‘",
    "’",
    '"',
    "'",
    "«",
    "»",
    "„",
    "‟",
    "`",
    "``",
    "''",
    "—",
    "–",
    "-",
    ":",
    ";",
    ",",
    ".",
    "?!",
    "…",
    "(",
    ")",
    "[",
]
WORDS = ["Ann Lee", "Lee", "the minister", "she", "They", "said", "told Reuters", "warned", "wrote", "according to", "that", "no"]
WORDS += [
    "it rains",
    "Bob Orr",
    "and",
    "I",
    "we",
    "her lawyer",
    "in a statement",
    "who",
    "‘em",
    "dogs’",
    "Q:",
    "A:",
    "MoD",
    "U.S.",
]
STRANGE = [
    "😀",
    "👩‍👩‍👧",
    "é",
    "e\u0301",
    "שלום",
    "مرحبا",
    "\u202e",
    "\u200b",
    "\u200d",
    "\ufeff",
    "\x00",
    "\x1b",
    "ß",
    "İ",
    "ﬁ",
    "𝕬",
    "\ud7ff",
]
SPACES = [" ", "  ", "\n", "\n\n", "\r\n", "\r", "\t", "\xa0", "\u2028", "\x0b"]
REMNANTS = [
    "<p>",
    "</p>",
    "<br>",
    "&amp;",
    "&#8220;",
    "http://a.b/c?d=e",
    "<b",
    "]]>",
    "{}",
    "=",
    "====",
    "@ann",
    "#no",
    "5,000",
    "%",
]
PROSE = [
    "“We lost all,” said Ann Lee, the mayor of York. “We begin again.”",
    "The ministry told Reuters that it had said no, adding that talks would go on.",
    "He said: 'I asked her, \"Why?\", and she said nothing.'",
    "According to a report seen by the Post, the fund lost $5m.",
    "Asked whether he would go, Orr replied that he did not know.",
]
texts = st.lists(
    st.one_of(*map(st.sampled_from, (MARKS, WORDS, SPACES, PROSE, STRANGE, REMNANTS)), st.text(max_size=5)),
    min_size=1,
    max_size=40,
).map(lambda parts: " ".join(parts) if len(parts) % 2 else "".join(parts))


ENCODINGS = {"codepoint": ("utf-32-le", 4), "utf16": ("utf-16-le", 2), "utf8": ("utf-8", 1)}
"""For each unit, an encoding in which one unit is this many bytes."""


def answer_to(text, unit="codepoint"):
    """The answer to a text; an empty one with the error if the text is refused."""
    try:
        options = {"attitudes": True, "topics": True, "min_speaker_probability": 0.2}
        return attribution.extract(text, language="en", offset_unit=unit, **options).to_dict()
    except attribution.AttributionError as refusal:
        return {"quotes": [], "speakers": [], "refusal": str(refusal)}


def tries(number):
    """How many texts a test tries; the same ones each time unless there are many."""
    return settings(max_examples=number, deadline=None, derandomize=EXAMPLES < 1000, suppress_health_check=list(HealthCheck))


@tries(EXAMPLES)
@given(texts, st.sampled_from(UNITS))
def test_every_answer_is_consistent(text, unit):
    answer = answer_to(text, unit)
    check_spans(answer, text, unit)
    check_quotes(answer)
    check_speakers(answer)


@tries(EXAMPLES // 10)
@given(texts)
def test_a_text_that_is_read_again_gets_the_same_answer(text):
    """Of fewer texts: nearly all the time of these tests is reading."""
    assert answer_to(text) == answer_to(text)


def check_spans(answer, text, unit):
    """Each span is its slice of the text, in the requested unit."""
    encoding, width = ENCODINGS[unit]
    whole = text.encode(encoding)
    for span in spans(answer):
        assert whole[width * span["start"] : width * span["end"]].decode(encoding) == span["text"]
        assert span["start"] < span["end"]


def check_quotes(answer):
    """Fragments are in order and do not overlap, verbatim stretches are inside them, and no quote is its own ancestor."""
    parents = {quote["id"]: quote["parent"] for quote in answer["quotes"]}
    assert list(parents) == [f"q{number}" for number in range(1, len(parents) + 1)]
    for quote in answer["quotes"]:
        content = [(span["start"], span["end"]) for span in quote["content"]]
        assert content == sorted(content)
        assert all(one[1] <= other[0] for one, other in pairwise(content))
        for verbatim in quote["verbatim"]:
            assert any(start <= verbatim["start"] and verbatim["end"] <= end for start, end in content)
        assert (quote["type"] in TYPES, quote["kind"] in KINDS, 0 <= quote["confidence"] <= 1) == (True, True, True)
        assert quote["verb"] is None or quote["verb"]["act"] in (*ACTS, "")
        assert quote["parent"] is None or quote["parent"] in parents
        seen, parent = {quote["id"]}, quote["parent"]
        while parent is not None:
            assert parent not in seen
            seen.add(parent)
            parent = parents[parent]


def check_speakers(answer):
    """Every speaker, candidate, relay and group member of a quote is one of the speakers, with the same name."""
    names = {speaker["id"]: speaker["name"] for speaker in answer["speakers"]}
    assert list(names) == [f"s{number}" for number in range(1, len(names) + 1)]
    assert all(name.strip() and "\x00" not in name for name in names.values())
    said = {speaker["id"]: [] for speaker in answer["speakers"]}
    for quote in answer["quotes"]:
        for known in (
            *([quote["speaker"]] if quote["speaker"] else []),
            *quote["candidates"],
            *(via for via in quote["via"] if via["id"]),
        ):
            assert known["name"] == names[known["id"]]
        if quote["speaker"]:
            said[quote["speaker"]["id"]].append(quote["id"])
    for speaker in answer["speakers"]:
        assert list(speaker["quotes"]) == said[speaker["id"]]
        assert set(speaker["members"]) <= set(names)


@pytest.mark.parametrize("text", ["", " \n", "\x00", "\u200b"])
def test_a_text_without_words_has_no_quotes(text):
    assert answer_to(text)["quotes"] == []
