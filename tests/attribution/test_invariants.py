"""What holds of every answer, whatever the text: of marks, letters, controls and remnants put together at random. `make fuzz`
tries two hundred thousand texts.
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
"""In which encoding the offsets of each unit count so many bytes."""


def read(text, unit="codepoint"):
    """The answer to a text, an empty one where the error says why there is none."""
    try:
        options = {"attitudes": True, "topics": True, "min_speaker_probability": 0.2}
        return attribution.extract(text, language="en", offset_unit=unit, **options).to_dict()
    except attribution.AttributionError as refusal:
        return {"quotes": [], "speakers": [], "refusal": str(refusal)}


@settings(max_examples=EXAMPLES, deadline=None, derandomize=EXAMPLES < 1000, suppress_health_check=list(HealthCheck))
@given(texts, st.sampled_from(UNITS))
def test_what_holds_of_every_answer(text, unit):
    found = read(text, unit)
    check_spans(found, text, unit)
    check_quotes(found)
    check_speakers(found)
    assert read(text, unit) == found


def check_spans(found, text, unit):
    """Each span is its slice of the text, counted in the unit that was asked for."""
    encoding, width = ENCODINGS[unit]
    whole = text.encode(encoding)
    for span in spans(found):
        assert whole[width * span["start"] : width * span["end"]].decode(encoding) == span["text"]
        assert span["start"] < span["end"]


def check_quotes(found):
    """Their fragments stand in order and apart, their marks inside them, and nobody is the parent of a parent of itself."""
    parents = {quote["id"]: quote["parent"] for quote in found["quotes"]}
    assert list(parents) == [f"q{number}" for number in range(1, len(parents) + 1)]
    for quote in found["quotes"]:
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


def check_speakers(found):
    """Whoever says a quote, may say it, passes it on or is in a group is one of the speakers, by the same name."""
    names = {speaker["id"]: speaker["name"] for speaker in found["speakers"]}
    assert list(names) == [f"s{number}" for number in range(1, len(names) + 1)]
    assert all(name.strip() and "\x00" not in name for name in names.values())
    said = {speaker["id"]: [] for speaker in found["speakers"]}
    for quote in found["quotes"]:
        for known in (
            *([quote["speaker"]] if quote["speaker"] else []),
            *quote["candidates"],
            *(via for via in quote["via"] if via["id"]),
        ):
            assert known["name"] == names[known["id"]]
        if quote["speaker"]:
            said[quote["speaker"]["id"]].append(quote["id"])
    for speaker in found["speakers"]:
        assert list(speaker["quotes"]) == said[speaker["id"]]
        assert set(speaker["members"]) <= set(names)


@pytest.mark.parametrize("text", ["", " \n", "\x00", "\u200b"])
def test_where_there_is_nothing_to_read_nothing_is_found(text):
    assert read(text)["quotes"] == []
