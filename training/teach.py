"""Applies a teacher, a trained network that is usually too large to ship. In: articles and the network. Out: for each article the
soft labels (`training.soft`), and the attributions, decoded as in the pipeline, with confidence. Writes and trains nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.language import Language

from attribution.data import Attribution
from attribution.tagging.network import BUDGET, Network
from attribution.tagging.tagger import decode_scores
from attribution.tagging.thresholds import NEUTRAL, Thresholds
from attribution.tagging.windows import words_of
from attribution.text.tokens import tokenize
from training.corpora.records import Article
from training.soft import Soft, soften


@dataclass(frozen=True)
class Lesson:
    """The teacher's soft labels and attributions for the article with this id."""

    id: str
    soft: Soft
    attributions: tuple[Attribution, ...]


def teach(articles: Iterable[Article], teacher: Network, nlp: Language, thresholds: Thresholds = NEUTRAL) -> Iterator[Lesson]:
    """The lesson of each article that has words."""
    for article in articles:
        words = words_of(nlp(tokenize(nlp, article.text)), teacher.pieces, limit=BUDGET)
        if len(words):
            scores = teacher(words)
            yield Lesson(article.id, soften(words, scores), tuple(decode_scores(words, scores, thresholds)))
