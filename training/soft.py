"""Soft labels: a teacher's probability of every answer for each word of an article. In: the scores of a trained network. Out:
`Soft` records by article id, and a file of them, which holds no text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from attribution.tagging.network import Floats, Level, Scores
from attribution.tagging.windows import Ints, Words
from training.crf import marginals

Halves = NDArray[np.float16]
Places = NDArray[np.int32]
LIKELIEST = 3
"""The number of targets of a pointer that are stored; the others are rarely likely."""
NONE = -1
"""The target of a pointer to nothing."""


@dataclass(frozen=True)
class SoftLevel:
    """One level, for n words: the probabilities of `roles` (n, r) and `kinds` (n, k); and for both pointers the LIKELIEST targets
    (n, 3), as indices of words or NONE, with their probabilities.
    """

    roles: Halves
    kinds: Halves
    cue: Places
    cue_likely: Halves
    source: Places
    source_likely: Halves


@dataclass(frozen=True)
class Soft:
    """The soft labels of an article: the start of each word, and the two levels."""

    starts: Places
    outer: SoftLevel
    inner: SoftLevel

    def fits(self, words: Words) -> bool:
        """Whether the labels are for exactly these words."""
        return np.array_equal(self.starts, words.offsets[:, 0])


def soften(words: Words, scores: Scores) -> Soft:
    """The soft labels from the scores of an article."""
    return Soft(words.offsets[:, 0].astype(np.int32), _level(scores.outer), _level(scores.inner))


def _level(level: Level) -> SoftLevel:
    roles, transitions, kinds = (torch.from_numpy(x) for x in (level.roles, level.transitions, level.kinds))
    real = torch.ones((1, len(roles)), dtype=torch.bool)
    likely, kind = marginals(roles[None], transitions, real)[0].exp(), kinds.softmax(-1)
    (cue, cue_likely), (source, source_likely) = (_likeliest(each, level.first) for each in (level.cue, level.source))
    return SoftLevel(_halves(likely.numpy()), _halves(kind.numpy()), cue, cue_likely, source, source_likely)


def _likeliest(pointer: Sequence[Floats], first: Ints) -> tuple[Places, Halves]:
    """The words that each word points to most, and how likely: together 1."""
    places = np.full((len(pointer), LIKELIEST), NONE, dtype=np.int32)
    likely = np.zeros((len(pointer), LIKELIEST), dtype=np.float32)
    for i, said in enumerate(pointer):
        best = np.argsort(said)[: -LIKELIEST - 1 : -1]
        places[i, : len(best)] = np.where(best > 0, best + first[i] - 1, NONE)
        likely[i, : len(best)] = np.exp(said[best])
    return places, _halves(likely / likely.sum(1, keepdims=True))


def _halves(values: Floats) -> Halves:
    return values.astype(np.float16)


def write_advice(articles: Mapping[str, Soft], file: Path) -> None:
    """Write the soft labels of some articles, with all their words in one row."""
    every = list(articles.values())
    columns: dict[str, Any] = {"starts": np.concatenate([each.starts for each in every])}
    for level in ("outer", "inner"):
        for name in _names():
            columns[f"{level}.{name}"] = np.concatenate([getattr(getattr(each, level), name) for each in every])
    np.savez_compressed(file, ids=np.array(list(articles)), counts=np.array([len(each.starts) for each in every]), **columns)


def read_advice(files: Iterable[Path]) -> dict[str, Soft]:
    """The soft labels in some files, by article id."""
    found: dict[str, Soft] = {}
    for file in files:
        with np.load(file) as stored:
            ends = np.cumsum(stored["counts"])[:-1]
            parts = {name: np.split(stored[name], ends) for name in stored.files if name not in ("ids", "counts")}
            for number, id_ in enumerate(stored["ids"].tolist()):
                levels = [SoftLevel(*(parts[f"{level}.{name}"][number] for name in _names())) for level in ("outer", "inner")]
                found[id_] = Soft(parts["starts"][number], *levels)
    return found


def _names() -> list[str]:
    return [field.name for field in fields(SoftLevel)]
