"""Make text safe to print on one line. In: any text. Out: the text without line breaks, controls and zero-width characters."""

from __future__ import annotations


def printable(text: str) -> str:
    """The text on one line, without control sequences: `printable("\\x00Ann\\n Lee") == "Ann Lee"`."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())
