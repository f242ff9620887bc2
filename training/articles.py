"""The articles of the folder DATA, by who has read them. Out: those that are annotated as the product reads, and by corpus those
that are not yet, for a teacher. None of them is a dev article.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from training.corpora import news, polnear, taught, texts
from training.corpora.records import Article

POLNEAR = "polnear"


def gold(data: Path) -> list[Article]:
    """The news corpus and the invented articles."""
    return [*news.read(data / "news" / "train.jsonl"), *news.own()]


def further(data: Path) -> list[Article]:
    """The other training articles of PolNeAR, annotated by a reading of its own."""
    known = {article.id for article in gold(data)}
    return [article for article in polnear.read(data / POLNEAR / "train.jsonl") if article.id not in known]


def unread(data: Path) -> dict[str, Iterable[Article]]:
    """The corpora that a teacher is asked about."""
    return {name: further(data) if name == POLNEAR else texts.read(data / f"{name}.jsonl.gz") for name in taught.FILES}


def taught_by(folder: Path, data: Path) -> dict[str, list[Article]]:
    """Those corpora with what a teacher found in them, which lies in a folder."""
    return {name: list(taught.read(folder / f"{name}.jsonl", corpus)) for name, corpus in unread(data).items()}
