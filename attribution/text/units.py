"""Offsets in the unit that a caller counts in: code points (Python), UTF-16 code units (JavaScript, Java) or bytes of UTF-8.

In: a record with spans, and the text that they are into. Out: the same record, its offsets in another unit. The words of the
spans stay as they are. Linear in the text and in the spans, and free where all units agree.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import accumulate
from typing import Any, TypeVar

from attribution.data import rebuilt

Record = TypeVar("Record")
WIDTHS: dict[str, Callable[[str], int]] = {
    "codepoint": lambda character: 1,
    "utf16": lambda character: 1 + (character > "\uffff"),
    "utf8": lambda character: 1 + (character > "\x7f") + (character > "\u07ff") + (character > "\uffff"),
}
"""How many units each character takes."""
WIDEST_SINGLE = {"codepoint": "\U0010ffff", "utf16": "\uffff", "utf8": "\x7f"}
"""Up to which character each takes one."""


def convert(record: Record, text: str, unit: str) -> Record:
    """The record with every `start` and `end` in the unit, e.g. for utf16 a span behind one emoji starts one further on."""
    if max(text, default="") <= WIDEST_SINGLE[unit]:
        return record
    places = list(accumulate(map(WIDTHS[unit], text), initial=0))
    moved: Record = rebuilt(record, partial(_moved, places))
    return moved


def _moved(places: list[int], record: Any) -> Any:
    return replace(record, start=places[record.start], end=places[record.end]) if hasattr(record, "start") else record
