"""What the network should answer. In: an article of a corpus. Out: its words, read as inference reads them, with a target for
each word, and training windows of them as tensors. It knows nothing of the network's inside.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from random import Random

import numpy as np
import torch
from spacy.language import Language
from torch import Tensor

from attribution.tagging.network import NAME_TAGS, ROLE_TAGS
from attribution.tagging.windows import Ints, WordPieces, Words, cut, encode, join, read
from training.corpora.records import Article, Offsets

IGNORE = -100
SMALLEST, LARGEST = 40, 400
"""Training windows hold between so many pieces."""
LONE = 0.15
"""The share of examples that are read a sentence at a time."""


@dataclass(frozen=True)
class Example:
    """An article's words and, for each of the n, its `roles` tag, its `names` tag, the number of the word that starts its
    `cue` (content words only) and its `source` (cue words only; -1 for none). IGNORE where there is nothing to learn.
    """

    id: str
    words: Words
    roles: Ints
    names: Ints
    cue: Ints
    source: Ints


@dataclass(frozen=True)
class Targets:
    """The targets of a batch of windows, padded with IGNORE, as tensors (b, w); pointers count from 1, 0 is none."""

    roles: Tensor
    names: Tensor
    cue: Tensor
    source: Tensor


def build(article: Article, nlp: Language, pieces: WordPieces, *, limit: int) -> Example:
    """Read an article and give each of its words its targets; `limit` bounds the pieces of a block."""
    words = read(nlp(article.text), pieces, limit=limit)
    roles, cue, source = (np.full(len(words), IGNORE) for _ in range(3))
    if article.attributions is not None:
        roles[:] = 0
        for quote in article.attributions:
            ranges = [[_covered(words, span) for span in spans] for spans in (quote.source, quote.cue, quote.content)]
            first_source, first_cue = (next((start for start, end in ranges[i] if start < end), -1) for i in (0, 1))
            for start, end in ranges[0]:
                _tag(roles, start, end, ROLE_TAGS.index("B-source"))
            for start, end in ranges[1]:
                source[_tag(roles, start, end, ROLE_TAGS.index("B-cue"))] = first_source
            for start, end in ranges[2]:
                cue[_tag(roles, start, end, ROLE_TAGS.index("B-content"))] = first_cue
    return Example(article.id, words, roles, _names(article, words), cue, source)


def windows(example: Example, rng: Random) -> list[tuple[int, int]]:
    """Cut an example into windows of one random budget, all of them together covering it once; or into its sentences, leaving out
    those that say nothing by themselves, so that the network knows a lone sentence too.
    """
    if rng.random() < LONE:
        sentences = pairwise([*example.words.sentences, len(example.words)])
        return [(start, end) for start, end in sentences if _whole(example, start, end)]
    budget = round(SMALLEST * (LARGEST / SMALLEST) ** rng.random())
    return cut(example.words, budget=budget)


def collate(parts: Sequence[tuple[Example, tuple[int, int]]], special: dict[str, int]) -> tuple[list[Tensor], Targets]:
    """Input and target tensors of some windows."""
    batch = join([encode(example.words, [window], special) for example, window in parts])
    rows = [_window(example, start, end) for example, (start, end) in parts]
    count = batch.words.shape[1]
    stacked = [np.stack([np.pad(row[i], (0, count - len(row[i])), constant_values=IGNORE) for row in rows]) for i in range(4)]
    return [torch.from_numpy(x) for x in (batch.pieces, batch.shapes, batch.spaces, batch.words)], Targets(
        *map(torch.from_numpy, stacked)
    )


def _window(example: Example, start: int, end: int) -> tuple[Ints, Ints, Ints, Ints]:
    """The targets within one window: no tag continues from before it, no pointer leaves it."""
    tags = []
    for values in (example.roles[start:end].copy(), example.names[start:end].copy()):
        if len(values) and values[0] > 0 and values[0] % 2 == 0:
            values[0] -= 1
        tags.append(values)
    pointers = []
    for values in (example.cue[start:end], example.source[start:end]):
        inside = (values >= start) & (values < end)
        pointers.append(np.where(values == IGNORE, IGNORE, np.where(inside, values - start + 1, 0)))
    return tags[0], tags[1], pointers[0], pointers[1]


def _whole(example: Example, start: int, end: int) -> bool:
    """Whether a range of words fits a window, no pointer leaves it, and no content there goes without a cue."""
    if sum(map(len, example.words.pieces[start:end])) > LARGEST:
        return False
    cue, source = example.cue[start:end], example.source[start:end]
    cue, source = cue[cue != IGNORE], source[source >= 0]
    return all(((values >= start) & (values < end)).all() for values in (cue, source))


def _names(article: Article, words: Words) -> Ints:
    """The name tag of each word."""
    tags = np.full(len(words), IGNORE)
    if article.names is not None:
        tags[:] = 0
        for start, end, label in article.names:
            begin, stop = _covered(words, (start, end))
            if label is None:
                tags[begin:stop] = IGNORE
            else:
                _tag(tags, begin, stop, NAME_TAGS.index(f"B-{label}"))
    return tags


def _tag(tags: Ints, start: int, end: int, begin: int) -> list[int]:
    """Write a begin tag and inside tags (the number after it) where no other tag stands yet; returns where."""
    free = [i for i in range(start, end) if tags[i] <= 0]
    for i in free:
        tags[i] = begin if i == free[0] else begin + 1
    return free


def _covered(words: Words, span: Offsets) -> tuple[int, int]:
    """The range of the words that lie in or reach into a span."""
    start = int(np.searchsorted(words.offsets[:, 1], span[0], side="right"))
    end = int(np.searchsorted(words.offsets[:, 0], span[1], side="left"))
    return start, max(start, end)
