"""Makes training examples. In: an article of a corpus. Out: its words, tokenised as in inference, with a target for each word,
and training windows of them as tensors. It does not depend on the network's architecture.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from random import Random

import numpy as np
import torch
from spacy.language import Language
from torch import Tensor

from attribution.data import RELATIONS
from attribution.resolving.lexicon import PRONOUNS
from attribution.tagging.network import CALL_TAGS, KINDS, NAME_TAGS, ROLE_TAGS, VIA_TAGS
from attribution.tagging.windows import Ints, WordPieces, Words, cut, encode, join, words_of
from attribution.text.tokens import tokenize
from training.corpora.records import READINGS, Annotation, Article, Mention, Offsets, levels
from training.soft import Soft

IGNORE = -100
NOBODY = -1
LARGEST = 400
"""The most pieces in a block, and in a lone sentence."""
WINDOW_SIZES = 120, 300
"""The bounds of the random number of pieces in a training window, about `network.BUDGET`: what is read later has this size."""
ROUND = 16
"""Batches are padded to a multiple of so many pieces and words: the CPU caches the kernels of recurring shapes."""
LONE = 0.15
"""The share of examples that are read a sentence at a time."""


@dataclass(frozen=True)
class Answers:
    """One level's targets for n words: the index of each word's `roles` tag and of its content's kind (`kinds`); for a content
    word the first word of its `cue` (of its source if there is no cue), for a cue word the first word of its `source`; -1 for
    none. IGNORE where there is nothing to learn.
    """

    roles: Ints
    kinds: Ints
    cue: Ints
    source: Ints


@dataclass(frozen=True)
class Passing:
    """The relays' targets for n words: the `tags` of relays, and `passed`, for each cue word (or content word of a quote without
    a cue) the first word of the quote's relay; -1 for none, IGNORE where there is nothing to learn.
    """

    tags: Ints
    passed: Ints


@dataclass(frozen=True)
class Referents:
    """The coreference targets for n words: the number of the `mention` that each word belongs to, and of the entity (`who`) that
    it refers to, NOBODY for none or an unknown one; whether it is `to_resolve`; whether it may be the antecedent of another
    (`meant`).
    """

    mention: Ints
    who: Ints
    to_resolve: Ints
    meant: Ints

    def part(self, start: int, end: int) -> list[Ints]:
        """The targets of a range of the words, and the places of these words in the article."""
        here = [values[start:end] for values in (self.mention, self.who, self.to_resolve, self.meant)]
        return [*here, np.arange(start, end)]


@dataclass(frozen=True)
class Example:
    """An article's words with their targets: `names` tags, the words by which a source calls its speaker (`calls`), coreference
    (`referents`), relays (`via`), and both levels of attributions, `outer` and `inner`. `soft` holds a teacher's scores, if any.
    """

    id: str
    words: Words
    names: Ints
    calls: Ints
    referents: Referents
    via: Passing
    outer: Answers
    inner: Answers
    reading: int = 0
    soft: Soft | None = None


Part = tuple[Example, tuple[int, int]]
"""An example, and the range of its words in a window."""


@dataclass(frozen=True)
class Targets:
    """The targets of a batch of windows as tensors (b, w), padded with IGNORE: names, calls, the parts of Referents and of
    Passing, and for each level roles, kinds, cue and source. Pointers count from 1; 0 is none. `articles` (b, 1) numbers the
    examples that the windows are from.
    """

    articles: Tensor
    names: Tensor
    calls: Tensor
    referents: Sequence[Tensor]
    via: Sequence[Tensor]
    outer: Sequence[Tensor]
    inner: Sequence[Tensor]


def build(article: Article, nlp: Language, pieces: WordPieces, *, limit: int) -> Example:
    """Tokenise an article and give each word its targets. `limit` bounds the pieces of a block."""
    words = words_of(nlp(tokenize(nlp, article.text)), pieces, limit=limit)
    outer, inner = levels(article.attributions or ())
    return Example(
        article.id,
        words,
        _tags(article.names, words, NAME_TAGS),
        _calls(article, words),
        _referents(article, words),
        _passing(words, outer, inner) if article.passed else Passing(np.full(len(words), IGNORE), np.full(len(words), IGNORE)),
        _answers(words, outer if article.attributions is not None else None),
        _answers(words, inner if article.nested else None),
        READINGS.index(article.reading),
    )


def with_advice(example: Example, advice: Mapping[str, Soft]) -> Example:
    """The example with a teacher's advice, if there is any for exactly these words. An article whose words were changed, or that
    follows other guidelines than the product's, gets none.
    """
    soft = advice.get(example.id)
    return replace(example, soft=soft) if soft and not example.reading and soft.fits(example.words) else example


def _answers(words: Words, attributions: Iterable[Annotation] | None) -> Answers:
    """The targets for the given attributions; None means that they are not annotated."""
    roles, kinds, cue, source = (np.full(len(words), IGNORE) for _ in range(4))
    roles[:] = IGNORE if attributions is None else 0
    for quote in attributions or ():
        tagged = {role: _tag_all(roles, words, ROLE_TAGS, role, getattr(quote, role)) for role in ("source", "cue", "content")}
        first_source = _first(words, quote.source)
        source[tagged["cue"]] = first_source
        cue[tagged["content"]] = _first(words, quote.cue) if quote.cue else first_source
        if quote.kind is not None:
            kinds[tagged["content"]] = KINDS.index(quote.kind)
    return Answers(roles, kinds, cue, source)


def _passing(words: Words, outer: Iterable[Annotation], inner: Iterable[Annotation]) -> Passing:
    """The relays' targets. Inner attributions without a cue are ignored."""
    tags, passed = np.zeros(len(words), dtype=np.int64), np.full(len(words), IGNORE)
    for quote in (*outer, *(each for each in inner if each.cue)):
        for relation in RELATIONS:
            _tag_all(tags, words, VIA_TAGS, relation, getattr(quote, relation))
        for span in quote.cue or quote.content:
            passed[slice(*_covered(words, span))] = _first(words, (*quote.relays, *quote.cited))
    return Passing(tags, passed)


