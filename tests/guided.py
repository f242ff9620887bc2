"""Fuzz what reads raw input, guided by coverage: the mark scanner, or the reader of HTML. In: `marks` or `html`, and a number of
seconds. Out: the progress of atheris on standard error. At the first broken promise it stops, saves the input as `crash-…` in the
working folder, and exits with an error.

Each byte of atheris stands for a piece of text, so that few bytes make many marks and tags.
"""

from __future__ import annotations

import sys
from itertools import pairwise

import atheris

with atheris.instrument_imports(include=["attribution"]):
    from attribution.errors import TextError
    from attribution.text import html
    from attribution.text.marks import LINE_BREAKS, MAX_DEPTH, parse_layout

LETTERS = [*"aAsS1.,:;?!…-–—()[]{}/ \t\xa0\n\r\u2028\u200b\u0301😀é", "\r\n", "’s", "s’ a"]
MARKS = [*"“”„«»‹›‘’\"'`", "''", "``"]
NAMES = ["p", "b", "br", "q", "div", "li", "table", "td", "script", "title", "article", "body", "html", "x"]
TAGS = [f"<{slash}{name}{end}" for name in NAMES for slash in ("", "/") for end in (">", " a='b'>", "")]
TAGS += ["<!--", "-->", "<!doctype html>", "<![CDATA[", "]]>", "<?xml", "<", ">", "&", "&amp;", "&#8220;", "&#0;", "&nbsp", "\0"]
MAX_SECONDS = 10
"""An input that takes longer counts as a broken promise."""


def check_marks(data: bytes) -> None:
    """Paragraphs and marked stretches are in order and inside the text; no stretch leaves its paragraph or its layer's order."""
    pieces = LETTERS + MARKS * 4
    text = "".join(pieces[byte % len(pieces)] for byte in data)
    layout = parse_layout(text)
    for start, end in layout.paragraphs:
        assert text[start:end] == text[start:end].strip() != ""
        assert LINE_BREAKS.isdisjoint(text[start:end])
    assert all(before[1] <= after[0] for before, after in pairwise(layout.paragraphs))
    for stretch in layout.stretches:
        first, last = layout.paragraphs[layout.paragraph(stretch.start)]
        assert first <= stretch.start < stretch.end <= last
        assert stretch.start < stretch.inner[0] <= stretch.inner[1] <= stretch.end
        assert stretch.depth < MAX_DEPTH
    for layer in layout.layers:
        assert all(before.end <= after.start for before, after in pairwise(layer))
    for start in range(0, len(text), 7):
        near = [one for one in layout.stretches if one.start <= start + 3 and one.end >= start]
        assert layout.touching(start, start + 3) == near


def check_html(data: bytes) -> None:
    """A page or a fragment gives the same text each time, or is refused. A text holds no NUL."""
    pieces = TAGS + LETTERS + MARKS
    page = ("<html><body>" * (len(data) % 2)) + "".join(pieces[byte % len(pieces)] for byte in data)
    try:
        found = html.extract(page)
    except TextError:
        return
    assert "\x00" not in found.text
    assert found == html.extract(page)


if __name__ == "__main__":
    target, seconds = sys.argv[1:]
    limits = [f"-max_total_time={seconds}", f"-timeout={MAX_SECONDS}", "-max_len=400"]
    atheris.Setup([sys.argv[0], *limits], {"marks": check_marks, "html": check_html}[target])
    atheris.Fuzz()
