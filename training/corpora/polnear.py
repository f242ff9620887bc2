"""PolNeAR, American political news of 2015-16: attributions of statements and attitudes. In: `train.jsonl` or `dev.jsonl`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TextIO

from evaluation.files import each_line
from training.corpora.records import Article, Attribution, Offsets


def read(file: Path) -> Iterator[Article]:
    """The articles of one file, a JSON object a line: id, text, quotes (content, cue, source as lists of offsets), and `nested`
    where what is quoted inside quotes is among them, as in what `write` wrote.

    The stretches the corpus says to ignore are page furniture: they are read, and hold no attribution.
    """
    for article in each_line(file):
        quotes = [Attribution(*(_spans(quote[role]) for role in ("content", "cue", "source"))) for quote in article["quotes"]]
        yield Article(article["id"], article["text"], attributions=tuple(quotes), nested=article.get("nested", False))


def write(articles: Iterable[Article], file: TextIO) -> int:
    """Write articles as lines of JSON, as `read` reads them; returns how many."""
    count = 0
    for article in articles:
        quotes = [{"content": q.content, "cue": q.cue, "source": q.source} for q in article.attributions or ()]
        line = {"id": article.id, "text": article.text, "quotes": quotes, "nested": article.nested}
        file.write(json.dumps(line, ensure_ascii=False) + "\n")
        count += 1
    return count


def _spans(values: list[list[int]]) -> tuple[Offsets, ...]:
    return tuple((start, end) for start, end in values)
