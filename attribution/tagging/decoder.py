"""Step 2, its thinking: scores to attributions. In: a Doc's words and what one level of the network says of them. Out:
attributions in code points.

The best sequence of role tags gives the spans; each fragment of content goes to the cue it points to most, or to a source
where no cue stands ("LEE: …"), each cue to the source it points to most, or to none: sources may be shared.
Fragments of one cue are one attribution; a cue that no content can be found for is dropped; a content whose words point to one
cue up to a mark and to another behind it is two. Pure functions over arrays: no Doc, no network.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from attribution.data import Attribution, Offsets
from attribution.tagging.network import BUDGET, KINDS, ROLE_TAGS, ROLES, Floats, Level
from attribution.tagging.thresholds import UNCHOSEN, Thresholds
from attribution.tagging.windows import SPACES, Ints, Words

Range = tuple[int, int]
"""A range of words, end exclusive."""
FORBIDDEN = -1e9


def decode(words: Words, level: Level, thresholds: Thresholds = UNCHOSEN) -> list[Attribution]:
    """The attributions that one level says, in text order of their content."""
    tags = viterbi(level.roles, level.transitions)
    certain = _certainty(level.roles, tags)
    found: dict[str, list[Range]] = {role: [] for role in ROLES}
    for start, end, role in spans(tags, ROLE_TAGS):
        found[role].append((start, end))
    targets = sorted(found["cue"] + found["source"])
    contents = [part for span in found["content"] for part in split(words, span, found["cue"], level, thresholds.gained)]
    links = [Link(span, targets, level.cue, level.first) for span in contents]
    groups: dict[Range | None, list[Range]] = {}
    for link, target in zip(links, share_out(links, found["cue"], thresholds.given_up), strict=True):
        groups.setdefault(target, []).append(link.span)
    make = partial(_attribution, words, level, certain)
    attributions = [make([part]) for part in groups.pop(None, [])]
    for target, parts in groups.items():
        assert target is not None
        if target in found["source"]:
            attributions.append(make(parts, source=target))
        else:
            link = Link(target, found["source"], level.source, level.first)
            attributions.append(make(parts, cue=target, source=link.best))
    return sorted(attributions, key=lambda attribution: attribution.content)


def split(words: Words, span: Range, cues: Sequence[Range], level: Level, least: float) -> list[Range]:
    """The content, or its two parts where these gain more log probability than `least`: "Ann greeted the crowd: “Good morning,”
    she said" is one run of content words.
    """
    (start, end), begin = span, int(level.first[span[0]])
    end_seen = bisect_right(level.first, begin, start, end)
    marks = [place for place in range(start + 1, min(end_seen, end - 1)) if words.is_mark(place)]
    shown = seen(cues, begin, len(level.cue[start]) - 1)
    if not marks or len(shown) < 2:
        return [span]
    sums = np.cumsum([level.cue[i][[cue[0] - begin + 1 for cue in shown]] for i in range(start, end_seen)], 0)
    gained = {place: _parted(sums, place - start) - sums[-1].max() for place in marks}
    best = max(marks, key=lambda place: gained[place])
    return [(start, best), (best, end)] if gained[best] > least else [span]


def _parted(sums: NDArray[np.float64], place: int) -> float:
    """The log probability of the best cues of the words before a place and of those behind; `sums` (n, c) run up to each word."""
    return float(sums[place - 1].max() + (sums[-1] - sums[place - 1]).max())


def seen(targets: Sequence[Range], begin: int, count: int) -> Sequence[Range]:
    """The targets that start in a window, by its first word and how many words it has."""
    return targets[bisect_left(targets, (begin, 0)) : bisect_left(targets, (begin + count, 0))]


class Link:
    """A span and the targets that it may point to. `to(target)` is the mean log probability with which its words point to a
    target's first word, or to none; `best` the target with the highest, None if none has it.
    """

    def __init__(self, span: Range, targets: Sequence[Range], pointer: Sequence[Floats], first: Ints) -> None:
        begin = int(first[span[0]])
        self.span = span
        self._begin = begin
        self._log = np.mean([pointer[i] for i in range(*span) if first[i] == begin], axis=0)
        self.best: Range | None = max((None, *seen(targets, begin, len(self._log) - 1)), key=self.to)

    def to(self, target: Range | None) -> float:
        """The log probability of one target; FORBIDDEN where the span's window does not show it."""
        place = target[0] - self._begin + 1 if target else 0
        return float(self._log[place]) if 0 <= place < len(self._log) else FORBIDDEN


