"""Step 1b: the network. In: a Doc's words and its windows. Out: scores for every word, each from the window it stands most
central in. The only importer of onnxruntime. What the scores mean for quotes is the tagger's business.

The file `network.onnx` is whole: its metadata hold the role tags' transitions, the vocabulary of word pieces and the width of
the words' vectors. One thread, one window after another: throughput comes from processes, and onnxruntime's own threads do not
survive a fork. Articles that are read at the same time take turns, a window each, so that a short one does not wait for the end
of a long one.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from attribution.data import KINDS as TOLD
from attribution.data import NAME, NOUN, RELATIONS
from attribution.errors import ModelError
from attribution.tagging.windows import Batch, WordPieces, Words, cut, encode, owners
from attribution.watch import done

# Else its import starts a thread, which does not survive a fork, that keeps a diary in the home directory to send to its makers.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
import onnxruntime

Floats = NDArray[np.float32]
NOTHING: Floats = np.zeros(0, dtype=np.float32)

ROLES = ("source", "cue", "content")
ROLE_TAGS = ("O", *(f"{place}-{role}" for role in ROLES for place in "BI"))
KINDS = (*TOLD, "author")
NAMES = ("PERSON", "ORG", "LOC")
NAME_TAGS = ("O", *(f"{place}-{name}" for name in NAMES for place in "BI"))
VIA_TAGS = ("O", *(f"{place}-{relation}" for relation in RELATIONS for place in "BI"))
CALL_TAGS = ("O", *(f"{place}-{call}" for call in (NAME, NOUN) for place in "BI"))
LEVEL = ("roles", "kinds", "cue", "source")
OUTPUTS = ("names", "calls", "vectors", "via", "passed", *LEVEL, *(f"inner_{name}" for name in LEVEL))
"""What the graph gives, in this order."""

BUDGET = 224
"""Pieces a window may hold: longer ones take more time a piece."""
OVERLAP = 20
"""Pieces, at least, that a window takes up again of the one before."""
SLOW_FUSION = "SkipLayerNormFusion"
"""What onnxruntime makes of a sum and its norm takes longer than the two apart: an eighth of the network's time."""


@dataclass(frozen=True, slots=True)
class Level:
    """What one level of heads says of n words: `roles` (n, r) scores each role tag, `transitions` (r, r) one tag following
    another; `kinds` (n, k) scores the kind of the content that a word is of; `cue[i]` and `source[i]` hold the log probability
    that word i points to none (position 0) or to word `first[i] + j - 1` (position j).
    """

    roles: Floats
    kinds: Floats
    cue: list[Floats]
    source: list[Floats]
    first: NDArray[np.int64]
    transitions: Floats

    def part(self, start: int, end: int) -> Level:
        """What it says of a range of the words, as if they were all there is."""
        here = slice(start, end)
        return Level(
            self.roles[here], self.kinds[here], self.cue[here], self.source[here], self.first[here] - start, self.transitions
        )


@dataclass(frozen=True, slots=True)
class Passing:
    """Who passes quotes on, as said of n words: `tags` (n, v) scores each of VIA_TAGS; `pointer[i]` holds the log probability
    that what word i is the cue or the content of is passed on by nobody (position 0), or by whom word `first[i] + j - 1` begins.
    """

    tags: Floats
    pointer: list[Floats]
    first: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Scores:
    """What the network says of the n words of a Doc: the attributions of the article (`outer`), those inside their contents
    (`inner`), who passes them on (`via`), the scores (n, t) of each name tag and (n, c) of each call tag, and as `vectors` (n, d)
    whom each word means and who is meant by it, for the steps that tell who is who.
    """

    outer: Level
    inner: Level
    via: Passing
    names: Floats
    calls: Floats
    vectors: Floats


class Network:
    """A trained network, ready to run. `data` is the content of its file."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
        self._session = onnxruntime.InferenceSession(
            data, options, providers=["CPUExecutionProvider"], disabled_optimizers=[SLOW_FUSION]
        )
        if (given := tuple(output.name for output in self._session.get_outputs())) != OUTPUTS:
            raise ModelError(f"the network gives {', '.join(given)} instead of {', '.join(OUTPUTS)}: export it anew")
        self._turn = Lock()
        meta: dict[str, str] = self._session.get_modelmeta().custom_metadata_map
        self.pieces = WordPieces(json.loads(meta["vocabulary"]))
        self.width = int(meta["width"])
        self.transitions: list[Floats] = [np.array(values, dtype=np.float32) for values in json.loads(meta["transitions"])]

    def __reduce__(self) -> tuple[type[Network], tuple[bytes]]:
        """Go to another process as the file's content."""
        return Network, (self.data,)

    def __call__(self, words: Words) -> Scores:
        """Score every word of an article of any length."""
        windows = cut(words, budget=BUDGET, overlap=OVERLAP)
        owner = owners(words, windows)
        names, calls = (np.zeros((len(words), len(tags)), dtype=np.float32) for tags in (NAME_TAGS, CALL_TAGS))
        vectors: Floats = np.zeros((len(words), self.width), dtype=np.float32)
        levels = [_blank(len(words), transitions) for transitions in self.transitions]
        via = Passing(np.zeros((len(words), len(VIA_TAGS)), dtype=np.float32), [NOTHING] * len(words), levels[0].first)
        for number, (start, end) in enumerate(windows):
            scored = self.run(encode(words, (start, end), self.pieces.special))
            done("scores")
            own = np.flatnonzero(owner[start:end] == number)
            for every, scores in zip((names, calls, vectors, via.tags), scored, strict=False):
                every[own + start] = scores[own]
            for i in own.tolist():
                via.pointer[start + i] = scored[4][i, : 1 + end - start]
            for level, (roles, kinds, *pointers) in zip(levels, (scored[5:9], scored[9:13]), strict=True):
                level.roles[own + start], level.kinds[own + start], level.first[own + start] = roles[own], kinds[own], start
                for i in own.tolist():
                    level.cue[start + i], level.source[start + i] = (pointer[i, : 1 + end - start] for pointer in pointers)
        return Scores(outer=levels[0], inner=levels[1], via=via, names=names, calls=calls, vectors=vectors)

    def run(self, window: Batch) -> list[Floats]:
        """The raw scores of a window: names (w, t), calls (w, c), vectors (w, d), via (w, v), passed (w, 1 + w), of each level
        roles (w, r), kinds (w, k), cue and source (w, 1 + w).
        """
        feed = {"pieces": window.pieces, "shapes": window.shapes, "spaces": window.spaces, "words": window.words}
        with self._turn:
            outputs: list[Floats] = self._session.run(None, feed)
        return [output[0] for output in outputs]


def _blank(n: int, transitions: Floats) -> Level:
    """A level that says nothing of n words yet."""
    roles, kinds = (np.zeros((n, len(names)), dtype=np.float32) for names in (ROLE_TAGS, KINDS))
    return Level(roles, kinds, [NOTHING] * n, [NOTHING] * n, np.zeros(n, dtype=np.int64), transitions)
