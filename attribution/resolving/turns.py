"""Turns: who speaks right before, around and right behind, as the quotes stand in the text.

In: the mentions, and the quotes. Out: of a mention that says a quote what the turns tell of its candidates, and of itself; and
who says the same elsewhere. A quote that names no source has a mention of its own, a silent one. It leaves alone who speaks
(ranking).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from attribution.data import Quote
from attribution.resolving.mentions import Mention, source_of

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

NONE = -1
LOOKBACK = 3
"""How many quotes back one looks for who goes on, or takes turns."""
NEIGHBOURS = LOOKBACK + 2
WORD = re.compile(r"\w{4,}")
MAX_CONTINUATION_GAP = 6
"""How many characters stand between two quotes at most, a full stop and a paragraph's end among them, where one goes on."""
ECHO_RANGE = 60
"""How many quotes away the same may be said."""
MIN_SHARED, MIN_SIMILARITY = 2, 0.3
"""How many words two quotes must share, and what part of the shorter one's, to say the same."""


class Turns:
    """The quotes in text order, each with the mention that says it."""

    def __init__(self, mentions: Sequence[Mention], quotes: Iterable[Quote]) -> None:
        self.mentions = mentions
        self.quotes = list(quotes)
        by_source = {source: number for number, mention in enumerate(mentions) for source in mention.sources}
        self.heads = [by_source.get(source_of(quote), NONE) for quote in self.quotes]
        ids = {quote.id: place for place, quote in enumerate(self.quotes)}
        self.parents = [ids.get(quote.parent or "", NONE) for quote in self.quotes]
        self.first_quote = dict[int, int]()
        """Of each mention that says something the first quote."""
        for place, head in enumerate(self.heads):
            if head != NONE:
                self.first_quote.setdefault(head, place)
        self.previous = list[int]()
        """Of each quote the one before it at its level."""
        latest = dict[int, int]()
        for place, parent in enumerate(self.parents):
            self.previous.append(latest.get(parent, NONE))
            latest[parent] = place
        self.words = [frozenset(WORD.findall(quote.text.lower())) for quote in self.quotes]
        self.following = [NONE] * len(self.quotes)
        for place, before in enumerate(self.previous):
            if before != NONE:
                self.following[before] = place

    def neighbours(self, number: int) -> list[int]:
        """Who says the quotes before, the last first, the one around and the one behind; NONE where there is none."""
        place = self.first_quote.get(number, NONE)
        if place == NONE:
            return [NONE] * NEIGHBOURS
        before, found = place, list[int]()
        for _ in range(LOOKBACK):
            before = self.previous[before] if before != NONE else NONE
            found.append(self._head(before))
        return [*found, self._head(self.parents[place]), self._head(self.following[place])]

    def _head(self, place: int) -> int:
        return self.heads[place] if place != NONE else NONE

    def pair_features(self, number: int, clusters: Ints, owners: Ints) -> Floats:
        """Which candidates, by their clusters, say the quotes around; `owners` are the clusters of all mentions."""
        values = [
            (clusters == owners[head]) & (owners[head] >= 0) if head != NONE else np.zeros(len(clusters))
            for head in self.neighbours(number)
        ]
        return np.array(values, dtype=np.float32).T.reshape(len(clusters), NEIGHBOURS)

    def is_headline(self, number: int) -> bool:
        """Whether a mention says nothing but a quote before all others: in a headline."""
        return self.mentions[number].kind == "silent" and self.first_quote.get(number) == 0

    def echoes(self, number: int) -> dict[int, float]:
        """Who says the same elsewhere, the mention by its number, and how much of it."""
        place = self.first_quote.get(number, NONE)
        if place == NONE:
            return {}
        found = dict[int, float]()
        for other in range(max(0, place - ECHO_RANGE), min(len(self.words), place + ECHO_RANGE)):
            words = self.words[other]
            shared, head = len(words & self.words[place]), self.heads[other]
            if shared >= MIN_SHARED and head not in (NONE, number):
                alike = shared / min(len(words), len(self.words[place]))
                if alike >= MIN_SIMILARITY:
                    found[head] = max(alike, found.get(head, 0.0))
        return found

    def mention_features(self, number: int) -> list[float]:
        """What the place of its quote has to say of a mention."""
        place = self.first_quote.get(number, NONE)
        if place == NONE:
            return [0.0] * 14
        quote, mention = self.quotes[place], self.mentions[number]
        before = self.previous[place]
        silent = mention.kind == "silent"
        gap = quote.content[0].start - self.quotes[before].content[-1].end if before != NONE else 0
        rest = quote.content[0].start - _end(self.quotes[before]) if before != NONE else 0
        lines = _line(quote) - _line(self.quotes[before]) if before != NONE else 0
        return [
            silent,
            silent and quote.verb is not None,
            before != NONE,
            before != NONE and lines == 0,
            before != NONE and lines == 1,
            float(np.log1p(max(gap, 0))) / 6,
            float(np.log1p(max(rest, 0))) / 6,
            before != NONE and rest <= MAX_CONTINUATION_GAP,
            self.parents[place] != NONE,
            quote.type == "direct",
            quote.type == "indirect",
            before != NONE and self.quotes[before].type == "direct",
            before != NONE and _asks(self.quotes[before]),
            _asks(quote),
        ]


def _end(quote: Quote) -> int:
    """Where a quote ends with all that tells of it."""
    return max(span.end for span in (quote.content[-1], quote.verb, quote.source) if span)


def _line(quote: Quote) -> int:
    return quote.context.paragraph if quote.context else 0


def _asks(quote: Quote) -> bool:
    return quote.content[-1].text.rstrip("”’\"' ").endswith("?")
