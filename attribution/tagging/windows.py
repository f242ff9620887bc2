"""Step 1a: the network's input. In: a tokenized Doc. Out: its words as numbers, and windows of whole paragraphs.

A word is a token that is not white space. It becomes one or more word pieces of the encoder's (uncased) vocabulary, a shape (its
case or kind) and a space (what comes before it). A window is a range of words of at most `budget` pieces. Its edges are those of
paragraphs if possible, else of sentences, else anywhere. Training and inference share these functions. Nothing here runs the
network or knows its tags.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

import numpy as np
from curated_tokenizers import WordPieceProcessor
from numpy.typing import NDArray
from spacy.tokens import Doc, Token

from attribution.data import Offsets
from attribution.text.marks import LINE_BREAKS

Ints = NDArray[np.int64]
Range = tuple[int, int]
"""A range of words, end exclusive."""

PAD, UNKNOWN, FIRST, LAST = "[PAD]", "[UNK]", "[CLS]", "[SEP]"
MAX_PIECES = 12
"""Further pieces of a long word, such as a URL, are ignored."""
LONGEST_WORD = 100
"""Further characters of a long token, such as an image pasted as text, are ignored: splitting takes more than linear time."""

MARKS = ("“", "”", "‘", "’", '"', "'", "«", "»", "„", "`")
SHAPES = ("none", "lower", "Title", "UPPER", "mixed", "digit", "other", *MARKS)
FIRST_MARK = SHAPES.index(MARKS[0])
SPACES = ("none", "space", "line")


class WordPieces:
    """The encoder's vocabulary: turns a word into the ids of its pieces."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self.vocabulary = tuple(vocabulary)
        self.special = {name: self.vocabulary.index(name) for name in (PAD, UNKNOWN, FIRST, LAST)}
        self._processor = WordPieceProcessor(list(self.vocabulary))
        self._known: dict[str, tuple[int, ...]] = {}

    def __call__(self, form: str) -> tuple[int, ...]:
        """The ids of a word's pieces, at least one, e.g. of `mo` and `##d` for "MoD"."""
        ids = self._known.get(form)
        if ids is None:
            if len(self._known) > 100_000:
                self._known.clear()
            ids = self._known[form] = self._encode(form)
        return ids

    def _encode(self, form: str) -> tuple[int, ...]:
        letters = unicodedata.normalize("NFD", form[:LONGEST_WORD].lower())
        plain = "".join(c for c in letters if unicodedata.category(c) not in ("Mn", "Cf"))
        ids: list[int] = []
        for chunk in re.findall(r"\w+|[^\w\s]", plain)[:MAX_PIECES]:
            found = self._processor.encode(chunk)[0]
            ids += [self.special[UNKNOWN]] if -1 in found else found
        return tuple(ids[:MAX_PIECES]) or (self.special[UNKNOWN],)


@dataclass(frozen=True, slots=True)
class Words:
    """The n words of a Doc: `tokens`, the index of each token; `offsets` (n, 2) in code points; `pieces`, the ids of its pieces;
    `shapes` and `spaces` (n), indices into SHAPES and SPACES; `blocks`, the ranges of words that windows consist of; and
    `sentences`, the words that begin a sentence.
    """

    tokens: Ints
    offsets: Ints
    pieces: tuple[tuple[int, ...], ...]
    shapes: Ints
    spaces: Ints
    blocks: tuple[Range, ...]
    sentences: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.pieces)

    def range(self, span: Offsets) -> Range:
        """The range of words between two offsets, which must be word boundaries."""
        start, end = np.searchsorted(self.offsets[:, 0], span)
        return int(start), int(end)

    def is_mark(self, place: int) -> bool:
        """Whether the word is a quotation mark."""
        return bool(self.shapes[place] >= FIRST_MARK)

    def part(self, start: int, end: int) -> Words:
        """The words of a range, as one block; offsets still point into the article."""
        inside = self.sentences[bisect_right(self.sentences, start) : bisect_left(self.sentences, end)]
        return Words(
            tokens=self.tokens[start:end],
            offsets=self.offsets[start:end],
            pieces=self.pieces[start:end],
            shapes=self.shapes[start:end],
            spaces=self.spaces[start:end],
            blocks=((0, end - start),),
            sentences=(0, *(place - start for place in inside)),
        )


@dataclass(frozen=True, slots=True)
class Batch:
    """Encoded, padded windows: `pieces`, `shapes` and `spaces` (b, l), and `words` (b, w), the position of each word's first
    piece. Position 0 is the first special piece; padded words point to it too.
    """

    pieces: Ints
    shapes: Ints
    spaces: Ints
    words: Ints


def words_of(doc: Doc, pieces: WordPieces, *, limit: int) -> Words:
    """The words of a Doc. The blocks are its paragraphs, cut into ranges of at most `limit` pieces."""
    tokens = [token for token in doc if not token.is_space]
    ids = tuple(pieces(token.text) for token in tokens)
    spaces = [_space(token) for token in tokens]
    starts = [i for i, token in enumerate(tokens) if spaces[i] == SPACES.index("line") or i == 0]
    sentences = {i - (i > 0 and _opens(tokens[i - 1])) for i, token in enumerate(tokens) if token.is_sent_start}.union(starts)
    sizes = [len(one) for one in ids]
    blocks: list[Range] = []
    for start, end in pairwise([*starts, len(tokens)]):
        blocks += _split_block(start, end, sizes, sentences, limit=limit)
    return Words(
        tokens=np.array([token.i for token in tokens], dtype=np.int64),
        offsets=np.array([(token.idx, token.idx + len(token)) for token in tokens], dtype=np.int64).reshape(-1, 2),
        pieces=ids,
        shapes=np.array([shape(token.text) for token in tokens], dtype=np.int64),
        spaces=np.array(spaces, dtype=np.int64),
        blocks=tuple(blocks),
        sentences=tuple(sorted(sentences)),
    )


