"""The ranker's training. In: texts with chains, the pipeline up to its quotes. Out: a `Ranker`.

Each text is read as the pipeline reads it, the network's vectors as they are; who is who is told by its chains, and each
pronoun and nominal becomes an example: its candidates, and which of them are right. What is learned is the likelihood of
the right ones together.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
import torch
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc
from torch import Tensor, nn

from attribution.resolving import phrases
from attribution.resolving.candidates import Candidates, Floats
from attribution.resolving.lexicon import PRONOUNS
from attribution.resolving.mentions import Mention, find_mentions
from attribution.resolving.page import Page
from attribution.resolving.ranking import Ranker
from attribution.resolving.reading import Reader
from training.corpora.chains import Chained

ASKED_GENDERS = frozenset({"man", "woman", "thing", None})
"""The genders of the mentions that are learned from."""
KEPT_NOMINALS, KEPT_NEW, KEPT_NOBODY = 0.6, 0.15, 0.5
"""The share of nominals with an antecedent, of nominals without, and of pronouns without, that are learned from."""


@dataclass(frozen=True)
class Example:
    """One mention's candidates: `right` says which are it, the last whether it may be none of them."""

    candidates: Candidates
    right: NDArray[np.bool_]


@dataclass(frozen=True)
class Document:
    """The vectors of a text's mentions, and what is to be learned from them."""

    vectors: Floats
    examples: tuple[Example, ...]
    weight: float = 1.0


@dataclass(frozen=True)
class Recipe:
    """How to train. A batch holds about `pairs` candidates."""

    epochs: int = 10
    pairs: int = 20_000
    rate: float = 3e-3
    decay: float = 0.05
    width: int = 96
    hidden: int = 64
    dropout: float = 0.4
    seed: int = 2


def read(chained: Chained, nlp: Language, rng: Random, *, weight: float = 1.0) -> Document:
    """What is to be learned from one text."""
    doc = nlp(chained.text)
    spans = [span for span, _ in chained.mentions if _is_asked(chained.text[slice(*span)])]
    mentions = find_mentions(doc, doc._.quotes, further=spans)
    chains = _chains(chained, doc, [mention.word for mention in mentions])
    examples = list[Example]()

    def choose(candidates: Candidates) -> int | None:
        chain = chains[candidates.number]
        if chain is None:
            return None
        right = np.array([_chain(chains, reader, number) == chain for number in candidates.numbers.tolist()], dtype=bool)
        span = mentions[candidates.number].start, mentions[candidates.number].end
        if span in chained.asked if chained.asked is not None else rng.random() < _share(mentions[candidates.number], right):
            examples.extend(_example(candidates, right, chains, reader, chained))
        return int(candidates.clusters[np.flatnonzero(right)[-1]]) if right.any() else None

    reader = Reader(mentions, doc._.quotes, choose)
    for number in range(len(mentions)):
        reader.read(number)
    return Document(doc.tensor[[mention.word for mention in mentions]].astype(np.float16), tuple(examples), weight)


def _is_asked(text: str) -> bool:
    """Whether the mention is none of the pronouns that are no business of the ranker: I, you, who."""
    return PRONOUNS.get(text.lower(), (None, None))[1] in ASKED_GENDERS


def _share(mention: Mention, right: NDArray[np.bool_]) -> float:
    """How many of such mentions are learned from: most nominals are new, and teach little."""
    if mention.kind == "nominal":
        return KEPT_NOMINALS if right.any() else KEPT_NEW
    return 1.0 if right.any() else KEPT_NOBODY


def _example(
    candidates: Candidates, right: NDArray[np.bool_], chains: Sequence[str | None], reader: Reader, chained: Chained
) -> Iterator[Example]:
    """The example, if the chains tell enough to learn from it."""
    if chained.whole:
        yield Example(candidates, np.append(right, not right.any()))
        return
    known = np.array([_chain(chains, reader, number) is not None for number in candidates.numbers.tolist()], dtype=bool)
    names = reader.columns.names[candidates.numbers] if len(known) else known
    if right.any():
        kept = known | names
        yield Example(_only(candidates, kept), np.append(right[kept], False))
    elif chained.asked is not None:
        yield Example(candidates, np.append(~known, True))


def _only(candidates: Candidates, kept: NDArray[np.bool_]) -> Candidates:
    return Candidates(
        candidates.number, candidates.numbers[kept], candidates.clusters[kept], candidates.pairs[kept], candidates.asked
    )


def _chain(chains: Sequence[str | None], reader: Reader, number: int) -> str | None:
    """The chain of a mention: its own, else that of another mention of its cluster."""
    if chains[number] is not None:
        return chains[number]
    of = reader.columns.of[int(reader.columns.cluster[number])]
    return next((chains[other] for other in of if chains[other] is not None), None)


