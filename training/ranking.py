"""Trains the ranker. In: examples by text. Out: a `Ranker`.

The training maximises the likelihood of all right candidates together. Several scorers are trained from different seeds and their
scores averaged, because a single one depends too much on its seed.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
import torch
from torch import Tensor, nn

from attribution.resolving.columns import Floats
from attribution.resolving.ranking import Ranker
from training.coreference import Document


@dataclass(frozen=True)
class Settings:
    """How to train. A batch holds about `pairs` candidates. The seeds of the `scorers` are consecutive, from `seed` on."""

    epochs: int = 11
    pairs: int = 20_000
    rate: float = 3e-3
    decay: float = 0.05
    width: int = 128
    hidden: int = 64
    dropout: float = 0.25
    scorers: int = 4
    seed: int = 2


class Scorer(nn.Module):
    """The ranker during training."""

    def __init__(self, width: int, pair: int, mention_features: int, settings: Settings) -> None:
        super().__init__()
        self.query = nn.Linear(width, settings.width, bias=False)
        self.key = nn.Linear(width, settings.width, bias=False)
        self.inner = nn.Linear(settings.width + 1 + pair + mention_features, settings.hidden)
        self.outer = nn.Linear(settings.hidden, 1, bias=False)
        self.none_inner = nn.Linear(settings.width + mention_features, settings.hidden)
        self.none_outer = nn.Linear(settings.hidden, 1, bias=False)
        self.dropout = nn.Dropout(settings.dropout)

    def forward(
        self, vectors: Tensor, rows: Tensor, numbers: Tensor, keys: Tensor, pairs: Tensor, mention_features: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Score n candidates for q mentions. Returns the scores of the candidates (n) and of "none of them" (q).
        `vectors` (m, d) are those of the text's mentions. Of the q mentions: `rows` (q) in `vectors`, `mention_features` (q, a).
        Of the n candidates: `numbers` (n) of the mention each is for, its row `keys` (n), its features `pairs` (n, p).
        """
        means, meant = vectors.chunk(2, 1)
        fit = (means[rows][numbers] * meant[keys]).sum(1, keepdim=True) * means.shape[1] ** -0.5
        vectors = self.dropout(vectors)
        query = self.query(vectors[rows])
        product = query[numbers] * self.key(vectors)[keys]
        inner = self.inner(torch.cat((self.dropout(product), fit, pairs, mention_features[numbers]), 1))
        none = self.none_inner(torch.cat((self.dropout(query), mention_features), 1))
        return self.outer(self.dropout(torch.relu(inner))).squeeze(1), self.none_outer(self.dropout(torch.relu(none))).squeeze(1)

    def weights(self) -> dict[str, Floats]:
        """The weights, by their names in a `Ranker`."""
        w = {name: value.detach().numpy() for name, value in self.state_dict().items()}
        return {
            "query": w["query.weight"].T,
            "key": w["key.weight"].T,
            "inner": w["inner.weight"].T,
            "inner_bias": w["inner.bias"],
            "outer": w["outer.weight"][0],
            "none_inner": w["none_inner.weight"].T,
            "none_bias": w["none_inner.bias"],
            "none_outer": w["none_outer.weight"][0],
        }


def fit(documents: Sequence[Document], settings: Settings) -> Ranker:
    """Train a ranker; progress goes to standard error."""
    return combine([_fit(documents, settings, settings.seed + number) for number in range(settings.scorers)])


def combine(scorers: Sequence[Scorer]) -> Ranker:
    """The ranker that averages these scorers."""
    weights = [scorer.weights() for scorer in scorers]
    return Ranker({name: np.stack([one[name] for one in weights]) for name in weights[0]})


def _fit(documents: Sequence[Document], settings: Settings, seed: int) -> Scorer:
    """Train one scorer."""
    torch.manual_seed(seed)
    rng = Random(seed)
    documents = [document for document in documents if document.examples]
    some = documents[0].examples[0].candidates
    scorer = Scorer(documents[0].vectors.shape[1], some.pair_features.shape[1], len(some.mention_features), settings).train()
    optimizer = torch.optim.AdamW(scorer.parameters(), lr=settings.rate, weight_decay=settings.decay)
    steps = settings.epochs * len(list(_batches(documents, settings.pairs, rng)))
    most = steps + settings.epochs * 8
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, settings.rate, total_steps=most, pct_start=0.1)
    for epoch in range(settings.epochs):
        total, count = 0.0, 0
        for batch in _batches(documents, settings.pairs, rng):
            loss = _loss(scorer, batch)
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            schedule.step()
            optimizer.zero_grad()
            total, count = total + loss.item(), count + 1
        print(f"scorer {seed} epoch {epoch + 1} loss {total / count:.3f}", file=sys.stderr, flush=True)
    return scorer.eval()


def _batches(documents: Sequence[Document], pairs: int, rng: Random) -> Iterator[list[Document]]:
    """The documents in random order, in batches of about `pairs` candidates."""
    batch, size = list[Document](), 0
    for document in rng.sample(documents, len(documents)):
        batch.append(document)
        size += sum(len(example.right) for example in document.examples)
        if size >= pairs:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _loss(scorer: Scorer, documents: Sequence[Document]) -> Tensor:
    """The mean negative log likelihood of the right candidates."""
    starts = np.cumsum([0, *(len(document.vectors) for document in documents)])
    examples = [(start, e, d.weight) for start, d in zip(starts, documents, strict=False) for e in d.examples]
    sizes = np.array([len(e.candidates.numbers) for _, e, _ in examples])
    owner = torch.from_numpy(np.repeat(np.arange(len(examples)), sizes))
    scores, none = scorer(
        torch.from_numpy(np.concatenate([d.vectors for d in documents])).float(),
        torch.tensor([start + e.candidates.number for start, e, _ in examples]),
        owner,
        torch.from_numpy(np.concatenate([start + e.candidates.numbers for start, e, _ in examples])),
        torch.from_numpy(np.concatenate([e.candidates.pair_features for _, e, _ in examples])).float(),
        torch.from_numpy(np.stack([e.candidates.mention_features for _, e, _ in examples])).float(),
    )
    scores = torch.cat((scores, none))
    owner = torch.cat((owner, torch.arange(len(examples))))
    right = torch.from_numpy(np.concatenate([*(e.right[:-1] for _, e, _ in examples), [e.right[-1] for _, e, _ in examples]]))
    weights = torch.tensor([weight for _, _, weight in examples])
    losses = _logsumexp(scores, owner, len(examples)) - _logsumexp(scores.masked_fill(~right, -1e4), owner, len(examples))
    return (losses * weights).sum() / weights.sum()


def _logsumexp(scores: Tensor, owner: Tensor, count: int) -> Tensor:
    """The log-sum-exp of the scores of each owner."""
    most = torch.full((count,), -1e9).scatter_reduce(0, owner, scores.detach(), "amax")
    return torch.zeros(count).index_add(0, owner, torch.exp(scores - most[owner])).log() + most
