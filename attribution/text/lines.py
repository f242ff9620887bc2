"""Undo hard line wrapping, as in e-mail. In: a text. Out: the same text, with spaces in place of the line ends that only wrap a
line, so that all offsets stay valid; and `restore`, which puts the original words back into a record. Lines that are paragraphs,
indented lines and list items are left alone.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar

from attribution.data import JOINER, Quote, map_records

Record = TypeVar("Record")
MAX_WIDTH = 120
"""A text with a longer line is not hard-wrapped."""
MIN_WIDTH = 25
"""A shorter line does not wrap."""
LINE = re.compile(r"(?P<line>[^\n]*\S)(?P<end>[ \t]*\r?\n)(?=(?P<next>[^\s•*>–—-]\S*))")


def unwrap(text: str) -> str:
    """Replace each line end that only wraps a line by as many spaces: `unwrap("…, said Jonas\\nWeller …")`."""
    width = max(map(len, text.split("\n")))
    if width > MAX_WIDTH:
        return text
    lines = [line for line in LINE.finditer(text) if len(line["line"]) >= MIN_WIDTH]
    lower = [line["next"][0].islower() for line in lines if _goes_on(line)]
    if not lower or 2 * sum(lower) < len(lower):
        return text
    characters = list(text)
    for line in lines:
        if _goes_on(line) or len(f"{line['line']} {line['next']}") > width:
            start, end = line.span("end")
            characters[start:end] = " " * (end - start)
    return "".join(characters)


def _goes_on(line: re.Match[str]) -> bool:
    """Whether the line ends in a word, a comma or a semicolon."""
    last = line["line"][-1]
    return last.isalnum() or last in "_,;"


def restore(record: Record, text: str) -> Record:
    """The record with the words of its spans taken from the text."""
    restored: Record = map_records(record, partial(_restored, text))
    return restored


def _restored(text: str, record: Any) -> Any:
    if isinstance(record, Quote):
        return replace(record, text=JOINER.join(span.text for span in record.content))
    return replace(record, text=text[record.start : record.end]) if hasattr(record, "start") else record
