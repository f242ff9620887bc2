"""The articles in the folder DATA. Out: the articles annotated by the product's guidelines, and the corpora without such
annotations, for a teacher. No dev article is among them; a missing corpus has no articles.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

from evaluation.files import each_line
from training.catalogue import present_files
from training.corpora import news, own, polnear, reread, taught, texts
from training.corpora.records import Article

NEWS, POLNEAR = "news/train.jsonl", "polnear/train.jsonl"


def annotated_lines(data: Path, held_back: Collection[int] = ()) -> Iterator[dict[str, Any]]:
    """The articles annotated by the product's guidelines, in the form of their files: the news corpus, those of PolNeAR that were
    annotated anew, and the invented ones except those with the numbers held back.
    """
    for file in present_files(data, [NEWS]):
        yield from each_line(file)
    for file in present_files(data, [POLNEAR]):
        yield from reread.lines(file)
    yield from own.lines(without=held_back)


def annotated(data: Path, held_back: Collection[int] = ()) -> list[Article]:
    """The same articles as records."""
    return [news.to_article(line) for line in annotated_lines(data, held_back)]


def other_polnear(data: Path) -> list[Article]:
    """The training articles of PolNeAR that nobody annotated anew; they follow PolNeAR's own guidelines."""
    known = {line["id"] for file in (*present_files(data, [NEWS]), *reread.files()) for line in each_line(file)}
    files = present_files(data, [POLNEAR])
    return [article for file in files for article in polnear.read_articles(file) if article.id not in known]


def teacher_corpora(data: Path) -> dict[str, Iterable[Article]]:
    """The corpora that a teacher annotates, by name."""
    return {
        name: other_polnear(data) if name == "polnear" else texts.read_articles(data / f"{name}.jsonl.gz")
        for name in taught.FILES
    }


def with_teacher_quotes(folder: Path, data: Path) -> dict[str, list[Article]]:
    """These corpora with the quotes that a teacher found in them, from the files in `folder`."""
    return {name: list(taught.read_articles(folder / f"{name}.jsonl", corpus)) for name, corpus in teacher_corpora(data).items()}
