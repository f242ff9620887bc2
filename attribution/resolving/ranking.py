"""Ranking: score the candidates of a pronoun or a nominal with a small trained network.

In: `Candidates`, and the vectors of the mention's and the candidates' main words. Out: the probability of each candidate, and of
none of them. The network projects the two words' vectors and multiplies them, appends a learned score for how well the two
referents fit and the features, and passes all of it through one hidden layer. It leaves alone which candidates there are
(candidates) and what follows from the probabilities (coreference).
"""

from __future__ import annotations

import io
from collections.abc import Mapping

import numpy as np

from attribution.resolving.candidates import Candidates
from attribution.resolving.columns import Floats

WEIGHTS = ("query", "key", "inner", "inner_bias", "outer", "none_inner", "none_bias", "none_outer")
"""For each of the s scorers. query, key (s, d, p): the projections of the mention's and the candidates' vectors; inner
(s, p + 1 + pair features + mention features, h), outer (s, h): the layers that score a candidate; none_inner
(s, p + mention features, h), none_outer (s, h): the layers that score "none of them".
"""


class Ranker:
    """The trained scorers, whose scores are averaged. `weights` holds an array for each name in WEIGHTS."""

    def __init__(self, weights: Mapping[str, Floats]) -> None:
        self.weights = {name: np.asarray(weights[name], dtype=np.float32) for name in WEIGHTS}

    @property
    def feature_counts(self) -> tuple[int, int]:
        """The number of pair features and of mention features that the weights expect."""
        inner, none_inner, query = (self.weights[name] for name in ("inner", "none_inner", "query"))
        return inner.shape[1] - none_inner.shape[1] - 1, none_inner.shape[1] - query.shape[2]

    def keys(self, vectors: Floats) -> Floats:
        """The candidate projections (n, s, p) of an article's mention vectors (n, d). Compute them once per article."""
        keys: Floats = np.swapaxes(vectors @ self.weights["key"], 0, 1)
        return keys

    def blank_vectors(self, count: int) -> Floats:
        """Zero vectors, for a Doc that no network has read."""
        return np.zeros((count, self.weights["key"].shape[1]), dtype=np.float32)

    def __call__(self, vector: Floats, vectors: Floats, keys: Floats, candidates: Candidates) -> Floats:
        """The probabilities of the candidates and, last, of none of them. `vector` is the mention's; `vectors` and `keys` are the
        candidates'.
        """
        w, query = self.weights, vector @ self.weights["query"]
        mention = np.broadcast_to(candidates.mention_features, (len(keys), len(candidates.mention_features)))
        features = np.concatenate([fit_scores(vector, vectors)[:, None], candidates.pair_features, mention], 1)
        inner = _with_features(query[:, None] * np.swapaxes(keys, 0, 1), features) @ w["inner"]
        none_inner = _with_features(query[:, None], candidates.mention_features[None]) @ w["none_inner"]
        some = np.maximum(inner + w["inner_bias"][:, None], 0) @ w["outer"][:, :, None]
        none = np.maximum(none_inner + w["none_bias"][:, None], 0) @ w["none_outer"][:, :, None]
        scores = np.concatenate([some, none], 1).mean(0)[:, 0]
        exps = np.exp(scores - scores.max())
        probabilities: Floats = exps / exps.sum()
        return probabilities

    def to_bytes(self) -> bytes:
        """The weights as bytes, in half precision."""
        file = io.BytesIO()
        np.savez(file, allow_pickle=False, **{name: value.astype(np.float16) for name, value in self.weights.items()})
        return file.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> Ranker:
        """The ranker with the weights in the bytes."""
        with np.load(io.BytesIO(data)) as weights:
            return cls(weights)


def fit_scores(vector: Floats, vectors: Floats) -> Floats:
    """How well the referent that a word seeks (the first half of its vector) fits those of n other words (the second half of
    theirs).
    """
    half = len(vector) // 2
    scores: Floats = vectors[:, half:] @ vector[:half] * half**-0.5
    return scores


def _with_features(products: Floats, features: Floats) -> Floats:
    """Each scorer's products (s, n, p) with the features (n, f) appended: (s, n, p + f)."""
    return np.concatenate([products, np.broadcast_to(features, (len(products), *features.shape))], 2)
