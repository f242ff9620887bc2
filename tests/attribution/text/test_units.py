"""Offsets in the caller's unit."""

from dataclasses import replace

import pytest
from checks import spans

from api import examples
from attribution.data import Span
from attribution.text.units import convert

TEXTS = ["plain", "“curly”", "é and e\u0301", "😀 “Hi 👩‍👩‍👧,” said 𝒜nn 😀", ""]
SLICES = {
    "codepoint": lambda text, start, end: text[start:end],
    "utf16": lambda text, start, end: text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le"),
    "utf8": lambda text, start, end: text.encode()[start:end].decode(),
}


@pytest.mark.parametrize("unit", SLICES)
@pytest.mark.parametrize("text", TEXTS)
def test_offsets_in_each_unit_slice_out_the_words_of_the_span(text, unit):
    """As a program that counts in this unit slices."""
    spans = tuple(Span.of(text, (start, end)) for start in range(len(text) + 1) for end in range(start, len(text) + 1))
    converted = convert(spans, text, unit)
    assert [SLICES[unit](text, span.start, span.end) for span in converted] == [span.text for span in spans]


@pytest.mark.parametrize("unit", SLICES)
def test_every_span_of_an_article_is_converted(unit):
    """Content, verbatim, verb, source, via, context and mentions, wherever they are in the record."""
    text = "😀" + examples.TEXT
    moved = replace(examples.ARTICLE, text="kept")
    article = convert(moved, text, unit)
    assert article.text == "kept"
    found = list(spans(article.to_dict()))
    assert len(found) > 8
    for before, after in zip(spans(moved.to_dict()), found, strict=True):
        assert SLICES[unit](text, after["start"], after["end"]) == text[before["start"] : before["end"]]
