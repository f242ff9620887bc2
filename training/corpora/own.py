"""The articles invented for this project: the JSONL files of `training/own`. In: numbers. Out: the articles as the files hold
them. The number of an article is its position in its file, with which its id ends ("own19/05" has number 5). Holding back some
numbers therefore holds back a part of each file, and so of each family of news.
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
    """All articles, without some numbers, or only some numbers."""
    for file in files():
        for line in each_line(file):
            number = int(line["id"].rpartition("/")[2])
            if number not in without and (only is None or number in only):
                yield line
