"""Candidates: who a pronoun or a nominal may be, and what speaks for and against it.

In: the `Columns` of an article, read up to a mention. Out: the mentions that it may go with (filters), each with its features.
Training and inference build both with this same code. It leaves alone which candidate is the right one (ranking) and who is who
in the end (coreference).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from attribution.resolving.columns import Columns, Flags, Floats, Ints
from attribution.resolving.features import asked, pairs
from attribution.resolving.filters import fits
from attribution.resolving.nominals import NOTHING

BEFORE, AFTER = 40, 6
"""How many mentions a candidate may stand before the mention or behind it."""
NEAR = 1
"""How many sentences further on a pronoun's name may stand: "When she left, Ann …"."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """What mention `number` may go with: the candidates' `numbers`, the `clusters` they are in, `pairs` (n, PAIR) of what each
    has to do with it, `asked` (ASKED) of what it is itself, and whether each is `called` so: its words say something of it.
    """

    number: int
    numbers: Ints
    clusters: Ints
    pairs: Floats
    asked: Floats
    called: Flags


def find_candidates(columns: Columns, number: int) -> Candidates:
    """What mention `number` may go with, the mentions before it and the clusters being as noted."""
    mention = columns.mentions[number]
    related = columns.nominals.related(mention) if mention.kind == "nominal" else {}
    words = {columns.ids[id(cluster)]: shared for cluster, shared in related.items()}
    numbers = _numbers(columns, number, words)
    clusters = columns.cluster[numbers]
    shared = np.array([words.get(cluster, NOTHING) for cluster in clusters.tolist()], dtype=np.float32).reshape(-1, len(NOTHING))
    called = np.asarray(shared.any(1))
    otherwise = np.isin(clusters, list(words)) & ~called
    beside = np.isin(clusters, columns.cluster[columns.beside[number]])
    kept = fits(columns, mention, numbers, clusters, shared, otherwise) & ~beside
    numbers, clusters = numbers[kept], clusters[kept]
    told = np.concatenate([pairs(columns, number, numbers, clusters), shared[kept]], 1)
    return Candidates(number, numbers, clusters, told, asked(mention), called[kept])


def _numbers(columns: Columns, number: int, words: Mapping[int, object]) -> Ints:
    """The candidates: the mentions shortly before, the names shortly behind, and one of each cluster that a word calls up."""
    mention = columns.mentions[number]
    near = np.arange(max(0, number - BEFORE), min(len(columns.mentions), number + AFTER + 1))
    near = near[
        (columns.cluster[near] >= 0)
        & ((near < number) | (columns.names[near] & (columns.sentences[near] <= mention.sentence + NEAR)))
    ]
    near = near[(columns.ends[near] <= mention.start) | (columns.starts[near] >= mention.end)]
    present = set(columns.cluster[near].tolist())
    far = [columns.nearest(cluster, number) for cluster in words if cluster not in present and columns.of[cluster]]
    return np.concatenate([near, np.array(sorted(far), dtype=np.int64)]) if far else near
