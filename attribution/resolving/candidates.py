"""Candidates: who a mention may be, and what speaks for and against it.

In: the `Columns` of an article, read up to a mention. Out: the mentions that it may go with, each with its features. Training and
inference build both with this same code. It leaves alone which candidate is the right one (ranking) and who is who in the end
(coreference).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from attribution.resolving.columns import Columns, Flags, Floats, Ints
from attribution.resolving.features import cluster_distances, mention_features, pair_features
from attribution.resolving.filters import CLASHES, allowed, reasons_for
from attribution.resolving.nominals import NO_OVERLAP
from attribution.resolving.turns import NONE

MAX_RANK = 20
"""How far a rank counts."""
MENTIONS_BEFORE, MENTIONS_AFTER = 40, 10
"""How many mentions a candidate may stand before the mention or behind it."""
SENTENCES_AHEAD, SENTENCES_AHEAD_OF_LEAD = 1, 10
"""How many sentences further on a name may stand: "When she left, Ann …", and "A woman said …", whom the article names later."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """What mention `number` may go with: the candidates' `numbers`, the `clusters` they are in, whether each is `compatible`: no
    word speaks against it; `pairs` (n, PAIR) of what each has to do with it, and `asked` (ASKED) of what it is itself.
    """

    number: int
    numbers: Ints
    clusters: Ints
    compatible: Flags
    pair_features: Floats
    mention_features: Floats


def find_candidates(columns: Columns, number: int, *, only: Collection[int] = ()) -> Candidates:
    """What mention `number` may go with, the mentions before it and the clusters being as noted. only: the clusters to choose
    from, all if none.
    """
    mention = columns.mentions[number]
    related = columns.nominals.overlaps(mention) if mention.kind == "nominal" else {}
    words = {columns.ids[id(cluster)]: shared for cluster, shared in related.items()}
    echoes = columns.turns.echoes(number)
    numbers = _find_numbers(columns, number, [*words, *only], echoes)
    beside = np.isin(columns.cluster[numbers], columns.cluster[columns.group_fellows[number]])
    numbers = numbers[allowed(columns, mention, numbers) & ~beside]
    if only:
        numbers = numbers[np.isin(columns.cluster[numbers], list(only))]
    clusters = columns.cluster[numbers]
    overlaps = [words.get(cluster, NO_OVERLAP) for cluster in clusters.tolist()]
    shared = np.array(overlaps, dtype=np.float32).reshape(-1, len(NO_OVERLAP))
    reasons = reasons_for(columns, mention, numbers, clusters, np.asarray(shared.any(1)))
    compatible: Flags = np.asarray(~reasons[:, :CLASHES].any(1))
    features = [
        pair_features(columns, number, numbers, clusters),
        reasons,
        _rank_features(clusters, numbers > number, compatible),
        columns.turns.pair_features(number, clusters, columns.cluster),
        _echo_features(columns, clusters, echoes),
        shared,
    ]
    return Candidates(number, numbers, clusters, compatible, np.concatenate(features, 1), mention_features(columns, number))


def _rank_features(clusters: Ints, after: Flags, compatible: Flags) -> Floats:
    """Which candidates nothing speaks against, and how many of such stand between each of them and the mention."""
    ranks = np.full(len(clusters), MAX_RANK)
    ranks[compatible] = np.minimum(cluster_distances(clusters[compatible], after[compatible]), MAX_RANK)
    return np.stack([compatible, np.log1p(ranks), compatible & (ranks == 0) & ~after], 1).astype(np.float32)


def _echo_features(columns: Columns, clusters: Ints, echoes: Mapping[int, float]) -> Floats:
    """How much of the same each candidate says elsewhere."""
    alike = dict[int, float]()
    for head, share in echoes.items():
        cluster = int(columns.cluster[head])
        alike[cluster] = max(share, alike.get(cluster, 0.0))
    return np.array([alike.get(cluster, 0.0) for cluster in clusters.tolist()], dtype=np.float32)[:, None]


def _find_numbers(columns: Columns, number: int, called: Iterable[int], echoes: Iterable[int]) -> Ints:
    """The candidates: the mentions shortly before, those shortly behind of whom it is known whose they are, who speaks around or
    says the same, and one of each cluster that is called up.
    """
    mention = columns.mentions[number]
    further = SENTENCES_AHEAD_OF_LEAD if mention.sources and mention.kind in ("nominal", "silent") else SENTENCES_AHEAD
    near = np.arange(max(0, number - MENTIONS_BEFORE), min(len(columns.mentions), number + MENTIONS_AFTER + 1))
    near = near[(columns.cluster[near] >= 0) & ((near < number) | (columns.sentences[near] <= mention.sentence + further))]
    near = near[(columns.ends[near] <= mention.start) | (columns.starts[near] >= mention.end)]
    near = near[near != number]
    present = set(columns.cluster[near].tolist())
    far = {columns.nearest_mention(cluster, number) for cluster in called if cluster not in present and columns.members[cluster]}
    heads = {head for head in (*columns.turns.neighbours(number), *echoes) if head != NONE and columns.cluster[head] >= 0}
    far |= heads - set(near.tolist())
    far -= {number}
    return np.sort(np.concatenate([near, np.array(sorted(far), dtype=np.int64)])) if far else near
