"""Lines that were cut at a width, as mail cuts them. In: a text. Out: the same text, with a space for each line end that only
wraps a line, so that every offset holds; and, of what is found in that, the words as the text itself has them. It leaves alone
a text whose lines are paragraphs, and what hangs indented or behind a bullet.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar

from attribution.data import JOINT, Quote, rebuilt

Record = TypeVar("Record")
WIDEST = 120
"""No line of a text that was cut at a width is longer."""
SHORTEST = 25
"""Nor does a shorter one wrap."""
LINE = re.compile(r"(?P<line>[^\n]*\S)(?P<end>[ \t]*\r?\n)(?=(?P<next>[^\s•*>–—-]\S*))")


def unwrap(text: str) -> str:
    """The text with a space for each line end that wraps a line, as long as before: `unwrap("…, said Jonas\\nWeller …")`."""
    width = max(map(len, text.split("\n")))
    if width > WIDEST:
        return text
    lines = [line for line in LINE.finditer(text) if len(line["line"]) >= SHORTEST]
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
    """Whether no mark ends a line, but perhaps a comma."""
    last = line["line"][-1]
    return last.isalnum() or last in "_,;"


def restore(record: Record, text: str) -> Record:
    """The record, the words of its spans as they stand in the text."""
    restored: Record = rebuilt(record, partial(_restored, text))
    return restored


def _restored(text: str, record: Any) -> Any:
    if isinstance(record, Quote):
        return replace(record, text=JOINT.join(span.text for span in record.content))
    return replace(record, text=text[record.start : record.end]) if hasattr(record, "start") else record
