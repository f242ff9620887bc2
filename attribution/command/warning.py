"""The warnings about an article, for standard error. In: an answer. Out: a line for each. Only formats that cannot hold the
warnings need them; JSON holds them.
"""

from __future__ import annotations

from attribution.data import Article, Verification
from attribution.text.plain import printable


def warning_lines(answer: Article | Verification) -> list[str]:
    """A line for each warning, with the article's id if it has one."""
    name = f"{answer.id}: " if answer.id else ""
    return [printable(f"Warning: {name}{warning.detail}") for warning in answer.warnings]