def _tag_all(tags: Ints, words: Words, names: Sequence[str], name: str, spans: Iterable[Offsets]) -> list[int]:
    """Tag the words of some spans; returns their indices."""
    begin = names.index(f"B-{name}")
    return [i for span in spans for i in _tag(tags, *_covered(words, span), begin)]


def _first(words: Words, spans: Iterable[Offsets]) -> int:
    """The first word of some spans; -1 if they hold none."""
    ranges = (_covered(words, span) for span in spans)
    return next((start for start, end in ranges if start < end), -1)


def windows(example: Example, rng: Random) -> list[tuple[int, int]]:
    """Cut an example into windows of one random size, which together cover it once. Or, with probability LONE, into its
    sentences, so that the network also learns to read a lone sentence; sentences that need their context are left out.
    """
    if rng.random() < LONE:
        sentences = pairwise([*example.words.sentences, len(example.words)])
        return [(start, end) for start, end in sentences if _whole(example, start, end)]
    smallest, largest = WINDOW_SIZES
    return cut(example.words, budget=round(smallest * (largest / smallest) ** rng.random()))


def collate(parts: Sequence[Part], special: dict[str, int]) -> tuple[list[Tensor], Targets]:
    """The input and target tensors of some windows. The last input is the index of the guidelines (READINGS)."""
    batch = join([encode(example.words, window, special) for example, window in parts])
    inputs = [_rounded(x) for x in (batch.pieces, batch.shapes, batch.spaces, batch.words)]
    rows = [_window(example, start, end) for example, (start, end) in parts]
    count = inputs[-1].shape[1]
    padded = ([np.pad(values, (0, count - len(values)), constant_values=IGNORE) for values in row] for row in rows)
    names, calls, *rest = (torch.from_numpy(np.stack(column)) for column in zip(*padded, strict=True))
    readings = torch.tensor([example.reading for example, _ in parts])
    numbers = {id(example): number for number, (example, _) in enumerate(parts)}
    articles = torch.tensor([[numbers[id(example)]] for example, _ in parts])
    targets = Targets(articles, names, calls, rest[:5], rest[5:7], rest[7:11], rest[11:])
    return [*map(torch.from_numpy, inputs), readings], targets


def _rounded(rows: Ints) -> Ints:
    """Rows (b, n), padded with zeros to the next multiple of ROUND."""
    return np.pad(rows, ((0, 0), (0, -rows.shape[1] % ROUND)))


