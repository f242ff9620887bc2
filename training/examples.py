"""What the network should answer. In: an article of a corpus. Out: its words, read as inference reads them, with a target for
each word, and training windows of them as tensors. It knows nothing of the network's inside.
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
from attribution.tagging.windows import Ints, WordPieces, Words, cut, encode, join, read
from attribution.text.tokens import tokenize
from training.corpora.records import READINGS, Annotation, Article, Mention, Offsets, levels
from training.soft import Soft

IGNORE = -100
NOBODY = -1
SMALLEST, LARGEST = 40, 400
"""Training windows hold between so many pieces."""
ROUND = 16
"""Batches are padded to a multiple of so many pieces and words: of shapes that come again the CPU has its products ready."""
LONE = 0.15
"""The share of examples that are read a sentence at a time."""


@dataclass(frozen=True)
class Answers:
    """One level's targets for n words: the `roles` tag of each, the `kinds` number of its content, the number of the word that
    starts its `cue` (of content; its source where there is no cue) and its `source` (of cues); -1 for none. IGNORE where there is
    nothing to learn.
    """

    roles: Ints
    kinds: Ints
    cue: Ints
    source: Ints


@dataclass(frozen=True)
class Passing:
    """Of n words the `tags` of those who pass quotes on, and the number of the word that starts who passes on what a word is the
    cue of, or the content where that has no cue (`passed`); -1 for nobody, IGNORE where there is nothing to learn.
    """

    tags: Ints
    passed: Ints


@dataclass(frozen=True)
class Referents:
    """Of n words the number of the `mention` that each is of and of `who` is meant, NOBODY for none or somebody unknown; whether
    that is `to_resolve`; and whether the word may be `meant` by another, 1 or 0.
    """

    mention: Ints
    who: Ints
    to_resolve: Ints
    meant: Ints

    def part(self, start: int, end: int) -> list[Ints]:
        """What they say of a range of the words."""
        return [values[start:end] for values in (self.mention, self.who, self.to_resolve, self.meant)]


@dataclass(frozen=True)
class Example:
    """An article's words, the `names` tag of each, by which words a source calls its speaker (`calls`), who is who, who passes
    quotes on (`via`), and the answers of both levels: the article's attributions, and those inside their contents. `soft` is what
    a teacher thinks of them, where one was asked.
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
"""An example, and the range of its words that a window shows."""


@dataclass(frozen=True)
class Targets:
    """The targets of a batch of windows, padded with IGNORE, as tensors (b, w): names, calls, the parts of Referents and of
    Passing, and for each level roles, kinds, cue and source; pointers count from 1, 0 is none.
    """

    names: Tensor
    calls: Tensor
    referents: Sequence[Tensor]
    via: Sequence[Tensor]
    outer: Sequence[Tensor]
    inner: Sequence[Tensor]


def build(article: Article, nlp: Language, pieces: WordPieces, *, limit: int) -> Example:
    """Read an article and give each of its words its targets; `limit` bounds the pieces of a block."""
    words = read(nlp(tokenize(nlp, article.text)), pieces, limit=limit)
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
    """The example with a teacher's advice, if there is any for these very words: where words were changed there is none, nor
    where an article is read otherwise than the product does.
    """
    soft = advice.get(example.id)
    return replace(example, soft=soft) if soft and not example.reading and soft.fits(example.words) else example


def _answers(words: Words, attributions: Iterable[Annotation] | None) -> Answers:
    """The targets that attributions make; None is not knowing of any."""
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
    """Who passes on what; what stands inside a content and has no cue says nothing of that."""
    tags, passed = np.zeros(len(words), dtype=np.int64), np.full(len(words), IGNORE)
    for quote in (*outer, *(each for each in inner if each.cue)):
        for relation in RELATIONS:
            _tag_all(tags, words, VIA_TAGS, relation, getattr(quote, relation))
        for span in quote.cue or quote.content:
            passed[slice(*_covered(words, span))] = _first(words, (*quote.relays, *quote.cited))
    return Passing(tags, passed)


def _tag_all(tags: Ints, words: Words, names: Sequence[str], name: str, spans: Iterable[Offsets]) -> list[int]:
    """Tag the words of some stretches; returns which."""
    begin = names.index(f"B-{name}")
    return [i for span in spans for i in _tag(tags, *_covered(words, span), begin)]


def _first(words: Words, spans: Iterable[Offsets]) -> int:
    """The first word of some stretches, -1 where they hold none."""
    ranges = (_covered(words, span) for span in spans)
    return next((start for start, end in ranges if start < end), -1)


