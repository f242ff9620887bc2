"""Lines that were cut at a width, as mail cuts them. In: a text. Out: the same text, with a space for each line end that only
wraps a line, so that every offset holds; and, of what is found in that, the words as the text itself has them. It leaves alone
a text whose lines are paragraphs, and what hangs indented or behind a bullet.
"""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from attribution.data import JOINT, Quote

Record = TypeVar("Record")
WIDEST = 120
"""No line of a text that was cut at a width is longer."""
SHORTEST = 25
"""Nor does a shorter one wrap."""
LINE = re.compile(r"(?P<line>[^\n]*\S)(?P<end>[ \t]*\r?\n)(?=(?P<next>[^\s•*>–—-]\S*))")
GOES_ON = re.compile(r"[\w,;]\Z")


def unwrap(text: str) -> str:
    """The text with a space for each line end that wraps a line, as long as before: `unwrap("…, said Jonas\\nWeller …")`."""
    width = max(map(len, text.split("\n")))
    if width > WIDEST:
        return text
    lines = [line for line in LINE.finditer(text) if len(line["line"]) >= SHORTEST]
    cut = [line for line in lines if GOES_ON.search(line["line"])]
    if not cut or 2 * sum(line["next"][0].islower() for line in cut) < len(cut):
        return text
    ends = [line.span("end") for line in lines if line in cut or len(f"{line['line']} {line['next']}") > width]
    characters = list(text)
    for start, end in ends:
        characters[start:end] = " " * (end - start)
    return "".join(characters)


def restore(record: Record, text: str) -> Record:
    """The record, the words of its spans as they stand in the text."""
    restored: Record = _restored(record, text)
    return restored


def _restored(value: Any, text: str) -> Any:
    if isinstance(value, tuple):
        return tuple(_restored(item, text) for item in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    new = {field.name: _restored(getattr(value, field.name), text) for field in fields(value)}
    if "start" in new:
        new["text"] = text[new["start"] : new["end"]]
    if isinstance(value, Quote):
        new["text"] = JOINT.join(span.text for span in new["content"])
    return replace(value, **new)
