"""Candidates: which earlier or later mentions a mention may corefer with, and the features of each.

In: the `Columns` of an article, filled up to a mention. Out: its candidates with their features. Training and inference share
this code. It leaves alone which candidate is right (ranking) and the entities that result (coreference).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from attribution.resolving.columns import Columns, Flags, Floats, Ints
from attribution.resolving.features import cluster_distances, mention_features, pair_features
from attribution.resolving.filters import CLASHES, allowed, reasons_for
from attribution.resolving.nominals import NO_OVERLAP
from attribution.resolving.turns import NONE

MAX_RANK = 20
"""The largest rank that a feature holds."""
MENTIONS_BEFORE, MENTIONS_AFTER = 40, 10
"""How many mentions before and after the mention to search for candidates."""
SENTENCES_AHEAD, SENTENCES_AHEAD_OF_LEAD = 1, 10
"""How many sentences ahead a candidate may be: "When she left, Ann …". More for a nominal that is a source: "A woman said …"."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """The candidates of mention `number`: their `numbers`, the `clusters` that they belong to, and whether they are `compatible`:
    no word rules them out. `pair_features` (n, pair) describe the relation of each candidate to the mention, `mention_features`
    (mention) the mention itself.
    """

    number: int
    numbers: Ints
    clusters: Ints
    compatible: Flags
    pair_features: Floats
    mention_features: Floats


def find_candidates(columns: Columns, number: int, *, only: Collection[int] = ()) -> Candidates:
    """The candidates of mention `number`, from what the columns hold so far. only: the clusters to choose from; empty for all."""
    mention = columns.mentions[number]
    overlaps = columns.nominals.overlaps(mention) if mention.kind == "nominal" else {}
    overlap_of = {columns.number_of(cluster): overlap for cluster, overlap in overlaps.items()}
    echoes = columns.turns.echoes(number)
    numbers = _find_numbers(columns, number, [*overlap_of, *only], echoes)
    fellows = np.isin(columns.cluster_of[numbers], columns.cluster_of[columns.group_fellows[number]])
    numbers = numbers[allowed(columns, mention, numbers) & ~fellows]
    if only:
        numbers = numbers[np.isin(columns.cluster_of[numbers], list(only))]
    clusters = columns.cluster_of[numbers]
    rows = [overlap_of.get(cluster, NO_OVERLAP) for cluster in clusters.tolist()]
    shared = np.array(rows, dtype=np.float32).reshape(-1, len(NO_OVERLAP))
    reasons = reasons_for(columns, mention, numbers, clusters, np.asarray(shared.any(1)))
    compatible: Flags = np.asarray(~reasons[:, :CLASHES].any(1))
    features = [
        pair_features(columns, number, numbers, clusters),
        reasons,
        _rank_features(clusters, numbers > number, compatible),
        columns.turns.pair_features(number, clusters, columns.cluster_of),
        _echo_features(columns, clusters, echoes),
        shared,
    ]
    return Candidates(number, numbers, clusters, compatible, np.concatenate(features, 1), mention_features(columns, number))


def _rank_features(clusters: Ints, after: Flags, compatible: Flags) -> Floats:
    """Which candidates are compatible, and how many other compatible clusters come between each of them and the mention."""
    ranks = np.full(len(clusters), MAX_RANK)
    ranks[compatible] = np.minimum(cluster_distances(clusters[compatible], after[compatible]), MAX_RANK)
    return np.stack([compatible, np.log1p(ranks), compatible & (ranks == 0) & ~after], 1).astype(np.float32)


def _echo_features(columns: Columns, clusters: Ints, echoes: Mapping[int, float]) -> Floats:
    """How similar to the mention's quote the most similar other quote of each candidate's cluster is."""
    shares = defaultdict[int, float](float)
    for head, share in echoes.items():
        cluster = int(columns.cluster_of[head])
        shares[cluster] = max(share, shares[cluster])
    return np.array([shares[cluster] for cluster in clusters.tolist()], dtype=np.float32)[:, None]


def _find_numbers(columns: Columns, number: int, wanted: Iterable[int], echoes: Iterable[int]) -> Ints:
    """The numbers of the candidates, all of known clusters: nearby mentions, the sources of neighbouring quotes, those of quotes
    that repeat the mention's quote (`echoes`), and the nearest mention of each `wanted` cluster.
    """
    mention = columns.mentions[number]
    ahead = SENTENCES_AHEAD_OF_LEAD if mention.sources and mention.kind in ("nominal", "silent") else SENTENCES_AHEAD
    near = np.arange(max(0, number - MENTIONS_BEFORE), min(len(columns.mentions), number + MENTIONS_AFTER + 1))
    near = near[(columns.cluster_of[near] >= 0) & ((near < number) | (columns.sentences[near] <= mention.sentence + ahead))]
    near = near[(columns.ends[near] <= mention.start) | (columns.starts[near] >= mention.end)]
    near = near[near != number]
    present = set(columns.cluster_of[near].tolist())
    far = {columns.nearest_mention(cluster, number) for cluster in wanted if cluster not in present and columns.members[cluster]}
    heads = {head for head in (*columns.turns.neighbours(number), *echoes) if head != NONE and columns.cluster_of[head] >= 0}
    far = (far | heads) - {*near.tolist(), number}
    return np.sort(np.concatenate([near, np.array(sorted(far), dtype=np.int64)])) if far else near
