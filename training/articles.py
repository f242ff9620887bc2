"""The articles of the folder DATA, by who has read them. Out: those that are annotated as the product reads, and by corpus those
that are not yet, for a teacher. None of them is a dev article; a corpus that is not there has none.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from training.catalogue import present
from training.corpora import news, own, polnear, taught, texts
from training.corpora.records import Article

NEWS, POLNEAR = "news/train.jsonl", "polnear/train.jsonl"


def gold(data: Path, held_back: Collection[int] = ()) -> list[Article]:
    """The news corpus and the invented articles, but those with the numbers that are held back."""
    read = [article for file in present(data, [NEWS]) for article in news.read(file)]
    return [*read, *map(news.article, own.lines(without=held_back))]


def further(data: Path) -> list[Article]:
    """The other training articles of PolNeAR, annotated by a reading of its own."""
    known = {article.id for article in gold(data)}
    return [article for file in present(data, [POLNEAR]) for article in polnear.read(file) if article.id not in known]


def unread(data: Path) -> dict[str, Iterable[Article]]:
    """The corpora that a teacher is asked about."""
    return {name: further(data) if name == "polnear" else texts.read(data / f"{name}.jsonl.gz") for name in taught.FILES}


def taught_by(folder: Path, data: Path) -> dict[str, list[Article]]:
    """Those corpora with what a teacher found in them, which lies in a folder."""
    return {name: list(taught.read(folder / f"{name}.jsonl", corpus)) for name, corpus in unread(data).items()}
