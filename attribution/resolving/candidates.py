"""Candidates: who a pronoun or a nominal may be, and what speaks for and against it.

In: the mentions of an article in text order, the clusters of its names, and whose the mentions read so far are. Out: for one
mention the mentions that it may go with, each with FEATURES numbers. Training and inference build both with this same code.
It leaves alone which candidate is the right one (ranking) and who is who in the end (coreference).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from attribution.data import Offsets, Quote
from attribution.resolving.lexicon import BODIES, POSSESSIVES, UNIQUE
from attribution.resolving.mentions import Mention
from attribution.resolving.names import Cluster
from attribution.resolving.nominals import DEFINITE, INDEFINITE, LACKING, NOTHING, Nominals

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

BEFORE, AFTER = 40, 6
"""How many mentions a candidate may stand before the mention or behind it."""
LONGEST_BARE = 2
REACH = 8
"""How many sentences back a pronoun looks (a paragraph's end counts as one)."""
NEAR = 1
"""How many sentences further on a pronoun's name may stand: "When she left, Ann …"."""
OFTEN = 2
"""Who was that often taken for a "she", and never for a "he", is none."""
KINDS = ("name", "acronym", "nominal", "group", "pronoun")
TYPES = ("person", "organization", "place", "group", "document", "unknown")
GENDERS = ("man", "woman")
OWNED = re.compile(rf"(?:{'|'.join(sorted(POSSESSIVES))})\b|.*(?:'s|’s|s'|s’)\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Candidates:
    """What mention `number` may go with: the candidates' `numbers`, the `clusters` they are in, `pairs` (n, PAIR) of what each
    has to do with it, and `asked` (ASKED) of what it is itself.
    """

    number: int
    numbers: Ints
    clusters: Ints
    pairs: Floats
    asked: Floats


class Columns:
    """The mentions of an article as columns, and what is known of the clusters so far."""

    def __init__(self, mentions: Sequence[Mention], clusters: Sequence[Cluster], quotes: Iterable[Quote]) -> None:
        self.mentions = mentions
        self.clusters = list(clusters)
        self.named = len(clusters)
        self.ids = {id(cluster): number for number, cluster in enumerate(clusters)}
        self.starts, self.ends, self.sentences, self.paragraphs = (
            np.array([getattr(one, name) for one in mentions], dtype=np.int64)
            for name in ("start", "end", "sentence", "paragraph")
        )
        self.fixed = np.array([_fixed(one) for one in mentions], dtype=np.float32)
        self.sources = np.array([bool(one.sources) for one in mentions], dtype=bool)
        self.quoted = np.array([one.quoted for one in mentions], dtype=bool)
        self.plural = np.array([one.number == "plural" for one in mentions], dtype=bool)
        self.shown = np.array([GENDERS.index(one.gender) if one.gender in GENDERS else -1 for one in mentions], dtype=np.int64)
        self.names = np.array([one.kind in ("name", "acronym") for one in mentions], dtype=bool)
        self.cluster = np.full(len(mentions), -1, dtype=np.int64)
        self.of = defaultdict[int, list[int]](list)
        """The mentions of each cluster: the names of the whole article, of others those that were read."""
        room = len(clusters) + len(mentions)
        self.counts = np.zeros(room, dtype=np.float32)
        self.latest = np.full(room, -1, dtype=np.int64)
        self.types = np.zeros((room, len(TYPES)), dtype=np.float32)
        self.genders = np.full(room, -1, dtype=np.int64)
        self.called = np.zeros((room, len(GENDERS)), dtype=np.int64)
        """How often each cluster was taken for a "he" and for a "she"."""
        self.spoken = np.zeros(room, dtype=bool)
        self.bodies = np.zeros(room, dtype=np.float32)
        self.speaker = -1
        self.contents = defaultdict[Offsets, list[Offsets]](list)
        for quote in quotes:
            if quote.source is not None:
                spans = ((span.start, span.end) for span in quote.content)
                self.contents[quote.source.start, quote.source.end].extend(spans)
        self.nominals = Nominals(clusters)
        self.beside = defaultdict[int, list[int]](list)
        """The other mentions of the group that a mention is in: "she" of "she and Ann" is not Ann."""
        self.places = {(mention.start, mention.end): number for number, mention in enumerate(mentions)}
        for group in mentions:
            for part in group.parts:
                self.beside[self.places[part]].extend(self.places[other] for other in group.parts if other != part)
        for number, cluster in enumerate(clusters):
            self.bodies[number] = bool(cluster.forms) and cluster.is_body
            self._look(number)

    def _look(self, number: int) -> None:
        """Note what is known of a cluster by now."""
        cluster = self.clusters[number]
        self.types[number] = [cluster.type == type_ for type_ in TYPES]
        self.genders[number] = GENDERS.index(cluster.gender) if cluster.gender in GENDERS else -1

    def foresee(self, number: int, cluster: Cluster) -> None:
        """Note whose name mention `number` is, before it is read."""
        self.cluster[number] = self.ids[id(cluster)]
        self.of[self.ids[id(cluster)]].append(number)

    def number(self, cluster: Cluster) -> int:
        """The number of a cluster, a new one where it was none before."""
        if id(cluster) not in self.ids:
            self.ids[id(cluster)] = len(self.clusters)
            self.clusters.append(cluster)
        return self.ids[id(cluster)]

    def note(self, number: int, cluster: Cluster) -> None:
        """Note whose mention `number`, now read, is."""
        mention, id_ = self.mentions[number], self.number(cluster)
        if self.cluster[number] < 0:
            self.cluster[number] = id_
            self.of[id_].append(number)
        self.nominals.note(mention, cluster)
        self._look(id_)
        self.counts[id_] += 1
        if self.shown[number] >= 0 and mention.kind == "pronoun":
            self.called[id_, self.shown[number]] += 1
        self.latest[id_] = number
        if mention.sources:
            self.speaker = id_
            self.spoken[id_] = True

    def candidates(self, number: int) -> Candidates:
        """What mention `number` may go with, the mentions before it and the clusters being as noted."""
        mention = self.mentions[number]
        related = self.nominals.related(mention) if mention.kind == "nominal" else {}
        words = {self.ids[id(cluster)]: shared for cluster, shared in related.items()}
        numbers = self._numbers(number, words)
        clusters = self.cluster[numbers]
        shared = np.array([words.get(cluster, NOTHING) for cluster in clusters.tolist()], dtype=np.float32).reshape(
            -1, len(NOTHING)
        )
        fits = self._fits(mention, numbers, clusters, shared) & ~np.isin(clusters, self.cluster[self.beside[number]])
        numbers, clusters = numbers[fits], clusters[fits]
        pairs = np.concatenate([self._pairs(number, numbers, clusters), shared[fits]], 1)
        return Candidates(number, numbers, clusters, pairs, _asked(mention))

    def _numbers(self, number: int, words: Mapping[int, object]) -> Ints:
        """The candidates: the mentions shortly before, the names shortly behind, and one of each cluster that a word calls up."""
        mention = self.mentions[number]
        near = np.arange(max(0, number - BEFORE), min(len(self.mentions), number + AFTER + 1))
        near = near[
            (self.cluster[near] >= 0) & ((near < number) | (self.names[near] & (self.sentences[near] <= mention.sentence + NEAR)))
        ]
        near = near[(self.ends[near] <= mention.start) | (self.starts[near] >= mention.end)]
        present = set(self.cluster[near].tolist())
        far = [self._nearest(cluster, number) for cluster in words if cluster not in present and self.of[cluster]]
        return np.concatenate([near, np.array(sorted(far), dtype=np.int64)]) if far else near

    def _fits(self, mention: Mention, numbers: Ints, clusters: Ints, shared: Floats) -> NDArray[np.bool_]:
        """Which candidates no word speaks against: the Belarusian president is not the Russian one, and nobody whom "he said" is
        followed by is he.
        """
        behind = self._inside(mention, numbers) & (self.starts[numbers] > mention.start)
        fits = (shared[:, LACKING] == 0) & ~behind
        if mention.kind == "nominal":
            return np.asarray(fits & self._may_be_called(mention, numbers, clusters, shared.any(1)))
        near = (mention.kind != "pronoun") | (mention.sentence - self.sentences[numbers] <= REACH)
        return np.asarray(fits & near & self._may_be_meant(mention, numbers, clusters))

    def _may_be_meant(self, mention: Mention, numbers: Ints, clusters: Ints) -> NDArray[np.bool_]:
        """Which candidates a pronoun leaves: "she" is no man, no "he" and none who was often called so, no body and no two, "it"
        no person and no two, "they" not one.
        """
        plural, persons = self.plural[numbers], self._are(clusters, {"person"})
        if mention.gender not in GENDERS:
            return ~(plural | persons) if mention.gender == "thing" else plural | ~persons
        own = GENDERS.index(mention.gender)
        fits = np.isin(self.genders[clusters], (-1, own)) & np.isin(self.shown[numbers], (-1, own))
        fits &= (self.called[clusters, 1 - own] < OFTEN) | (self.called[clusters, own] > 0)
        return np.asarray(fits & ~(plural | (self.bodies[clusters] > 0) | self._are_things(clusters)))

    def _may_be_called(self, mention: Mention, numbers: Ints, clusters: Ints, related: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Which candidates a nominal leaves: "the police" are not one and "the panel" not two; "the agency" is who has spoken, "the
        state" a place, and "an aide", "the opposition" or "her old friend" none but who was called so.
        """
        known = self.spoken[clusters] | (self._are(clusters, {"place"}) & (mention.type == "place"))
        fits = (related | (known & is_bare(mention))) & self._may_be_such(mention, clusters)
        plural = self.plural[numbers]
        if mention.number == "plural":
            return np.asarray(fits & (plural | ~self._are(clusters, {"person"})))
        return fits if mention.type in ("document", "unknown") else np.asarray(fits & ~plural)

    def _may_be_such(self, mention: Mention, clusters: Ints) -> NDArray[np.bool_]:
        """Which clusters the type of a nominal leaves: "the campaign" and "the panel" are no person and no persons, "the state"
        is no document and no court, "the mayor" no body, "the article" no person.
        """
        if mention.type == "person":
            return np.asarray((self.bodies[clusters] == 0) & ~self._are_things(clusters))
        if mention.type in BODIES:
            others = {"person"}
            others |= {"group"} if mention.number == "singular" else set()
            others |= {"organization"} if mention.type == "place" else set()
            documents = (clusters >= self.named) & self._are(clusters, {"document"})
            return np.asarray(~(self._are(clusters, others) | documents))
        if mention.type == "document":
            return np.asarray(~self._are(clusters, {"person"}))
        return np.ones(len(clusters), dtype=bool)

    def _are_things(self, clusters: Ints) -> NDArray[np.bool_]:
        """Which clusters are nominals of a noun for bodies or documents: "the panel", "the piece"."""
        return np.asarray((clusters >= self.named) & self._are(clusters, {*BODIES, "document"}))

    def _are(self, clusters: Ints, types: Set[str]) -> NDArray[np.bool_]:
        """Which clusters are of one of the types."""
        return np.asarray(self.types[clusters][:, [type_ in types for type_ in TYPES]].any(1))

    def _nearest(self, cluster: int, number: int) -> int:
        """The last mention of a cluster before mention `number`, else the first behind it."""
        of = self.of[cluster]
        return of[max(0, bisect_left(of, number) - 1)]

    def _inside(self, mention: Mention, numbers: Ints) -> NDArray[np.bool_]:
        """Which candidates stand in what the mention is the source of."""
        inside = np.zeros(len(numbers), dtype=bool)
        for start, end in (span for source in mention.sources for span in self.contents[source]):
            inside |= (self.starts[numbers] >= start) & (self.starts[numbers] < end)
        return inside

    def _pairs(self, number: int, numbers: Ints, clusters: Ints) -> Floats:
        """What place, kind and history have to say of each candidate."""
        mention = self.mentions[number]
        sentences = np.abs(mention.sentence - self.sentences[numbers])
        paragraphs = np.abs(mention.paragraph - self.paragraphs[numbers])
        after = numbers > number
        counts = self.counts[clusters]
        genders = self.genders[clusters]
        opening = np.zeros(len(numbers), dtype=bool)
        opening[1:] = self.sentences[numbers[1:]] != self.sentences[numbers[:-1]]
        columns = [
            sentences == 0,
            sentences == 1,
            sentences == 2,
            np.log1p(sentences),
            paragraphs == 0,
            paragraphs == 1,
            np.log1p(paragraphs),
            np.log1p(np.abs(mention.start - self.starts[numbers])) / 4,
            after,
            self.latest[clusters] == numbers,
            np.log1p(_rank(clusters, after)),
            np.log1p(counts),
            counts >= self.counts.max(initial=1.0),
            genders >= 0 if mention.gender in GENDERS else np.zeros(len(numbers)),
            self.plural[numbers] == (mention.number == "plural"),
            self.plural[numbers],
            clusters == self.speaker,
            self.quoted[numbers] & (not mention.quoted),
            self.quoted[numbers] & mention.quoted,
            self._inside(mention, numbers),
            self.paragraphs[numbers] == 0,
            opening,
            self.bodies[clusters],
        ]
        return np.concatenate([np.array(columns, dtype=np.float32).T, self.types[clusters], self.fixed[numbers]], 1)


def is_bare(mention: Mention) -> bool:
    """Whether a nominal says next to nothing: "the agency", but not "the opposition", of which there is one."""
    short = len(mention.text.split()) <= LONGEST_BARE and mention.head not in UNIQUE
    return short and bool(DEFINITE.match(mention.text))


def _rank(clusters: Ints, after: NDArray[np.bool_]) -> Ints:
    """How many other clusters stand between each candidate and the mention."""
    ranks, seen = np.zeros(len(clusters), dtype=np.int64), dict[int, int]()
    for place in range(len(clusters) - 1, -1, -1):
        if not after[place]:
            ranks[place] = seen.setdefault(int(clusters[place]), len(seen))
    return ranks


def _fixed(mention: Mention) -> list[float]:
    """What a candidate is by itself."""
    return [
        *(mention.kind == kind for kind in KINDS),
        bool(mention.sources),
        mention.subject,
        bool(mention.role),
        mention.head in UNIQUE,
    ]


def _asked(mention: Mention) -> Floats:
    """What the mention that looks for its antecedent is by itself."""
    nominal = mention.kind == "nominal"
    values = [
        mention.gender in GENDERS and not nominal,
        mention.gender == "thing",
        mention.kind == "pronoun" and mention.number == "plural",
        mention.head in POSSESSIVES,
        nominal,
        nominal and bool(DEFINITE.match(mention.text)),
        nominal and bool(INDEFINITE.match(mention.text)),
        nominal and bool(OWNED.match(mention.text)),
        nominal and mention.number == "plural",
        nominal and mention.gender in GENDERS,
        nominal and mention.head in UNIQUE,
        nominal and len(mention.text.split()) <= 2,
        nominal and len(mention.text.split()) > 5,
        *(nominal and mention.type == type_ for type_ in TYPES),
        bool(mention.sources),
        mention.subject,
        mention.quoted,
        mention.paragraph == 0,
        mention.sentence < 3,
    ]
    return np.array(values, dtype=np.float32)
