"""Ranking: which candidate a pronoun or a nominal goes with, by a small trained network.

In: `Candidates`, and the vectors of the words they are about. Out: the probability of each candidate, and that of none of them.
The two words' vectors are projected and multiplied; beside that stands how well whom the one means fits who is meant by the
other, as the network has learned it, and the candidate's features; one hidden layer reads all of it. It finds no candidates
(candidates) and draws no conclusion (coreference).
"""

from __future__ import annotations

import io
from collections.abc import Mapping

import numpy as np

from attribution.resolving.candidates import Candidates
from attribution.resolving.columns import Floats

WEIGHTS = ("query", "key", "inner", "inner_bias", "outer", "none_inner", "none_bias", "none_outer")
"""Of each of the s scorers query and key (s, d, p): the projections of the vectors, of the mention and of its candidates; inner
(s, p + 1 + pair + asked, h), outer (s, h): the layers that score a candidate; none_inner (s, p + asked, h), none_outer (s, h):
those that score that it is none of them.
"""


class Ranker:
    """The trained scorers, whose mean score counts: `weights` holds an array for each of WEIGHTS."""

    def __init__(self, weights: Mapping[str, Floats]) -> None:
        self.weights = {name: np.asarray(weights[name], dtype=np.float32) for name in WEIGHTS}

    @property
    def told(self) -> tuple[int, int]:
        """How many features it reads of a candidate and of a mention."""
        w = self.weights
        asked = w["none_inner"].shape[1] - w["query"].shape[2]
        return w["inner"].shape[1] - w["none_inner"].shape[1] - 1, asked

    def keys(self, vectors: Floats) -> Floats:
        """What the vectors (n, d) of an article's mentions are as candidates (n, s, p): to be computed once."""
        keys: Floats = np.swapaxes(vectors @ self.weights["key"], 0, 1)
        return keys

    def blank(self, count: int) -> Floats:
        """Vectors that say nothing, for a Doc that no network has read."""
        return np.zeros((count, self.weights["key"].shape[1]), dtype=np.float32)

    def __call__(self, vector: Floats, vectors: Floats, keys: Floats, candidates: Candidates) -> Floats:
        """The probabilities of the candidates and, last, of none; `vector` is the mention's, `vectors` and `keys` the
        candidates'."""
        w, query = self.weights, vector @ self.weights["query"]
        asked = np.broadcast_to(candidates.mention_features, (len(keys), len(candidates.mention_features)))
        told = np.concatenate([fit(vector, vectors)[:, None], candidates.pair_features, asked], 1)
        inner = _beside(query[:, None] * np.swapaxes(keys, 0, 1), told) @ w["inner"]
        none = _beside(query[:, None], candidates.mention_features[None]) @ w["none_inner"]
        some = np.maximum(inner + w["inner_bias"][:, None], 0) @ w["outer"][:, :, None]
        nobody = np.maximum(none + w["none_bias"][:, None], 0) @ w["none_outer"][:, :, None]
        scores = np.concatenate([some, nobody], 1).mean(0)[:, 0]
        exps = np.exp(scores - scores.max())
        probabilities: Floats = exps / exps.sum()
        return probabilities

    def to_bytes(self) -> bytes:
        """The weights as bytes, at half precision."""
        file = io.BytesIO()
        np.savez(file, allow_pickle=False, **{name: value.astype(np.float16) for name, value in self.weights.items()})
        return file.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> Ranker:
        """The ranker whose weights these are."""
        with np.load(io.BytesIO(data)) as weights:
            return cls(weights)


def fit(vector: Floats, vectors: Floats) -> Floats:
    """How well whom a word means (the first half of its vector) fits who is meant by each of n others (the second half of
    theirs)."""
    half = len(vector) // 2
    found: Floats = vectors[:, half:] @ vector[:half] * half**-0.5
    return found


def _beside(products: Floats, told: Floats) -> Floats:
    """What each scorer makes of the vectors (s, n, p), and beside it what is told (n, t): (s, n, p + t)."""
    return np.concatenate([products, np.broadcast_to(told, (len(products), *told.shape))], 2)