def windows(example: Example, rng: Random) -> list[tuple[int, int]]:
    """Cut an example into windows of one random budget, all of them together covering it once; or into its sentences, leaving out
    those that say nothing by themselves, so that the network knows a lone sentence too.
    """
    if rng.random() < LONE:
        sentences = pairwise([*example.words.sentences, len(example.words)])
        return [(start, end) for start, end in sentences if _whole(example, start, end)]
    budget = round(SMALLEST * (LARGEST / SMALLEST) ** rng.random())
    return cut(example.words, budget=budget)


def collate(parts: Sequence[Part], special: dict[str, int]) -> tuple[list[Tensor], Targets]:
    """Input and target tensors of some windows; the last input says by which reading."""
    batch = join([encode(example.words, window, special) for example, window in parts])
    inputs = [_rounded(x) for x in (batch.pieces, batch.shapes, batch.spaces, batch.words)]
    rows = [_window(example, start, end) for example, (start, end) in parts]
    count = inputs[-1].shape[1]
    padded = ([np.pad(values, (0, count - len(values)), constant_values=IGNORE) for values in row] for row in rows)
    names, calls, *rest = (torch.from_numpy(np.stack(column)) for column in zip(*padded, strict=True))
    readings = torch.tensor([example.reading for example, _ in parts])
    return [*map(torch.from_numpy, inputs), readings], Targets(names, calls, rest[:4], rest[4:6], rest[6:10], rest[10:])


def _rounded(rows: Ints) -> Ints:
    """Rows (b, n), padded with nought to the next multiple of ROUND."""
    return np.pad(rows, ((0, 0), (0, -rows.shape[1] % ROUND)))


def _window(example: Example, start: int, end: int) -> list[Ints]:
    """The targets within one window, in the order of Targets: no tag continues from before it, no pointer leaves it."""
    here = slice(start, end)
    rows = [_opened(tags[here]) for tags in (example.names, example.calls)] + example.referents.part(start, end)
    rows += [_opened(example.via.tags[here]), _seen(example.via.passed, start, end)]
    for level in (example.outer, example.inner):
        rows += [_opened(level.roles[here]), level.kinds[here]]
        rows += [_seen(pointers, start, end) for pointers in (level.cue, level.source)]
    return rows


def _seen(pointers: Ints, start: int, end: int) -> Ints:
    """The pointers of a window, counted from 1: to none where it does not show what they point to."""
    values = pointers[start:end]
    inside = (values >= start) & (values < end)
    return np.where(values == IGNORE, IGNORE, np.where(inside, values - start + 1, 0))


def _opened(tags: Ints) -> Ints:
    """The tags, a first one that continues turned into one that begins."""
    tags = tags.copy()
    if len(tags) and tags[0] > 0 and tags[0] % 2 == 0:
        tags[0] -= 1
    return tags


def _whole(example: Example, start: int, end: int) -> bool:
    """Whether a range of words fits a window, no pointer leaves it, and no content there goes without a cue."""
    if sum(map(len, example.words.pieces[start:end])) > LARGEST:
        return False
    cue, source = example.outer.cue[start:end], example.outer.source[start:end]
    cue, source = cue[cue != IGNORE], source[source >= 0]
    return all(((values >= start) & (values < end)).all() for values in (cue, source))


def _tags(labelled: Iterable[tuple[int, int, str | None]] | None, words: Words, names: Sequence[str]) -> Ints:
    """The tag of each word, one of `names`, by labelled stretches; None is not knowing of any."""
    tags = np.full(len(words), IGNORE if labelled is None else 0)
    for start, end, label in labelled or ():
        begin, stop = _covered(words, (start, end))
        if label is None:
            tags[begin:stop] = IGNORE
        else:
            _tag(tags, begin, stop, names.index(f"B-{label}"))
    return tags


def _calls(article: Article, words: Words) -> Ints:
    """The call tag of each word of a source, IGNORE for all others."""
    tags = np.full(len(words), IGNORE)
    sources = [span for quote in article.attributions or () for span in quote.source]
    known = _tags(article.calls, words, CALL_TAGS)
    for start, end in (_covered(words, span) for span in sources):
        tags[start:end] = known[start:end]
    return tags


def _referents(article: Article, words: Words) -> Referents:
    """Who is who, the words of a mention within another being of the inner one. Where not every mention is known, no pronoun but
    the known may be meant.
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
