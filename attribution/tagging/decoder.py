"""Step 2, decoding: from scores to attributions. In: a Doc's words and the scores of one level of the network. Out: attributions
in code points.

The best sequence of role tags gives the spans. Each content goes to the cue it points to most, or to a source if it has no cue
("LEE: …"). Each cue goes to the source it points to most, or to none; cues may share a source. All contents of a cue form one
attribution. A cue without content is dropped. A content is split at a quotation mark if its words before the mark point to one
cue and those after it to another. The functions here are pure, over arrays: no Doc, no network.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from attribution.data import Attribution, Offsets
from attribution.tagging.network import BUDGET, KINDS, ROLE_TAGS, ROLES, Floats, Halves, Level
from attribution.tagging.thresholds import NEUTRAL, Thresholds
from attribution.tagging.windows import SPACES, Ints, Range, Words

FORBIDDEN = -1e9


def decode(words: Words, level: Level, thresholds: Thresholds = NEUTRAL) -> list[Attribution]:
    """The attributions of one level, in text order of their content."""
    tags = viterbi(level.roles, level.transitions)
    certainty = np.take_along_axis(softmax(level.roles), tags[:, None], 1)[:, 0]
    found: dict[str, list[Range]] = {role: [] for role in ROLES}
    for start, end, role in spans(tags, ROLE_TAGS):
        found[role].append((start, end))
    targets = sorted(found["cue"] + found["source"])
    contents = [part for span in found["content"] for part in _split_content(words, span, found["cue"], level, thresholds.gained)]
    links = [Link(span, targets, level.cue, level.first) for span in contents]
    groups: dict[Range | None, list[Range]] = {}
    for link, target in zip(links, _assign_cues(links, found["cue"], thresholds.given_up), strict=True):
        groups.setdefault(target, []).append(link.span)
    make = partial(_attribution, words, level, certainty)
    attributions = [make([part]) for part in groups.pop(None, [])]
    for target, parts in groups.items():
        assert target is not None
        if target in found["source"]:
            attributions.append(make(parts, source=target))
        else:
            link = Link(target, found["source"], level.source, level.first)
            attributions.append(make(parts, cue=target, source=link.best))
    return sorted(attributions, key=lambda attribution: attribution.content)


def _split_content(words: Words, span: Range, cues: Sequence[Range], level: Level, least: float) -> list[Range]:
    """The content, or its two parts if a split gains more log probability than `least`. In "Ann said no: “Never,” Bob added", the
    tagger may take “no: “Never,”” for one content.
    """
    (start, end), begin = span, int(level.first[span[0]])
    end_seen = bisect_right(level.first, begin, start, end)
    marks = [place for place in range(start + 1, min(end_seen, end - 1)) if words.is_mark(place)]
    visible = targets_in_window(cues, begin, len(level.cue[start]) - 1)
    if not marks or len(visible) < 2:
        return [span]
    sums = np.cumsum([level.cue[i][[cue[0] - begin + 1 for cue in visible]] for i in range(start, end_seen)], 0, dtype=np.float64)
    before = {place: sums[place - start - 1] for place in marks}
    gained = {place: float(part.max() + (sums[-1] - part).max() - sums[-1].max()) for place, part in before.items()}
    best = max(gained, key=gained.__getitem__)
    return [(start, best), (best, end)] if gained[best] > least else [span]


def targets_in_window(targets: Sequence[Range], begin: int, count: int) -> Sequence[Range]:
    """The targets that start in the window of `count` words from `begin` on."""
    return targets[bisect_left(targets, (begin, 0)) : bisect_left(targets, (begin + count, 0))]


def mean_pointer(span: Range, pointer: Sequence[Halves], first: Ints) -> tuple[int, NDArray[np.float64]]:
    """Where the window of a span's first word begins, and the mean log probability that the span's words in that window point to
    nothing (position 0) or to each word of the window.
    """
    begin = int(first[span[0]])
    return begin, np.stack([pointer[i] for i in range(*span) if first[i] == begin]).astype(np.float64).mean(0)


class Link:
    """A span and the targets that it may point to. `best` is the likeliest target; None if the span points to nothing."""

    def __init__(self, span: Range, targets: Sequence[Range], pointer: Sequence[Halves], first: Ints) -> None:
        self.span = span
        self._begin, self._logs = mean_pointer(span, pointer, first)
        self.best: Range | None = max((None, *targets_in_window(targets, self._begin, len(self._logs) - 1)), key=self.to)

    def to(self, target: Range | None) -> float:
        """The mean log probability that the span's words point to the first word of a target, or to nothing if it is None.
        FORBIDDEN if the target is outside the span's window.
        """
        place = target[0] - self._begin + 1 if target else 0
        return float(self._logs[place]) if 0 <= place < len(self._logs) else FORBIDDEN


def _assign_cues(links: Sequence[Link], cues: Sequence[Range], most: float) -> list[Range | None]:
    """The target of each content: the one it points to most. A cue left without content then takes one that has no target, or
    whose target has several: the content that loses the least log probability by the change, if it loses less than `most`.
    """
    targets = [link.best for link in links]
    counts = Counter(targets)
    starts = [link.span[0] for link in links]
    for cue in cues:
        if not counts[cue]:
            near = range(bisect_left(starts, cue[0] - BUDGET), bisect_left(starts, cue[0] + BUDGET))
            free = (i for i in near if targets[i] is None or counts[targets[i]] > 1)
            gain, i = max(((links[i].to(cue) - links[i].to(targets[i]), i) for i in free), default=(FORBIDDEN, 0))
            if gain > -most:
                counts.update({targets[i]: -1, cue: 1})
                targets[i] = cue
    return targets


def viterbi(scores: Floats, transitions: Floats) -> Ints:
    """The best sequence of tags (n), given scores (n, t) and transitions (t, t). An odd tag begins a span. The even tag after it
    continues that span, so it may follow only these two tags.
    """
    count = len(transitions)
    allowed = transitions.astype(np.float64)
    for inside in range(2, count, 2):
        allowed[[tag for tag in range(count) if tag not in (inside - 1, inside)], inside] = FORBIDDEN
    best = scores[0].astype(np.float64)
    best[2::2] = FORBIDDEN
    back = np.zeros(scores.shape, dtype=np.int64)
    columns = np.arange(count)
    for i in range(1, len(scores)):
        paths = best[:, None] + allowed
        back[i] = paths.argmax(0)
        best = paths[back[i], columns] + scores[i]
    tags = np.zeros(len(scores), dtype=np.int64)
    tags[-1] = best.argmax()
    for i in range(len(scores) - 1, 0, -1):
        tags[i - 1] = back[i, tags[i]]
    return tags


def spans(tags: Ints, names: Sequence[str]) -> list[tuple[int, int, str]]:
    """The spans of a sequence of tags as (start, end, name). An I tag that continues nothing begins a span too.

    Example: the tags of "O B-cue I-cue I-source" -> [(1, 3, "cue"), (3, 4, "source")]
    """
    found: list[tuple[int, int, str]] = []
    for i in np.flatnonzero(tags).tolist():
        place, name = names[tags[i]].split("-")
        if place == "I" and found and found[-1][1:] == (i, name):
            found[-1] = (found[-1][0], i + 1, name)
        else:
            found.append((i, i + 1, name))
    return found


def _attribution(
    words: Words,
    level: Level,
    certainty: NDArray[np.float64],
    parts: Sequence[Range],
    *,
    cue: Range | None = None,
    source: Range | None = None,
) -> Attribution:
    """The attribution in code points. `certainty` is the probability of each word's tag. The confidence is the mean certainty of
    the content times the probability of its kind. Cue and source do not count: a quote can be certain while its speaker is not.
    """
    kinds = _kind_probabilities(parts, level)
    return Attribution(
        content=tuple(text_offsets(words, part) for part in parts),
        cue=text_offsets(words, _last_line(words, cue)) if cue else None,
        source=text_offsets(words, _last_line(words, source)) if source else None,
        confidence=float(kinds.max() * np.mean([certainty[slice(*part)].mean() for part in parts])),
        kind=KINDS[kinds.argmax()],
    )


def _kind_probabilities(parts: Sequence[Range], level: Level) -> NDArray[np.float64]:
    """The probability of each of KINDS for a content, from the mean scores of its words."""
    scores = np.concatenate([level.kinds[slice(*part)] for part in parts]).astype(np.float64).mean(0)
    probabilities: NDArray[np.float64] = np.exp(scores - np.logaddexp.reduce(scores))
    return probabilities


def text_offsets(words: Words, span: Range) -> Offsets:
    """The start and end of a range of words in the text."""
    return int(words.offsets[span[0], 0]), int(words.offsets[span[1] - 1, 1])


def _last_line(words: Words, span: Range) -> Range:
    """The last line of a source or cue. Neither contains a line break, but the tagger may join a caption to one."""
    breaks = np.flatnonzero(words.spaces[slice(*span)] == SPACES.index("line"))
    return (span[0] + int(breaks[-1]), span[1]) if len(breaks) else span


def softmax(scores: Floats) -> NDArray[np.float64]:
    """The probability of each tag for each word, independent of the word's neighbours."""
    exps = np.exp(scores.astype(np.float64) - scores.max(1, keepdims=True))
    probabilities: NDArray[np.float64] = exps / exps.sum(1, keepdims=True)
    return probabilities
