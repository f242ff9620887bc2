"""PolNeAR, American political news of 2015-16: attributions of statements and attitudes, by its own guidelines.

In: `train.jsonl` or `dev.jsonl`. Out: articles, without those of `evaluation/newspapers.jsonl`, which measure the model. Colons
and dashes that the corpus annotates as cues are dropped.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import evaluation
from evaluation.files import each_line
from training.corpora.records import Annotation, Article, Offsets

NEWSPAPERS = Path(evaluation.__file__).parent / "newspapers.jsonl"
"""The articles that measure the model."""


def read_articles(file: Path) -> Iterator[Article]:
    """The articles of one file, one JSON object per line: id, text, quotes (content, cue, source as lists of offsets). The
    stretches that the corpus marks as ignored are page furniture: they stay in the text and hold no attribution.
    """
    held_out = {article["id"] for article in each_line(NEWSPAPERS)}
    for article in each_line(file):
        if article["id"] in held_out:
            continue
        text, quotes = article["text"], list[Annotation]()
        for quote in article["quotes"]:
            content, cue, source = (_spans(quote[role]) for role in ("content", "cue", "source"))
            worded = any(c.isalnum() for start, end in cue for c in text[start:end])
            quotes.append(Annotation(content, cue if worded else (), source))
        yield Article(article["id"], text, tuple(quotes), reading="polnear")


def _spans(values: list[list[int]]) -> tuple[Offsets, ...]:
    return tuple((start, end) for start, end in values)
