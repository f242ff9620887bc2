"""PolNeAR, American political news of 2015-16: attributions of statements and attitudes. In: `train.jsonl` or `dev.jsonl`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from training.corpora.records import Article, Attribution, Offsets


def read(file: Path) -> Iterator[Article]:
    """The articles of one file, a JSON object a line: id, text, quotes (content, cue, source as lists of offsets).

    The stretches the corpus says to ignore are page furniture: they are read, and hold no attribution.
    """
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            quotes = [Attribution(*(_spans(quote[role]) for role in ("content", "cue", "source"))) for quote in article["quotes"]]
            yield Article(article["id"], article["text"], attributions=tuple(quotes))


def _spans(values: list[list[int]]) -> tuple[Offsets, ...]:
    return tuple((start, end) for start, end in values)