def _chains(chained: Chained, doc: Doc, words: Iterable[int]) -> list[str | None]:
    """The chain of each mention, by its main word: that of the shortest phrase that ends with it or is about it."""
    page = Page(doc, ())
    by_word = dict[int, tuple[int, str]]()
    for span, chain in chained.mentions:
        first, last = page.tokens(span)
        head = phrases.head(page, first, last)
        main = head.main if head else last - 1
        length = last - first
        if main not in by_word or by_word[main][0] < length:
            by_word[main] = length, chain
    return [by_word[word][1] if word in by_word else None for word in words]


class Scorer(nn.Module):
    """The ranker while it learns."""

    def __init__(self, width: int, pair: int, asked: int, recipe: Recipe) -> None:
        super().__init__()
        self.query = nn.Linear(width, recipe.width, bias=False)
        self.key = nn.Linear(width, recipe.width, bias=False)
        self.inner = nn.Linear(recipe.width + pair + asked, recipe.hidden)
        self.outer = nn.Linear(recipe.hidden, 1, bias=False)
        self.none_inner = nn.Linear(recipe.width + asked, recipe.hidden)
        self.none_outer = nn.Linear(recipe.hidden, 1, bias=False)
        self.dropout = nn.Dropout(recipe.dropout)

    def forward(
        self, vectors: Tensor, rows: Tensor, numbers: Tensor, keys: Tensor, pairs: Tensor, asked: Tensor
    ) -> tuple[Tensor, Tensor]:
        """vectors (m, d); of the q mentions asked about `rows` (q) and `asked` (q, a); of the n candidates `numbers` (n) of the
        mention they are for, `keys` (n) and `pairs` (n, p). Returns the scores of the candidates (n) and of none (q).
        """
        vectors = self.dropout(vectors)
        query = self.query(vectors[rows])
        product = query[numbers] * self.key(vectors)[keys]
        inner = self.inner(torch.cat((self.dropout(product), pairs, asked[numbers]), 1))
        none = self.none_inner(torch.cat((self.dropout(query), asked), 1))
        return self.outer(self.dropout(torch.relu(inner))).squeeze(1), self.none_outer(self.dropout(torch.relu(none))).squeeze(1)

    def ranker(self) -> Ranker:
        """The same for running."""
        w = {name: value.detach().numpy() for name, value in self.state_dict().items()}
        return Ranker(
            {
                "query": w["query.weight"].T,
                "key": w["key.weight"].T,
                "inner": w["inner.weight"].T,
                "inner_bias": w["inner.bias"],
                "outer": w["outer.weight"][0],
                "none_inner": w["none_inner.weight"].T,
                "none_bias": w["none_inner.bias"],
                "none_outer": w["none_outer.weight"][0],
            }
        )


def fit(documents: Sequence[Document], recipe: Recipe) -> Scorer:
    """Train a ranker; progress on standard error."""
    torch.manual_seed(recipe.seed)
    rng = Random(recipe.seed)
    documents = [document for document in documents if document.examples]
    some = documents[0].examples[0].candidates
    scorer = Scorer(documents[0].vectors.shape[1], some.pairs.shape[1], len(some.asked), recipe).train()
    optimizer = torch.optim.AdamW(scorer.parameters(), lr=recipe.rate, weight_decay=recipe.decay)
    steps = recipe.epochs * len(list(_batches(documents, recipe.pairs, rng)))
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, recipe.rate, total_steps=steps + recipe.epochs * 8, pct_start=0.1)
    for epoch in range(recipe.epochs):
        total, count = 0.0, 0
        for batch in _batches(documents, recipe.pairs, rng):
            loss = _loss(scorer, batch)
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            schedule.step()
            optimizer.zero_grad()
            total, count = total + loss.item(), count + 1
        print(f"epoch {epoch + 1} loss {total / count:.3f}", file=sys.stderr, flush=True)
    return scorer.eval()


def _batches(documents: Sequence[Document], pairs: int, rng: Random) -> Iterator[list[Document]]:
    """The documents in random order, in batches of about that many candidates."""
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
        torch.from_numpy(np.concatenate([e.candidates.pairs for _, e, _ in examples])).float(),
        torch.from_numpy(np.stack([e.candidates.asked for _, e, _ in examples])).float(),
    )
    scores = torch.cat((scores, none))
    owner = torch.cat((owner, torch.arange(len(examples))))
    right = torch.from_numpy(np.concatenate([*(e.right[:-1] for _, e, _ in examples), [e.right[-1] for _, e, _ in examples]]))
    weights = torch.tensor([weight for _, _, weight in examples])
    losses = _logsumexp(scores, owner, len(examples)) - _logsumexp(scores.masked_fill(~right, -1e4), owner, len(examples))
    return (losses * weights).sum() / weights.sum()


def _logsumexp(scores: Tensor, owner: Tensor, count: int) -> Tensor:
    """By owner."""
    most = torch.full((count,), -1e9).scatter_reduce(0, owner, scores.detach(), "amax")
    return torch.zeros(count).index_add(0, owner, torch.exp(scores - most[owner])).log() + most
