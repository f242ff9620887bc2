"""Paragraphs of articles, to compose others from. In: annotated articles. Out: the paragraphs whose edges no attribution crosses,
each with its attributions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from training.corpora.records import Annotation, Article, levels

PARAGRAPH = re.compile(r"^[^\n]{40,360}$", re.MULTILINE)


@dataclass(frozen=True)
class Paragraph:
    """A paragraph and the attributions that lie wholly in it, with offsets into it."""

    text: str
    attributions: tuple[Annotation, ...]


def paragraphs(article: Article) -> Iterator[Paragraph]:
    """The paragraphs whose edges no attribution crosses."""
    for match in PARAGRAPH.finditer(article.text):
        inside, whole = list[Annotation](), True
        for attribution in levels(article.attributions or ())[0]:
            spans = attribution.spans
            within = [match.start() <= start and end <= match.end() for start, end in spans]
            whole &= all(within) or not any(start < match.end() and match.start() < end for start, end in spans)
            inside += [move(attribution, -match.start())] if all(within) else []
        if whole:
            yield Paragraph(match[0], tuple(inside))


def move(attribution: Annotation, by: int) -> Annotation:
    """The attribution moved by a number of characters."""
    return attribution.rewritten(lambda span: [(span[0] + by, span[1] + by)])
