"""Step 2, relays: "Ann told Reuters", "according to a letter seen by the Courier". In: an article's words, its attributions, and
the network's scores for relays. Out: the attributions, each with its relay and their relation.

Several quotes may share a relay. Each points to it from its cue, or from its content if it has no cue. Later steps resolve who
the relay is, as they do for speakers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from attribution.data import RELATIONS, Attribution
from attribution.tagging.decoder import mean_pointer, softmax, targets_in_window, text_offsets
from attribution.tagging.network import ViaScores
from attribution.tagging.thresholds import NEUTRAL, Thresholds
from attribution.tagging.windows import Range, Words


def add_via(
    words: Words, attributions: Iterable[Attribution], scores: ViaScores, thresholds: Thresholds = NEUTRAL
) -> list[Attribution]:
    """The attributions with their relays."""
    relations = _relation_probabilities(scores)
    relays = list(_relay_ranges(np.asarray(relations.sum(1) >= thresholds.tagged)))
    if not relays:
        return list(attributions)
    via_of = {relay: (text_offsets(words, relay), RELATIONS[int(relations[slice(*relay)].sum(0).argmax())]) for relay in relays}
    found = []
    for each in attributions:
        relay = _find_relay(words.range(each.cue or each.content[0]), relays, scores, thresholds.pointed)
        found.append(replace(each, via=(via_of[relay],)) if relay else each)
    return found


def _relation_probabilities(scores: ViaScores) -> NDArray[np.float64]:
    """For each word, the probability that it belongs to a relay of each of RELATIONS."""
    tags = softmax(scores.tags)
    return np.stack([tags[:, 1 + 2 * number] + tags[:, 2 + 2 * number] for number in range(len(RELATIONS))], 1)


def _relay_ranges(tagged: NDArray[np.bool_]) -> Iterable[Range]:
    """The ranges of tagged words; two with a single untagged word between them are joined."""
    joined = tagged.copy()
    joined[1:-1] |= tagged[:-2] & tagged[2:]
    edges = np.flatnonzero(np.diff(np.concatenate(([False], joined, [False]))))
    return zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)


def _find_relay(span: Range, relays: Sequence[Range], scores: ViaScores, least: float) -> Range | None:
    """The relay that a span points to most, if its probability is at least `least`."""
    begin, logs = mean_pointer(span, scores.pointer, scores.first)
    pointed = np.exp(logs[1:])
    near = targets_in_window(relays, begin, len(pointed))
    shares = {relay: float(pointed[relay[0] - begin : relay[1] - begin].sum()) for relay in near}
    best = max(shares, key=shares.__getitem__, default=None)
    return best if best is not None and shares[best] >= least else None
