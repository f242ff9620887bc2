"""The articles that were invented for this project: the JSONL files of `training/own`. In: numbers. Out: articles as the files
hold them. An article's number is its place in its file, which its id ends in ("own19/05" has 5): so each file, and with it each
family of news, is held back in part where some numbers are.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from evaluation.files import each_line

FOLDER = Path(__file__).parent.parent / "own"


def files() -> list[Path]:
    """The files, in order."""
    return sorted(FOLDER.glob("*.jsonl"))


def lines(*, without: Collection[int] = (), only: Collection[int] | None = None) -> Iterator[dict[str, Any]]:
    """The articles, all but those of some numbers, or only those."""
    for file in files():
        for line in each_line(file):
            number = int(line["id"].rpartition("/")[2])
            if number not in without and (only is None or number in only):
                yield line
