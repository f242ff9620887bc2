"""PolNeAR's articles that were annotated anew by the product's guidelines: the JSONL files of `training/reread`. They hold no
text, because PolNeAR's may not be redistributed. In: PolNeAR's `train.jsonl`, for the texts. Out: the articles in the form of
the news corpus.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from evaluation.files import with_texts

FOLDER = Path(__file__).parent.parent / "reread"


def files() -> list[Path]:
    """The files, in order."""
    return sorted(FOLDER.glob("*.jsonl"))


def lines(file: Path) -> Iterator[dict[str, Any]]:
    """The articles with their texts. Raises ValueError if the file is not the one that `corpora.toml` names."""
    return with_texts(files(), file)
