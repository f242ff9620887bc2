"""The network's training examples. In: the folder DATA, which may hold any of the corpora. Out: the examples of each epoch, newly
drawn and varied. `training.examples` decides what is learned from an article.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random

import spacy
from spacy.language import Language

from attribution.tagging.windows import WordPieces
from training import articles, soft
from training.augment import vary
from training.catalogue import present_names
from training.compose import Composer
from training.corpora import chains, names, silver, taught, texts
from training.corpora.records import Article, draw
from training.examples import LARGEST, Example, build, with_advice
from training.frames import Framer

FURTHER = 100
"""The number of articles per epoch that follow PolNeAR's own guidelines."""


@dataclass(frozen=True)
class DataOptions:
    """What to train on. varied: the share of articles rewritten in another style. composed, framed: the number of pages composed
    for each epoch, with quotes in rare forms and with nested quotes. held_back: numbers of the invented articles to leave out.
    silver, soft: folders that `label` and `teach` wrote. names: whether to include the corpora of names.
    """

    varied: float = 0.4
    composed: int = 60
    framed: int = 60
    held_back: Collection[int] = ()
    silver: Path | None = None
    soft: Path | None = None
    names: bool = True


class Material:
    """The training material. Called with a random generator, it returns the examples of the next epoch."""

    def __init__(self, data: Path, pieces: WordPieces, options: DataOptions) -> None:
        self.options, self.pieces, self.nlp = options, pieces, blank_pipeline()
        self.gold, self.further = articles.annotated(data, options.held_back), articles.other_polnear(data)
        self.headlines = [article.text.split("\n", 1)[0][:120] for article in self.gold]
        self.silver = _silver(options.silver) if options.silver else {}
        self.taught = articles.with_teacher_quotes(options.soft, data) if options.soft else {}
        self.advice = soft.read_advice(options.soft.glob("*.npz")) if options.soft else {}
        self.composer = Composer(self.gold)
        self.framer = Framer(self.gold, [article for corpus in self.silver.values() for article in corpus])
        self.linked = {
            name: [self._build(chains.to_article(chained)) for chained in chains.read_texts(data / f"{name}.jsonl.gz")]
            for name in present_names(data, chains.SHARES)
        }
        self.named = {
            name: [self._build(document) for document in names.read_articles(data / f"{name}.jsonl.gz")]
            for name in (present_names(data, names.FILES) if options.names else ())
        }

    def __call__(self, rng: Random) -> list[Example]:
        drawn = rng.sample(self.further, min(FURTHER, len(self.further)))
        drawn += draw(self.silver, _shares(texts.FILES, self.silver), rng)
        drawn += draw(self.taught, _shares(taught.FILES, self.taught), rng)
        made_up = [self.composer(rng, number) for number in range(self.options.composed)]
        made_up += [self.framer(rng, number) for number in range(self.options.framed)]
        examples = [self._build(self._varied(article, rng)) for article in self.gold + drawn + made_up]
        linked = _shares(chains.SHARES, self.linked)
        examples = [with_advice(example, self.advice) for example in examples]
        return examples + draw(self.named, _shares(names.FILES, self.named), rng) + draw(self.linked, linked, rng)

    def _varied(self, article: Article, rng: Random) -> Article:
        return vary(article, rng, self.headlines) if rng.random() < self.options.varied else article

    def _build(self, article: Article) -> Example:
        return build(article, self.nlp, self.pieces, limit=LARGEST)


def _silver(folder: Path) -> dict[str, list[Article]]:
    return {name: list(silver.read_articles(folder / f"{name}.jsonl")) for name in texts.FILES}


def _shares(shares: Mapping[str, float], there: Collection[str]) -> dict[str, float]:
    """The shares of the corpora that are present."""
    return {name: share for name, share in shares.items() if name in there}


def blank_pipeline() -> Language:
    """A pipeline that only splits a text into words and sentences, as the full pipeline does."""
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    return nlp
