"""Columns: the mentions of an article as arrays, with what is known of their clusters so far.

In: the mentions in text order, the clusters of the names, the quotes and, while reading, the cluster of each mention. Out:
`Columns`. It leaves alone which mentions may corefer (filters, candidates).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence, Set

import numpy as np
from numpy.typing import NDArray

from attribution.data import SPEAKER_TYPES, Offsets, Quote
from attribution.resolving.lexicon import BODIES, GENDERS, UNIQUE
from attribution.resolving.mentions import Mention, source_offsets
from attribution.resolving.names import Cluster
from attribution.resolving.nominals import Nominals
from attribution.resolving.turns import Turns

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

MENTION_KINDS = ("name", "acronym", "nominal", "group", "pronoun", "silent")


class Columns:
    """The mentions of an article as arrays, and the state of the clusters so far. Mentions and clusters are numbered; clusters of
    names come first.
    """

    def __init__(self, mentions: Sequence[Mention], clusters: Sequence[Cluster], quotes: Iterable[Quote]) -> None:
        self.mentions = mentions
        self.clusters = list(clusters)
        self.named_count = len(clusters)
        self.numbers = {cluster: number for number, cluster in enumerate(clusters)}
        # One value for each mention.
        self.starts, self.ends, self.sentences, self.paragraphs = (
            np.array([getattr(one, name) for one in mentions], dtype=np.int64)
            for name in ("start", "end", "sentence", "paragraph")
        )
        self.intrinsic = np.array([_intrinsic(one) for one in mentions], dtype=np.float32)
        self.quoted = np.array([one.quoted for one in mentions], dtype=bool)
        self.plural = np.array([one.number == "plural" for one in mentions], dtype=bool)
        self.mention_genders = np.array([_gender_index(one.gender) for one in mentions], dtype=np.int64)
        self.names = np.array([one.kind in ("name", "acronym") for one in mentions], dtype=bool)
        self.cluster_of = np.full(len(mentions), -1, dtype=np.int64)
        # One value for each cluster, including those that reading adds.
        room = len(clusters) + len(mentions)
        self.counts = np.zeros(room, dtype=np.float32)
        self.latest = np.full(room, -1, dtype=np.int64)
        self.types = np.zeros((room, len(SPEAKER_TYPES)), dtype=np.float32)
        self.genders = np.full(room, -1, dtype=np.int64)
        self.gender_counts = np.zeros((room, len(GENDERS)), dtype=np.int64)
        """How often each cluster was referred to as "he" and as "she"."""
        self.has_spoken = np.zeros(room, dtype=bool)
        self.bodies = np.zeros(room, dtype=np.float32)
        self.members = defaultdict[int, list[int]](list)
        """The mentions of each cluster: all its names in the article, and what was resolved to it so far."""
        self.last_speaker = -1
        self.contents = defaultdict[Offsets, list[Offsets]](list)
        quotes = list(quotes)
        self.turns = Turns(mentions, quotes)
        for quote in quotes:
            self.contents[source_offsets(quote)].extend((span.start, span.end) for span in quote.content)
        self.nominals = Nominals(clusters)
        self.group_fellows = defaultdict[int, list[int]](list)
        """The other parts of the group that a mention is part of: in "she and Ann", "she" is not Ann."""
        self.number_at = {(mention.start, mention.end): number for number, mention in enumerate(mentions)}
        for group in mentions:
            for part in group.parts:
                self.group_fellows[self.number_at[part]].extend(self.number_at[other] for other in group.parts if other != part)
        for number, cluster in enumerate(clusters):
            self.bodies[number] = bool(cluster.forms) and cluster.is_body
            self._refresh(number)

    def _refresh(self, number: int) -> None:
        """Copy the current type and gender of a cluster."""
        cluster = self.clusters[number]
        self.types[number] = [cluster.type == type_ for type_ in SPEAKER_TYPES]
        self.genders[number] = _gender_index(cluster.gender)

    def assign_name(self, number: int, cluster: Cluster) -> None:
        """Set the cluster of a name that can belong to no other, before the name is read."""
        self.cluster_of[number] = self.numbers[cluster]
        self.members[self.numbers[cluster]].append(number)

    def number_of(self, cluster: Cluster) -> int:
        """The number of a cluster; a new cluster gets the next one."""
        if cluster not in self.numbers:
            self.numbers[cluster] = len(self.clusters)
            self.clusters.append(cluster)
        return self.numbers[cluster]

    def record(self, number: int, cluster: Cluster) -> None:
        """Record the cluster of a mention that was just resolved."""
        mention, own = self.mentions[number], self.number_of(cluster)
        if self.cluster_of[number] < 0:
            self.cluster_of[number] = own
            self.members[own].append(number)
        self.nominals.record(mention, cluster)
        self._refresh(own)
        self.counts[own] += 1
        if self.mention_genders[number] >= 0 and mention.kind == "pronoun":
            self.gender_counts[own, self.mention_genders[number]] += 1
        self.latest[own] = number
        if mention.sources:
            self.last_speaker = own
            self.has_spoken[own] = True

    def are_things(self, clusters: Ints) -> Flags:
        """Which clusters are unnamed bodies or documents: "the panel", "the piece"."""
        return np.asarray((clusters >= self.named_count) & self.are_of_type(clusters, {*BODIES, "document"}))

    def are_of_type(self, clusters: Ints, types: Set[str]) -> Flags:
        """Which clusters have one of the types."""
        return np.asarray(self.types[clusters][:, [type_ in types for type_ in SPEAKER_TYPES]].any(1))

    def nearest_mention(self, cluster: int, number: int) -> int:
        """The last mention of a cluster before mention `number`, else the first after it."""
        members = self.members[cluster]
        return members[max(0, bisect_left(members, number) - 1)]

    def in_content_of(self, mention: Mention, numbers: Ints) -> Flags:
        """Which candidates are inside the content that the mention is the source of."""
        inside = np.zeros(len(numbers), dtype=bool)
        for start, end in (span for source in mention.sources for span in self.contents[source]):
            inside |= (self.starts[numbers] >= start) & (self.starts[numbers] < end)
        return inside


def _intrinsic(mention: Mention) -> list[float]:
    """The features of a candidate that do not depend on the mention."""
    return [
        *(mention.kind == kind for kind in MENTION_KINDS),
        bool(mention.sources),
        mention.subject,
        mention.oblique,
        mention.attributive,
        bool(mention.role),
        mention.head in UNIQUE,
    ]


def _gender_index(gender: str | None) -> int:
    return GENDERS.index(gender) if gender in GENDERS else -1
