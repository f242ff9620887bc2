"""Makes the ranker's training examples. In: texts with chains or annotated speakers, and the pipeline up to its quotes. Out: the
examples of each text.

Each text is processed as in the pipeline, with the network's vectors unchanged. The annotation says which mentions refer to the
same entity. Each pronoun and nominal becomes an example: its candidates, and which are right. `training.ranking` learns from
them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc

from attribution.resolving import phrases
from attribution.resolving.candidates import Candidates
from attribution.resolving.columns import Floats
from attribution.resolving.coreference import Chooser, name_of
from attribution.resolving.lexicon import PRONOUNS
from attribution.resolving.mentions import Mention, find_mentions
from attribution.resolving.page import Page
from attribution.resolving.ranking import Ranker
from attribution.resolving.reading import Reader
from attribution.text.tokens import tokenize
from evaluation.spans import name_words, same_speaker
from training.answers import AnsweredText
from training.corpora.chains import ChainedText

RANKED_GENDERS = frozenset({"man", "woman", "thing", None})
"""The genders of the mentions that the ranker resolves."""
NAMED = ("name", "acronym")
KEPT_NOMINALS, KEPT_NEW, KEPT_NOBODY = 0.6, 0.15, 0.5
"""The shares of nominals with an antecedent, of nominals without, and of pronouns without, that become examples."""


@dataclass(frozen=True)
class Example:
    """One mention's candidates. `right` says which of them are right; its last value says whether none of them is right."""

    candidates: Candidates
    right: NDArray[np.bool_]


@dataclass(frozen=True)
class Document:
    """The vectors of a text's mentions, and its examples."""

    vectors: Floats
    examples: tuple[Example, ...]
    weight: float = 1.0


def document_from_chains(chained: ChainedText, nlp: Language, rng: Random, *, weight: float = 1.0) -> Document:
    """The examples of a text with coreference chains."""
    doc = nlp(tokenize(nlp, chained.text))
    spans = [span for span, _ in chained.mentions if _is_ranked(chained.text[slice(*span)])]
    mentions = find_mentions(doc, doc._.quotes, further=spans)
    chains = _chains(chained, doc, [mention.word for mention in mentions])
    examples = list[Example]()

    def choose(candidates: Candidates) -> int | None:
        chain, mention = chains[candidates.number], mentions[candidates.number]
        if chain is None or mention.kind == "silent":
            return None
        right = np.array([_chain(chains, reader, number) == chain for number in candidates.numbers.tolist()], dtype=bool)
        if mention.kind in NAMED and not right.any():
            return None
        place, only = (mention.start, mention.end), chained.to_resolve
        if rng.random() < _share(mention, right) if only is None else place in only:
            examples.extend(_example(candidates, right, chains, reader, chained))
        return int(candidates.clusters[np.flatnonzero(right)[-1]]) if right.any() else None

    reader = Reader(mentions, doc._.quotes, choose)
    for number in reader.order:
        reader.resolve(number)
    return _document(doc, mentions, examples, weight)


def document_from_answers(
    answered: AnsweredText, nlp: Language, *, ranker: Ranker | None = None, weight: float = 1.0
) -> Document:
    """The examples of a text with annotated speakers. A ranker, if given, resolves the mentions that are not sources."""
    doc = nlp(tokenize(nlp, answered.text))
    mentions = find_mentions(doc, answered.quotes)
    chooser = Chooser(doc.tensor[[mention.word for mention in mentions]], ranker) if ranker and mentions else None
    examples = list[Example]()

    def choose(candidates: Candidates) -> int | None:
        mention = mentions[candidates.number]
        answers = next((answered.speakers[source] for source in mention.sources if source in answered.speakers), None)
        if answers is None:
            return chooser.choose(candidates) if chooser else None
        clusters = candidates.clusters.tolist()
        names = {number: name_of(reader, reader.columns.clusters[number]) for number in set(clusters)}
        right = np.array([_may_be(names[number], answers) for number in clusters], dtype=bool)
        itself = mention.kind == "nominal" and any(same_speaker(mention.text, answer) for answer in answers)
        if right.any() or mention.kind not in NAMED:
            examples.append(Example(candidates, np.append(right, itself or not right.any())))
        return clusters[np.flatnonzero(right)[-1]] if right.any() else None

    reader = Reader(mentions, answered.quotes, choose)
    for number in reader.order:
        reader.resolve(number)
    return _document(doc, mentions, examples, weight)


def _may_be(name: str, answers: Iterable[str]) -> bool:
    """Whether a name is one of the answers, or an answer with some words more or less."""
    words, right = set(name_words(name)), [set(name_words(answer)) for answer in answers]
    return bool(words) and any(words <= answer or answer <= words for answer in right if answer)


def _document(doc: Doc, mentions: Sequence[Mention], examples: Iterable[Example], weight: float) -> Document:
    return Document(doc.tensor[[mention.word for mention in mentions]].astype(np.float16), tuple(examples), weight)


def _is_ranked(text: str) -> bool:
    """Whether the ranker resolves such a mention; it leaves out pronouns such as I, you and who."""
    return PRONOUNS.get(text.lower(), (None, None))[1] in RANKED_GENDERS


def _share(mention: Mention, right: NDArray[np.bool_]) -> float:
    """The share of such mentions that become examples. Most nominals have no antecedent, and teach little."""
    if mention.kind == "nominal":
        return KEPT_NOMINALS if right.any() else KEPT_NEW
    return 1.0 if right.any() else KEPT_NOBODY


def _example(
    candidates: Candidates, right: NDArray[np.bool_], chains: Sequence[str | None], reader: Reader, chained: ChainedText
) -> Iterator[Example]:
    """The example, if the chains say enough to learn from it."""
    if chained.whole:
        yield Example(candidates, np.append(right, not right.any()))
        return
    known = np.array([_chain(chains, reader, number) is not None for number in candidates.numbers.tolist()], dtype=bool)
    names = reader.columns.names[candidates.numbers] if len(known) else known
    if right.any():
        kept = known | names
        yield Example(_only(candidates, kept), np.append(right[kept], False))
    elif chained.to_resolve is not None:
        yield Example(candidates, np.append(~known, True))


def _only(candidates: Candidates, kept: NDArray[np.bool_]) -> Candidates:
    c = candidates
    return replace(
        c,
        numbers=c.numbers[kept],
        clusters=c.clusters[kept],
        compatible=c.compatible[kept],
        pair_features=c.pair_features[kept],
    )


def _chain(chains: Sequence[str | None], reader: Reader, number: int) -> str | None:
    """The chain of a mention: its own, or else that of another mention in its cluster."""
    if chains[number] is not None:
        return chains[number]
    members = reader.columns.members[int(reader.columns.cluster_of[number])]
    return next((chains[other] for other in members if chains[other] is not None), None)


def _chains(chained: ChainedText, doc: Doc, words: Iterable[int]) -> list[str | None]:
    """The chain of each mention, by its main word: that of the shortest annotated phrase with this main word."""
    page = Page(doc, ())
    by_word = dict[int, tuple[int, str]]()
    for span, chain in chained.mentions:
        first, last = page.tokens(span)
        head = phrases.head(page, first, last)
        main = head.main if head else last - 1
        length = last - first
        if main not in by_word or by_word[main][0] < length:
            by_word[main] = length, chain
    return [by_word[word][1] if word in by_word else None for word in words]
