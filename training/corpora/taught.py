"""The attributions that a teacher found in unannotated articles. In: a file of ids and offsets, and the articles. Out: the
articles with attributions. The file holds no text, since the texts of some corpora must not be stored.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from attribution import data
from attribution.data import RELATIONS
from evaluation.files import each_line, write_lines
from training.corpora.records import Annotation, Article

FILES = {"polnear": 0.3, "meantime": 1.0, "ner_gmb": 0.1}
"""The corpora, and the share of each that is read in one epoch."""
SURE = 0.4
"""Attributions with a lower confidence are dropped."""


def write_quotes(found: Mapping[str, Iterable[data.Attribution]], file: Path) -> None:
    """Write the attributions of some articles, by id, with the teacher's confidence in each."""
    write_lines(file, ({"id": id_, "quotes": [_line(each) for each in quotes]} for id_, quotes in found.items()))


def read_articles(file: Path, articles: Iterable[Article]) -> Iterator[Article]:
    """The articles that the file lists, with the attributions that the teacher is sure of."""
    quotes = {line["id"]: line["quotes"] for line in each_line(file)}
    for article in articles:
        if article.id in quotes:
            sure = tuple(_attribution(quote) for quote in quotes[article.id] if quote["confidence"] >= SURE)
            yield replace(article, attributions=sure, nested=True, passed=True, reading="news")


def _line(found: data.Attribution) -> dict[str, Any]:
    cue, source = ([span] if span else [] for span in (found.cue, found.source))
    passed = {which: [span for span, relation in found.via if relation == which] for which in RELATIONS}
    sure = round(found.confidence, 3)
    return {"content": found.content, "cue": cue, "source": source, **passed, "kind": found.kind, "confidence": sure}


def _attribution(quote: Mapping[str, Any]) -> Annotation:
    roles = ("content", "cue", "source", *RELATIONS)
    return Annotation(**{role: _spans(quote[role]) for role in roles}, kind=quote["kind"])


def _spans(values: Sequence[Sequence[int]]) -> tuple[tuple[int, int], ...]:
    return tuple((start, end) for start, end in values)
