"""Step 1b: the network. In: a Doc's words and its windows. Out: scores for every word, each from the window it stands most
central in. The only importer of onnxruntime. What the scores mean for quotes is the tagger's business.

The file `network.onnx` is whole: its metadata hold the role tags' transitions, the vocabulary of word pieces and the width of
the words' vectors. One thread, one window after another: throughput comes from processes, and onnxruntime's own threads do not
survive a fork. Articles that are read at the same time take turns, a portion of windows each, so that a short one does not wait
for the end of a long one.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from attribution.tagging.windows import Batch, WordPieces, Words, cut, encode, owners
from attribution.watch import done

# Else its import starts a thread, which does not survive a fork, that keeps a diary in the home directory to send to its makers.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
import onnxruntime

Floats = NDArray[np.float32]

ROLES = ("source", "cue", "content")
ROLE_TAGS = ("O", *(f"{place}-{role}" for role in ROLES for place in "BI"))
NAMES = ("PERSON", "ORG", "LOC")
NAME_TAGS = ("O", *(f"{place}-{name}" for name in NAMES for place in "BI"))

BUDGET = 256
"""Pieces a window may hold."""
OVERLAP = 40
"""Pieces, at least, that a window takes up again of the one before."""
AT_ONCE = 512
"""Pieces, padding included, that one run of the network may read: bounds the memory."""


@dataclass(frozen=True, slots=True)
class Scores:
    """Scores for the n words of a Doc: `roles` (n, r) and `names` (n, t) of each tag. `cue[i]` and `source[i]` hold the log
    probability that word i points to none (position 0) or to word `first[i] + j - 1` (position j). `vectors` (n, d) is what
    the encoder makes of each word, for the steps that tell who is who.
    """

    roles: Floats
    names: Floats
    cue: Sequence[Floats]
    source: Sequence[Floats]
    first: NDArray[np.int64]
    vectors: Floats


class Network:
    """A trained network, ready to run. `data` is the content of its file."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
        self._session = onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])
        self._turn = Lock()
        meta: dict[str, str] = self._session.get_modelmeta().custom_metadata_map
        self.pieces = WordPieces(json.loads(meta["vocabulary"]))
        self.width = int(meta["width"])
        self.transitions: Floats = np.array(json.loads(meta["transitions"]), dtype=np.float32)

    def __call__(self, words: Words) -> Scores:
        """Score every word of an article of any length."""
        n, windows = len(words), cut(words, budget=BUDGET, overlap=OVERLAP)
        owner = owners(words, windows)
        roles = np.zeros((n, len(ROLE_TAGS)), dtype=np.float32)
        names = np.zeros((n, len(NAME_TAGS)), dtype=np.float32)
        vectors: Floats = np.zeros((n, self.width), dtype=np.float32)
        cue: list[Any] = [None] * n
        source: list[Any] = [None] * n
        first = np.zeros(n, dtype=np.int64)
        for number, ((start, end), part) in enumerate(zip(windows, self.alone(words, windows), strict=True)):
            own = np.flatnonzero(owner[start:end] == number)
            for whole, scores in ((roles, part.roles), (names, part.names), (vectors, part.vectors)):
                whole[own + start] = scores[own]
            first[own + start] = start
            for i in own.tolist():
                cue[start + i], source[start + i] = part.cue[i], part.source[i]
        return Scores(roles, names, cue, source, first, vectors)

    def alone(self, words: Words, ranges: Sequence[tuple[int, int]]) -> list[Scores]:
        """Score some ranges of an article's words, of at most BUDGET pieces each, every one as if it were all there is."""
        found: dict[int, Scores] = {}
        for numbers in _portions(words, ranges):
            outputs = self.run(encode(words, [ranges[number] for number in numbers], self.pieces.special))
            done("scores")
            for row, number in enumerate(numbers):
                n = ranges[number][1] - ranges[number][0]
                roles, names = outputs[0][row][:n], outputs[1][row][:n]
                cue, source = (list(outputs[k][row][:n, : 1 + n]) for k in (2, 3))
                found[number] = Scores(roles, names, cue, source, np.zeros(n, dtype=np.int64), outputs[4][row][:n])
        return [found[number] for number in range(len(ranges))]

    def run(self, batch: Batch) -> list[Floats]:
        """The raw scores of a batch of windows: roles (b, w, r), names (b, w, t), cue and source (b, w, 1 + w), vectors."""
        feed = {"pieces": batch.pieces, "shapes": batch.shapes, "spaces": batch.spaces, "words": batch.words}
        with self._turn:
            outputs: list[Floats] = self._session.run(None, feed)
        return outputs


def _portions(words: Words, windows: Sequence[tuple[int, int]]) -> list[list[int]]:
    """The numbers of the windows in portions to run at once: of like length, so that little is padded."""
    sizes = [sum(map(len, words.pieces[start:end])) + 2 for start, end in windows]
    portions: list[list[int]] = []
    for number in sorted(range(len(windows)), key=sizes.__getitem__):
        if portions and sizes[number] * (len(portions[-1]) + 1) <= AT_ONCE and sizes[number] <= 1.25 * sizes[portions[-1][0]]:
            portions[-1].append(number)
        else:
            portions.append([number])
    return portions