def _window(example: Example, start: int, end: int) -> list[Ints]:
    """The targets within one window, in the order of Targets. No tag continues from before it, and no pointer leaves it."""
    here = slice(start, end)
    rows = [_opened(tags[here]) for tags in (example.names, example.calls)] + example.referents.part(start, end)
    rows += [_opened(example.via.tags[here]), _seen(example.via.passed, start, end)]
    for level in (example.outer, example.inner):
        rows += [_opened(level.roles[here]), level.kinds[here]]
        rows += [_seen(pointers, start, end) for pointers in (level.cue, level.source)]
    return rows


def _seen(pointers: Ints, start: int, end: int) -> Ints:
    """The pointers of a window, counted from 1. A pointer out of the window becomes 0, none."""
    values = pointers[start:end]
    inside = (values >= start) & (values < end)
    return np.where(values == IGNORE, IGNORE, np.where(inside, values - start + 1, 0))


def _opened(tags: Ints) -> Ints:
    """The tags; if the first one continues a span, it is turned into a begin tag."""
    tags = tags.copy()
    if len(tags) and tags[0] > 0 and tags[0] % 2 == 0:
        tags[0] -= 1
    return tags


def _whole(example: Example, start: int, end: int) -> bool:
    """Whether a range of words fits a window, no pointer leaves it, and no content in it lacks a cue."""
    if sum(map(len, example.words.pieces[start:end])) > LARGEST:
        return False
    cue, source = example.outer.cue[start:end], example.outer.source[start:end]
    cue, source = cue[cue != IGNORE], source[source >= 0]
    return all(((values >= start) & (values < end)).all() for values in (cue, source))


def _tags(labelled: Iterable[tuple[int, int, str | None]] | None, words: Words, names: Sequence[str]) -> Ints:
    """The tag of each word, one of `names`, from labelled spans; None means that they are not annotated."""
    tags = np.full(len(words), IGNORE if labelled is None else 0)
    for start, end, label in labelled or ():
        begin, stop = _covered(words, (start, end))
        if label is None:
            tags[begin:stop] = IGNORE
        else:
            _tag(tags, begin, stop, names.index(f"B-{label}"))
    return tags


def _calls(article: Article, words: Words) -> Ints:
    """The call tag of each word. Words outside of sources and calls are IGNORE unless the whole article is annotated."""
    known = _tags(article.calls, words, CALL_TAGS)
    if article.whole:
        return known
    tags = np.where(known > 0, known, IGNORE)
    sources = [span for quote in article.attributions or () for span in quote.source]
    for start, end in (_covered(words, span) for span in sources):
        tags[start:end] = known[start:end]
    return tags


def _referents(article: Article, words: Words) -> Referents:
    """The coreference targets. The words of a mention inside another belong to the inner one. If not all mentions are annotated,
    only annotated pronouns may be antecedents.
    """
    mention, who = np.full(len(words), NOBODY), np.full(len(words), NOBODY)
    to_resolve, meant = np.zeros(len(words), dtype=np.int64), np.ones(len(words), dtype=np.int64)
    if article.mentions is None or not article.whole:
        meant[[i for i, (start, end) in enumerate(words.offsets.tolist()) if article.text[start:end].lower() in PRONOUNS]] = 0
    for number, one in enumerate(sorted(article.mentions or (), key=_length, reverse=True)):
        start, end = _covered(words, one.span)
        mention[start:end], who[start:end] = number, NOBODY if one.who is None else one.who
        to_resolve[start:end], meant[start:end] = one.to_resolve, not one.hidden
    return Referents(mention, who, to_resolve, meant)


def _length(mention: Mention) -> int:
    return mention.span[1] - mention.span[0]


def _tag(tags: Ints, start: int, end: int, begin: int) -> list[int]:
    """Write a begin tag and inside tags (the next index) where there is no tag yet; returns the indices of the words."""
    free = [i for i in range(start, end) if tags[i] <= 0]
    for i in free:
        tags[i] = begin if i == free[0] else begin + 1
    return free


def _covered(words: Words, span: Offsets) -> tuple[int, int]:
    """The range of the words that overlap a span."""
    start = int(np.searchsorted(words.offsets[:, 1], span[0], side="right"))
    end = int(np.searchsorted(words.offsets[:, 0], span[1], side="left"))
    return start, max(start, end)
