"""Turns: who speaks before, around and after a quote, by the order of the quotes in the text.

In: the mentions and the quotes. Out: for a mention that is the source of a quote, features of its candidates and of itself, and
the sources of quotes that repeat its quote. A quote without a source has a silent mention instead. It leaves alone who speaks
(ranking).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from attribution.data import Quote
from attribution.resolving.mentions import Mention, source_offsets

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

NONE = -1
LOOKBACK = 3
"""How many quotes back to search for a speaker who continues or takes turns."""
NEIGHBOURS = LOOKBACK + 2
"""Those quotes, the enclosing one and the next."""
LONG_WORD = re.compile(r"\w{4,}")
MAX_CONTINUATION_GAP = 6
"""The most characters between two quotes of one speaker who continues, including a full stop and a paragraph break."""
ECHO_RANGE = 60
"""How many quotes before and after a quote to search for one that repeats it."""
MIN_SHARED, MIN_SIMILARITY = 2, 0.3
"""How many long words a repeating quote shares at least, and what share of the shorter quote's they are."""


class Turns:
    """The quotes in text order, each with the mention that is its source."""

    def __init__(self, mentions: Sequence[Mention], quotes: Iterable[Quote]) -> None:
        self.mentions = mentions
        self.quotes = list(quotes)
        by_source = {source: number for number, mention in enumerate(mentions) for source in mention.sources}
        self.heads = [by_source.get(source_offsets(quote), NONE) for quote in self.quotes]
        ids = {quote.id: place for place, quote in enumerate(self.quotes)}
        self.parents = [ids.get(quote.parent or "", NONE) for quote in self.quotes]
        self.first_quote = dict[int, int]()
        """The first quote of each mention that is a source."""
        for place, head in enumerate(self.heads):
            if head != NONE:
                self.first_quote.setdefault(head, place)
        self.previous = list[int]()
        """The quote before each quote, at the same level of nesting."""
        latest = dict[int, int]()
        for place, parent in enumerate(self.parents):
            self.previous.append(latest.get(parent, NONE))
            latest[parent] = place
        self.words = [frozenset(LONG_WORD.findall(quote.text.lower())) for quote in self.quotes]
        self.following = [NONE] * len(self.quotes)
        for place, before in enumerate(self.previous):
            if before != NONE:
                self.following[before] = place

    def neighbours(self, number: int) -> list[int]:
        """The sources of the quotes before (the last first), of the enclosing one and of the next; NONE where there is none."""
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

    def pair_features(self, number: int, clusters: Ints, cluster_of: Ints) -> Floats:
        """Which candidates' clusters own the sources of the neighbouring quotes. `cluster_of`: the clusters of all mentions."""
        values = [
            (clusters == cluster_of[head]) & (cluster_of[head] >= 0) if head != NONE else np.zeros(len(clusters))
            for head in self.neighbours(number)
        ]
        return np.array(values, dtype=np.float32).T.reshape(len(clusters), NEIGHBOURS)

    def is_headline(self, number: int) -> bool:
        """Whether a mention is the silent source of the article's first quote, as in a headline."""
        return self.mentions[number].kind == "silent" and self.first_quote.get(number) == 0

    def echoes(self, number: int) -> dict[int, float]:
        """The sources of other quotes that repeat this mention's quote, by number, and how similar the two quotes are."""
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
        """Features of the mention's quote and of the quote before it."""
        place = self.first_quote.get(number, NONE)
        if place == NONE:
            return [0.0] * 14
        quote, mention = self.quotes[place], self.mentions[number]
        before = self.quotes[self.previous[place]] if self.previous[place] != NONE else None
        silent = mention.kind == "silent"
        gap = quote.content[0].start - before.content[-1].end if before else 0
        gap_after_source = quote.content[0].start - _end(before) if before else 0
        paragraphs = _paragraph(quote) - _paragraph(before) if before else 0
        return [
            silent,
            silent and quote.verb is not None,
            before is not None,
            before is not None and paragraphs == 0,
            before is not None and paragraphs == 1,
            float(np.log1p(max(gap, 0))) / 6,
            float(np.log1p(max(gap_after_source, 0))) / 6,
            before is not None and gap_after_source <= MAX_CONTINUATION_GAP,
            self.parents[place] != NONE,
            quote.type == "direct",
            quote.type == "indirect",
            before is not None and before.type == "direct",
            before is not None and _asks(before),
            _asks(quote),
        ]


def _end(quote: Quote) -> int:
    """Where a quote ends, its cue and source included."""
    return max(span.end for span in (quote.content[-1], quote.verb, quote.source) if span)


def _paragraph(quote: Quote) -> int:
    return quote.context.paragraph if quote.context else 0


def _asks(quote: Quote) -> bool:
    """Whether a quote ends with a question mark."""
    return quote.content[-1].text.rstrip("”’\"' ").endswith("?")
