"""Words as they can be shown on one line. In: any text. Out: the text without line breaks, controls and what has no width."""

from __future__ import annotations


def printable(text: str) -> str:
    """`text` on one line, without what would make a terminal do something: `printable("\\x00Ann\\n Lee") == "Ann Lee"`."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())
