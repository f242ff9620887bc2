"""The articles of the folder DATA, by who has read them. Out: those that are annotated as the product reads, and by corpus those
that are not yet, for a teacher. None of them is a dev article; a corpus that is not there has none.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from training.catalogue import present_files
from training.corpora import news, own, polnear, taught, texts
from training.corpora.records import Article

NEWS, POLNEAR = "news/train.jsonl", "polnear/train.jsonl"


def annotated(data: Path, held_back: Collection[int] = ()) -> list[Article]:
    """The news corpus and the invented articles, but those with the numbers that are held back."""
    read = [article for file in present_files(data, [NEWS]) for article in news.read_articles(file)]
    return [*read, *map(news.to_article, own.lines(without=held_back))]


def other_polnear(data: Path) -> list[Article]:
    """The other training articles of PolNeAR, annotated by a reading of its own."""
    known = {article.id for article in annotated(data)}
    files = present_files(data, [POLNEAR])
    return [article for file in files for article in polnear.read_articles(file) if article.id not in known]


def teacher_corpora(data: Path) -> dict[str, Iterable[Article]]:
    """The corpora that a teacher is asked about."""
    return {
        name: other_polnear(data) if name == "polnear" else texts.read_articles(data / f"{name}.jsonl.gz")
        for name in taught.FILES
    }


def with_teacher_quotes(folder: Path, data: Path) -> dict[str, list[Article]]:
    """Those corpora with what a teacher found in them, which lies in a folder."""
    return {name: list(taught.read_articles(folder / f"{name}.jsonl", corpus)) for name, corpus in teacher_corpora(data).items()}
