"""What a trained network, as a rule one too large to ship, thinks of articles. In: articles and the network. Out: for each
article how likely every answer is (`training.soft`), and the answers, decoded as the pipeline does, with how sure they are.
Writes no file and trains nothing.
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
    """What the teacher thinks of the article with this id."""

    id: str
    soft: Soft
    attributions: tuple[Attribution, ...]


def teach(articles: Iterable[Article], teacher: Network, nlp: Language, thresholds: Thresholds = NEUTRAL) -> Iterator[Lesson]:
    """A lesson on each article that has words."""
    for article in articles:
        words = words_of(nlp(tokenize(nlp, article.text)), teacher.pieces, limit=BUDGET)
        if len(words):
            scores = teacher(words)
            yield Lesson(article.id, soften(words, scores), tuple(decode_scores(words, scores, thresholds)))
