"""Step 1b: the network. In: a Doc's words. Out: scores for every word, each from the window in which the word is most central.
The only module that imports onnxruntime. The tagger turns the scores into attributions.

The file `network.onnx` is self-contained: its metadata holds the transitions between role tags, the vocabulary of word pieces and
the width of the word vectors. The network runs in one thread, one window at a time: throughput comes from processes, and
onnxruntime's own threads do not survive a fork. Concurrent articles take turns, one window each, so that a short article need not
wait for a long one.
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from attribution.data import KINDS as QUOTE_KINDS
from attribution.data import NAME, NOUN, RELATIONS
from attribution.errors import ModelError
from attribution.tagging.windows import Batch, Ints, WordPieces, Words, cut, encode, owners
from attribution.watch import report_done

# Without this, importing onnxruntime starts a telemetry thread, which writes to the home directory and does not survive a fork.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
import onnxruntime

Floats = NDArray[np.float32]
Halves = NDArray[np.float16]
"""Pointers are kept in half precision, because they take most of the memory of a long text."""
NOTHING: Halves = np.zeros(0, dtype=np.float16)

ROLES = ("source", "cue", "content")
ROLE_TAGS = ("O", *(f"{place}-{role}" for role in ROLES for place in "BI"))
KINDS = (*QUOTE_KINDS, "author")
NAMES = ("PERSON", "ORG", "LOC")
NAME_TAGS = ("O", *(f"{place}-{name}" for name in NAMES for place in "BI"))
VIA_TAGS = ("O", *(f"{place}-{relation}" for relation in RELATIONS for place in "BI"))
CALL_TAGS = ("O", *(f"{place}-{call}" for call in (NAME, NOUN) for place in "BI"))
LEVEL = ("roles", "kinds", "cue", "source")
OUTPUTS = ("names", "calls", "vectors", "via", "passed", *LEVEL, *(f"inner_{name}" for name in LEVEL))
"""The outputs of the graph, in this order."""

BUDGET = 224
"""The most word pieces in a window: longer windows take more time per piece."""
OVERLAP = 20
"""The fewest word pieces that a window repeats from the one before, if the budget allows."""
SLOW_FUSION = "SkipLayerNormFusion"
"""onnxruntime's fusion of a sum and its norm. It is slower than the two apart, by an eighth of the network's time."""

ALLOCATION = re.compile("bad_alloc|[Ff]ailed to allocate")
"""What onnxruntime says when it runs out of memory. It has no error type for that."""


@dataclass(frozen=True, slots=True)
class Level:
    """The scores of one level of heads for n words. `roles` (n, r) scores each role tag, `transitions` (r, r) each pair of
    consecutive tags, and `kinds` (n, k) the kind of the content that a word belongs to. `cue[i]` and `source[i]` hold the log
    probability that word i points to nothing (position 0) or to word `first[i] + j - 1` (position j).
    """

    roles: Floats
    kinds: Floats
    cue: list[Halves]
    source: list[Halves]
    first: Ints
    transitions: Floats

    def part(self, start: int, end: int) -> Level:
        """The scores of a range of the words, as if there were no others."""
        here = slice(start, end)
        return Level(
            self.roles[here], self.kinds[here], self.cue[here], self.source[here], self.first[here] - start, self.transitions
        )


@dataclass(frozen=True, slots=True)
class ViaScores:
    """The scores for relays of n words. `tags` (n, v) scores each of VIA_TAGS. `pointer[i]` holds the log probability that the
    quote whose cue or content includes word i has no relay (position 0), or the one that begins at word `first[i] + j - 1`
    (position j).
    """

    tags: Floats
    pointer: list[Halves]
    first: Ints


@dataclass(frozen=True, slots=True)
class Scores:
    """The network's scores for the n words of a Doc: attributions (`outer`), attributions nested in their content (`inner`),
    relays (`via`), name tags (n, t), call tags (n, c), and `vectors` (n, d), which encode whom a word refers to, for coreference.
    """

    outer: Level
    inner: Level
    via: ViaScores
    names: Floats
    calls: Floats
    vectors: Floats


class Network:
    """A trained network, ready to run. `data` is the content of the file."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
        self._session = onnxruntime.InferenceSession(
            data, options, providers=["CPUExecutionProvider"], disabled_optimizers=[SLOW_FUSION]
        )
        if (given := tuple(output.name for output in self._session.get_outputs())) != OUTPUTS:
            raise ModelError(f"the network returns {', '.join(given)} instead of {', '.join(OUTPUTS)}: export it again")
        self._turn = Lock()
        meta: dict[str, str] = self._session.get_modelmeta().custom_metadata_map
        self.pieces = WordPieces(json.loads(meta["vocabulary"]))
        self.width = int(meta["width"])
        self.transitions: list[Floats] = [np.array(values, dtype=np.float32) for values in json.loads(meta["transitions"])]

    def __reduce__(self) -> tuple[type[Network], tuple[bytes]]:
        """Pickle the network as the content of its file."""
        return Network, (self.data,)

    def __call__(self, words: Words) -> Scores:
        """Score every word of an article of any length."""
        windows = cut(words, budget=BUDGET, overlap=OVERLAP)
        owner = owners(words, windows)
        names, calls = (np.zeros((len(words), len(tags)), dtype=np.float32) for tags in (NAME_TAGS, CALL_TAGS))
        vectors: Floats = np.zeros((len(words), self.width), dtype=np.float32)
        levels = [_empty_level(len(words), transitions) for transitions in self.transitions]
        via = ViaScores(np.zeros((len(words), len(VIA_TAGS)), dtype=np.float32), [NOTHING] * len(words), levels[0].first)
        for number, (start, end) in enumerate(windows):
            scored = self.run(encode(words, (start, end), self.pieces.special))
            report_done("scores")
            own = np.flatnonzero(owner[start:end] == number)
            for whole, part in zip((names, calls, vectors, via.tags), scored, strict=False):
                whole[own + start] = part[own]
            _fill(via.pointer, scored[4], own, start, end)
            for level, (roles, kinds, cue, source) in zip(levels, (scored[5:9], scored[9:13]), strict=True):
                level.roles[own + start], level.kinds[own + start], level.first[own + start] = roles[own], kinds[own], start
                _fill(level.cue, cue, own, start, end)
                _fill(level.source, source, own, start, end)
        return Scores(outer=levels[0], inner=levels[1], via=via, names=names, calls=calls, vectors=vectors)

    def run(self, window: Batch) -> list[Floats]:
        """The raw scores of a window: names (w, t), calls (w, c), vectors (w, d), via (w, v), passed (w, 1 + w), and for each
        level roles (w, r), kinds (w, k), cue and source (w, 1 + w).
        """
        feed = {"pieces": window.pieces, "shapes": window.shapes, "spaces": window.spaces, "words": window.words}
        with self._turn:
            outputs: list[Floats] = _run(self._session, feed)
        return [output[0] for output in outputs]


def _run(session: onnxruntime.InferenceSession, feed: dict[str, Ints]) -> list[Floats]:
    """The outputs of the graph. Raises MemoryError if there is no memory for them, as numpy does."""
    try:
        outputs: list[Floats] = session.run(None, feed)
    except Exception as error:
        if ALLOCATION.search(str(error)):
            raise MemoryError from None
        raise
    return outputs


def _fill(pointer: list[Halves], scored: Floats, own: Ints, start: int, end: int) -> None:
    """Copy into `pointer` the rows of the words that a window owns. A view would keep all that the network returned in memory."""
    for i, row in zip(own.tolist(), scored[own, : 1 + end - start].astype(np.float16), strict=True):
        pointer[start + i] = row


def _empty_level(n: int, transitions: Floats) -> Level:
    """A level whose scores for n words are still to be filled in."""
    roles, kinds = (np.zeros((n, len(names)), dtype=np.float32) for names in (ROLE_TAGS, KINDS))
    return Level(roles, kinds, [NOTHING] * n, [NOTHING] * n, np.zeros(n, dtype=np.int64), transitions)
