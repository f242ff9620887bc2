"""Texts with annotated speakers. In: the articles annotated by the product's guidelines, whose quotes list all right answers to
who said them. Out: `AnsweredText`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from attribution.data import Offsets, Quote
from attribution.resolving.mentions import source_offsets
from evaluation.gold import Spans, quotes_of
from training.articles import annotated_lines

WEIGHT = 2.0
"""The weight of an example."""


@dataclass(frozen=True)
class AnsweredText:
    """A text with its quotes, and all right answers by the source's `source_offsets`; none if the speaker is unknown."""

    id: str
    text: str
    quotes: tuple[Quote, ...]
    speakers: dict[Offsets, tuple[str, ...]]


def read_texts(data: Path, held_back: Collection[int] = ()) -> Iterator[AnsweredText]:
    """The annotated articles, without the invented ones that have the numbers held back."""
    yield from map(to_answered_text, annotated_lines(data, held_back))


def to_answered_text(article: Mapping[str, Any]) -> AnsweredText:
    """Convert one article of a corpus file."""
    quotes = quotes_of(article)
    said = {_place(quote["source"], quote["content"]): tuple(quote["speakers"]) for quote in article["quotes"]}
    places = {source_offsets(quote): (quote.source is None, source_offsets(quote)[0]) for quote in quotes}
    known = {source: said[place] for source, place in places.items() if place in said}
    return AnsweredText(article["id"], article["text"], quotes, known)


def _place(source: Spans, content: Spans) -> tuple[bool, int]:
    """Whether a quote has no source, and the start of its source, or else of its content."""
    return not source, (source or content)[0][0]
