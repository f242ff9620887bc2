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
from attribution.resolving.features import asked, pairs, rank
from attribution.resolving.filters import CLASHES, doubts, fits
from attribution.resolving.nominals import NOTHING
from attribution.resolving.turns import NONE

MOST = 20
"""How far a rank counts."""
BEFORE, AFTER = 40, 10
"""How many mentions a candidate may stand before the mention or behind it."""
NEAR, FAR = 1, 10
"""How many sentences further on a name may stand: "When she left, Ann …", and "A woman said …", whom the article names later."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """What mention `number` may go with: the candidates' `numbers`, the `clusters` they are in, whether each is `fitting`: no
    word speaks against it; `pairs` (n, PAIR) of what each has to do with it, and `asked` (ASKED) of what it is itself.
    """

    number: int
    numbers: Ints
    clusters: Ints
    fitting: Flags
    pairs: Floats
    asked: Floats


def find_candidates(columns: Columns, number: int, *, only: Collection[int] = ()) -> Candidates:
    """What mention `number` may go with, the mentions before it and the clusters being as noted. only: the clusters to choose
    from, all if none.
    """
    mention = columns.mentions[number]
    related = columns.nominals.related(mention) if mention.kind == "nominal" else {}
    words = {columns.ids[id(cluster)]: shared for cluster, shared in related.items()}
    echoes = columns.turns.echoes(number)
    numbers = _numbers(columns, number, [*words, *only], echoes)
    beside = np.isin(columns.cluster[numbers], columns.cluster[columns.beside[number]])
    numbers = numbers[fits(columns, mention, numbers) & ~beside]
    if only:
        numbers = numbers[np.isin(columns.cluster[numbers], list(only))]
    clusters = columns.cluster[numbers]
    shared = np.array([words.get(cluster, NOTHING) for cluster in clusters.tolist()], dtype=np.float32).reshape(-1, len(NOTHING))
    reasons = doubts(columns, mention, numbers, clusters, np.asarray(shared.any(1)))
    fitting: Flags = np.asarray(~reasons[:, :CLASHES].any(1))
    features = [
        pairs(columns, number, numbers, clusters),
        reasons,
        _order(clusters, numbers > number, fitting),
        columns.turns.pairs(number, clusters, columns.cluster),
        _alike(columns, clusters, echoes),
        shared,
    ]
    return Candidates(number, numbers, clusters, fitting, np.concatenate(features, 1), asked(columns, number))


def _order(clusters: Ints, after: Flags, fitting: Flags) -> Floats:
    """Which candidates nothing speaks against, and how many of such stand between each of them and the mention."""
    ranks = np.full(len(clusters), MOST)
    ranks[fitting] = np.minimum(rank(clusters[fitting], after[fitting]), MOST)
    return np.stack([fitting, np.log1p(ranks), fitting & (ranks == 0) & ~after], 1).astype(np.float32)


def _alike(columns: Columns, clusters: Ints, echoes: Mapping[int, float]) -> Floats:
    """How much of the same each candidate says elsewhere."""
    alike = dict[int, float]()
    for head, share in echoes.items():
        cluster = int(columns.cluster[head])
        alike[cluster] = max(share, alike.get(cluster, 0.0))
    return np.array([alike.get(cluster, 0.0) for cluster in clusters.tolist()], dtype=np.float32)[:, None]


def _numbers(columns: Columns, number: int, called: Iterable[int], echoes: Iterable[int]) -> Ints:
    """The candidates: the mentions shortly before, those shortly behind of whom it is known whose they are, who speaks around or
    says the same, and one of each cluster that is called up.
    """
    mention = columns.mentions[number]
    further = FAR if mention.sources and mention.kind in ("nominal", "silent") else NEAR
    near = np.arange(max(0, number - BEFORE), min(len(columns.mentions), number + AFTER + 1))
    near = near[(columns.cluster[near] >= 0) & ((near < number) | (columns.sentences[near] <= mention.sentence + further))]
    near = near[(columns.ends[near] <= mention.start) | (columns.starts[near] >= mention.end)]
    near = near[near != number]
    present = set(columns.cluster[near].tolist())
    far = {columns.nearest(cluster, number) for cluster in called if cluster not in present and columns.of[cluster]}
    heads = {head for head in (*columns.turns.around(number), *echoes) if head != NONE and columns.cluster[head] >= 0}
    far |= heads - set(near.tolist())
    far -= {number}
    return np.sort(np.concatenate([near, np.array(sorted(far), dtype=np.int64)])) if far else near