def _split_block(start: int, end: int, sizes: Sequence[int], sentences: set[int], *, limit: int) -> Iterator[Range]:
    """Cut the words from `start` to `end` into ranges of at most `limit` pieces, if possible at sentence starts. `sizes` is the
    number of pieces of each word.
    """
    begin, total, sentence = start, 0, None
    for i in range(start, end):
        if i in sentences and i > begin:
            sentence = i
        while total + sizes[i] > limit and i > begin:
            place = sentence or i
            yield begin, place
            begin, sentence, total = place, None, sum(sizes[place:i])
        total += sizes[i]
    if begin < end:
        yield begin, end


def shape(form: str) -> int:
    """The index in SHAPES of a word's case or kind, which the uncased encoder does not see."""
    if form in MARKS:
        name = form
    elif form in ("''", "``"):
        name = '"'
    elif form[0].isdigit():
        name = "digit"
    elif not form[0].isalpha():
        name = "other"
    elif form.islower():
        name = "lower"
    elif form.isupper():
        name = "UPPER" if len(form) > 1 else "Title"
    else:
        name = "Title" if form.istitle() else "mixed"
    return SHAPES.index(name)


def cut(words: Words, *, budget: int, overlap: int = 0) -> list[Range]:
    """Windows of whole blocks, each of at most `budget` pieces. Each window first repeats the sentences with the last `overlap`
    pieces of the window before, as far as the budget allows.
    """
    totals = [0, *accumulate(map(len, words.pieces))]
    windows, blocks = list[Range](), iter(words.blocks)
    block = next(blocks, None)
    while block is not None:
        start = _window_start(words.sentences, totals, block, budget, overlap)
        end = block[1]
        while (block := next(blocks, None)) is not None and totals[block[1]] - totals[start] <= budget:
            end = block[1]
        windows.append((start, end))
    return windows


def _window_start(sentences: Sequence[int], totals: Sequence[int], block: Range, budget: int, overlap: int) -> int:
    """Where the window starts whose first new block is `block`. `totals` counts the pieces before each word."""
    start, end = block
    number = bisect_right(sentences, start)
    while number and totals[start] - totals[sentences[number - 1]] < overlap:
        number -= 1
    before = sentences[max(0, number - 1) : bisect_left(sentences, start)]
    return next((sentence for sentence in before if totals[end] - totals[sentence] <= budget), start)


def owners(words: Words, windows: Sequence[Range]) -> Ints:
    """For each word, the number of the window in which its block is most central: farthest from the nearer edge of the window,
    unless that is an end of the article.
    """
    owner = np.zeros(len(words), dtype=np.int64)
    best = np.full(len(words), -1.0)
    starts = [start for start, _ in words.blocks]
    for number, (first, last) in enumerate(windows):
        for start, end in words.blocks[bisect_left(starts, first) : bisect_left(starts, last)]:
            before = np.inf if first == 0 else start - first
            after = np.inf if last == len(words) else last - end
            margin = min(before, after)
            if margin > best[start]:
                owner[start:end], best[start:end] = number, margin
    return owner


def encode(words: Words, window: Range, special: dict[str, int]) -> Batch:
    """Encode one window of an article, between the two special pieces."""
    pieces, shapes, spaces, first = [special[FIRST]], [0], [0], list[int]()
    for i in range(*window):
        ids = words.pieces[i]
        first.append(len(pieces))
        pieces += ids
        shapes += [int(words.shapes[i])] * len(ids)
        spaces += [int(words.spaces[i])] + [0] * (len(ids) - 1)
    rows = [*pieces, special[LAST]], [*shapes, 0], [*spaces, 0], first
    return Batch(*(np.array([row], dtype=np.int64) for row in rows))


def join(batches: Sequence[Batch]) -> Batch:
    """Join several batches into one, padded to the longest."""
    parts = [[row for batch in batches for row in getattr(batch, name)] for name in ("pieces", "shapes", "spaces", "words")]
    return Batch(*(_pad(part, max(map(len, part))) for part in parts))


def _pad(rows: Sequence[Sequence[int]], length: int) -> Ints:
    padded = np.zeros((len(rows), length), dtype=np.int64)
    for i, row in enumerate(rows):
        padded[i, : len(row)] = row
    return padded


def _space(token: Token) -> int:
    """The index in SPACES of what comes before a token."""
    if token.i == 0:
        return SPACES.index("line")
    before = token.nbor(-1)
    if before.is_space:
        return SPACES.index("space" if LINE_BREAKS.isdisjoint(before.text) else "line")
    return SPACES.index("space" if before.whitespace_ else "none")


def _opens(token: Token) -> bool:
    """Whether a token is an opening mark or bracket, which spaCy's sentencizer leaves in the sentence before."""
    return (
        token.text in ("“", "‘", "«", "„", '"', "'", "(", "[") and not token.whitespace_ and (token.i == 0 or _space(token) > 0)
    )
