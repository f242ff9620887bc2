"""What all scorers compare with: spans as sets of characters, names as lists of words, counts as figures.

In: offsets into a text, names, counts. Out: comparable values, and precision, recall and F1 in per cent.
It knows no corpus and no file. White space does not count: a span with a trailing blank is the same span.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Offsets = tuple[int, int]
Chars = frozenset[int]
MATCH = 0.5
"""The least IoU of content at which two quotes are the same quote."""
RIGHT = 0.8
"""The least IoU at which a content is right."""

_QUOTED = re.compile(r"[“”\"«»]|(?<!\w)[‘'](?=\w)")
_POSSESSIVE = re.compile(r"[’']s?\b")
_TITLES = frozenset({"the", "a", "an", "mr", "mrs", "ms", "dr"})


@dataclass(frozen=True, slots=True)
class SpanSets:
    """A quote to compare, gold or predicted: the characters of each role, empty if the quote lacks it, and the speaker's name.

    named: the annotators name the speaker, so that the name can be scored (gold only).
    """

    content: Chars
    cue: Chars
    source: Chars
    speaker: str | None = None
    named: bool = False

    def same_spans(self, other: SpanSets) -> bool:
        """Whether all three roles are equal to the character."""
        return (self.content, self.cue, self.source) == (other.content, other.cue, other.source)


def chars(spans: Iterable[Iterable[int]], text: str) -> Chars:
    """The positions that `spans` cover, without white space, e.g. `chars([(0, 4)], "a bc") == {0, 2, 3}`."""
    return frozenset(i for start, end in spans for i in range(start, end) if not text[i].isspace())


def offsets(spans: Iterable[Mapping[str, Any] | None]) -> list[Offsets]:
    """The offsets of spans in the API's shape; None is left out."""
    return [(span["start"], span["end"]) for span in spans if span]


def iou(one: Chars, other: Chars) -> float:
    """Intersection over union: 1 for equal sets, 0 for disjoint ones."""
    return len(one & other) / len(one | other) if one or other else 0.0


def pair_up(ranked: Iterable[tuple[float, int, int]]) -> dict[int, int]:
    """Pair two lists of quotes, given the IoU and both indices of each possible pair, best first: the second index by the first.
    Each index is used once, and only if the IoU is at least MATCH.
    """
    pairs: dict[int, int] = {}
    for overlap, i, j in ranked:
        if overlap >= MATCH and i not in pairs and j not in pairs.values():
            pairs[i] = j
    return pairs


def touch(one: Chars, other: Chars) -> bool:
    """Whether two spans overlap, or both are empty."""
    return bool(one & other) or not (one or other)


def is_quoted(spans: Iterable[Offsets], text: str) -> bool:
    """Whether `spans` contain a quotation mark; apostrophes do not count."""
    return any(_QUOTED.search(text[start:end]) for start, end in spans)


def figures(right: int, predicted: int, gold: int) -> dict[str, float]:
    """Precision, recall and F1 in per cent, to one decimal place."""
    return {
        "p": round(100 * right / predicted, 1) if predicted else 0.0,
        "r": round(100 * right / gold, 1) if gold else 0.0,
        "f": round(200 * right / (predicted + gold), 1) if predicted + gold else 0.0,
    }


def speaker_name(quote: Mapping[str, Any]) -> str | None:
    """The name of the speaker of a quote in the API's shape."""
    name: str | None = (quote.get("speaker") or {}).get("name")
    return name


def name_words(name: str | None) -> list[str]:
    """The significant words of a name, e.g. `name_words("Mr. Putin’s") == ["putin"]`."""
    words = _POSSESSIVE.sub("", (name or "").lower()).replace(".", "").split()
    return [word for word in words if word not in _TITLES]


def same_speaker(predicted: str | None, gold: str | None) -> bool:
    """Whether the names are equal, or the predicted one is the gold one with at most three more words (a title, a role)."""
    guess, truth = name_words(predicted), name_words(gold)
    return bool(guess) and (guess == truth or (set(truth) <= set(guess) and len(guess) - len(truth) <= 3))


def same_relay(predicted: str | None, gold: str) -> bool:
    """Whether a relay is the gold one: the same name, or a word in common."""
    return same_speaker(predicted, gold) or bool(set(name_words(predicted)) & set(name_words(gold)))
