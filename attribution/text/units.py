"""Convert offsets to the caller's unit: code points (Python), UTF-16 code units (JavaScript, Java) or UTF-8 bytes.

In: a record with spans, and the text that they point into. Out: the same record with its offsets in another unit. The words of
the spans do not change. Takes linear time, and none where all units agree.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import accumulate
from typing import Any, TypeVar

from attribution.data import map_records

Record = TypeVar("Record")
WIDTHS: dict[str, Callable[[str], int]] = {
    "codepoint": lambda character: 1,
    "utf16": lambda character: 1 + (character > "\uffff"),
    "utf8": lambda character: 1 + (character > "\x7f") + (character > "\u07ff") + (character > "\uffff"),
}
"""How many units a character takes."""
WIDEST_SINGLE = {"codepoint": "\U0010ffff", "utf16": "\uffff", "utf8": "\x7f"}
"""The last character that takes one unit."""


def convert(record: Record, text: str, unit: str) -> Record:
    """The record with every `start` and `end` in the unit: in utf16, a span after one emoji starts one unit later."""
    if max(text, default="") <= WIDEST_SINGLE[unit]:
        return record
    places = list(accumulate(map(WIDTHS[unit], text), initial=0))
    moved: Record = map_records(record, partial(_moved, places))
    return moved


def _moved(places: list[int], record: Any) -> Any:
    return replace(record, start=places[record.start], end=places[record.end]) if hasattr(record, "start") else record
