"""Silver annotations, which trained networks made (`training.label`). In: articles, or a file that `write_articles` wrote. Out:
the file, or the same articles with their complete attributions. Names are not stored.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, TextIO

from evaluation.files import each_line
from training.corpora.records import Annotation, Article


def read_articles(file: Path) -> Iterator[Article]:
    """The articles of one file, one JSON object per line."""
    for line in each_line(file):
        quotes = tuple(Annotation(**{name: _tuples(value) for name, value in quote.items()}) for quote in line["quotes"])
        yield Article(line["id"], line["text"], quotes, nested=line["nested"], reading=line["reading"])


def write_articles(articles: Iterable[Article], file: TextIO) -> int:
    """Write articles as lines of JSON, which `read_articles` reads; returns their number."""
    count = 0
    for article in articles:
        quotes = [asdict(quote) for quote in article.attributions or ()]
        line = {"id": article.id, "text": article.text, "quotes": quotes, "nested": article.nested, "reading": article.reading}
        file.write(json.dumps(line, ensure_ascii=False) + "\n")
        count += 1
    return count


def _tuples(value: Any) -> Any:
    return tuple(map(tuple, value)) if isinstance(value, list) else value