def share_out(links: Sequence[Link], cues: Sequence[Range], most: float) -> list[Range | None]:
    """The cue of each content: the one it points to most; then each cue left with none takes, from a cue with several or from
    none, the content that gives up least for it, and less than `most`. A cue was tagged because something is said there.
    """
    shares = [link.best for link in links]
    counts = Counter(shares)
    starts = [link.span[0] for link in links]
    for cue in cues:
        if not counts[cue]:
            near = range(bisect_left(starts, cue[0] - BUDGET), bisect_left(starts, cue[0] + BUDGET))
            free = (i for i in near if shares[i] is None or counts[shares[i]] > 1)
            gain, i = max(((links[i].to(cue) - links[i].to(shares[i]), i) for i in free), default=(FORBIDDEN, 0))
            if gain > -most:
                counts.update({shares[i]: -1, cue: 1})
                shares[i] = cue
    return shares


def viterbi(scores: Floats, transitions: Floats) -> Ints:
    """The best sequence of tags (n) by scores (n, t) and transitions (t, t). Odd tags begin a span, the even one behind each
    continues it and may follow no other.
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
        ways = best[:, None] + allowed
        back[i] = ways.argmax(0)
        best = ways[back[i], columns] + scores[i]
    tags = np.zeros(len(scores), dtype=np.int64)
    tags[-1] = best.argmax()
    for i in range(len(scores) - 1, 0, -1):
        tags[i - 1] = back[i, tags[i]]
    return tags


def spans(tags: Ints, names: Sequence[str]) -> list[tuple[int, int, str]]:
    """The spans of a sequence of tags as (start, end, name); an inside tag with nothing to continue opens a span too.

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
    certain: NDArray[np.float64],
    parts: Sequence[Range],
    *,
    cue: Range | None = None,
    source: Range | None = None,
) -> Attribution:
    """Word ranges to code points; the confidence is that of the content's words, on average, times that of its kind. Who says it,
    and by which cue, is left out of it: a quote may be sure while its speaker is not.
    """
    likely = kinds(parts, level)
    return Attribution(
        content=tuple(offsets(words, part) for part in parts),
        cue=offsets(words, _last_line(words, cue)) if cue else None,
        source=offsets(words, _last_line(words, source)) if source else None,
        confidence=float(likely.max() * np.mean([certain[slice(*part)].mean() for part in parts])),
        kind=KINDS[likely.argmax()],
    )


def kinds(spans: Sequence[Range], level: Level) -> NDArray[np.float64]:
    """How likely each of KINDS is for a content, by the mean of what its words say."""
    scores = np.concatenate([level.kinds[slice(*span)] for span in spans]).astype(np.float64).mean(0)
    likely: NDArray[np.float64] = np.exp(scores - np.logaddexp.reduce(scores))
    return likely


def offsets(words: Words, span: Range) -> Offsets:
    """Where a range of words starts and ends in the text."""
    return int(words.offsets[span[0], 0]), int(words.offsets[span[1] - 1, 1])


def _last_line(words: Words, span: Range) -> Range:
    """What stands on the last line of a source or a cue: neither runs over a line break, but a caption may run into one."""
    breaks = np.flatnonzero(words.spaces[slice(*span)] == SPACES.index("line"))
    return (span[0] + int(breaks[-1]), span[1]) if len(breaks) else span


def _certainty(scores: Floats, tags: Ints) -> NDArray[np.float64]:
    """The probability of each word's tag, taken by itself."""
    shifted = scores.astype(np.float64) - scores.max(1, keepdims=True)
    likely = np.exp(shifted) / np.exp(shifted).sum(1, keepdims=True)
    return np.take_along_axis(likely, tags[:, None], 1)[:, 0]
