"""PolNeAR's articles that were annotated anew by the product's guidelines: the JSONL files of `training/reread`. They hold no
text, because PolNeAR's may not be redistributed. In: PolNeAR's `train.jsonl`, for the texts. Out: the articles in the form of
the news corpus.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from evaluation.files import each_line

FOLDER = Path(__file__).parent.parent / "reread"


def lines(file: Path) -> Iterator[dict[str, Any]]:
    """The articles with their texts. A text that is missing or differs is a ValueError: the offsets would not fit it."""
    texts = {article["id"]: article["text"] for article in each_line(file)}
    for notes in sorted(FOLDER.glob("*.jsonl")):
        for line in each_line(notes):
            text = texts.get(line["id"])
            if text is None or checksum(text) != line["sha256"]:
                raise ValueError(
                    f"{file} lacks the text of {line['id']} that {notes.name} annotates: get the file that corpora.toml names"
                )
            yield {**line, "text": text}


def checksum(text: str) -> str:
    """The SHA-256 checksum of a text."""
    return sha256(text.encode()).hexdigest()
