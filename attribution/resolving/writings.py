"""Writings: the documents that speakers speak in.

In: a `Page` and the quotes. Out: of each source whose words or whose place say so the noun of its document: "statement" of "in a
statement, Ann said", "letter" of "Ann sent a letter urging …". It leaves alone who is meant by "the statement" later on
(documents).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence, Set

from attribution.data import Offsets, Quote
from attribution.resolving.lexicon import CALENDAR
from attribution.resolving.page import Page, Tokens
from attribution.resolving.roles import nominal_start

INDEFINITE = frozenset({"a", "an"})
OTHERS = frozenset({"by", "from"})
"""What stands between a document and who else made it."""


def find_writings(page: Page, quotes: Iterable[Quote]) -> dict[Offsets, str]:
    """By a source the noun of what it speaks in: what its cue holds, or what stands by itself nearest to its cue."""
    cues = dict[int, Quote]()
    ends = set[int]()
    for quote in quotes:
        if quote.verb is not None and quote.parent is None:
            cues[page.tokens((quote.verb.start, quote.verb.end))[0]] = quote
        if quote.source is not None:
            ends.add(page.tokens((quote.source.start, quote.source.end))[1])
    places, found = sorted(cues), dict[Offsets, str]()
    for index, start in _new(page):
        if index in page.cues or _stands_free(page, index, start, ends):
            near = _nearest(places, index)
            source = cues[near].source if near is not None and page.sentences[near] == page.sentences[index] else None
            if source is not None:
                found[source.start, source.end] = page.lower[index]
    return found


def _new(page: Page) -> Iterator[Tokens]:
    """The nouns of indefinite documents in the article's own voice, and where their phrases start: "a brief statement"."""
    for index in range(len(page.words)):
        if page.kind(index) == "document" and not page.said[index]:
            start = nominal_start(page, index)
            if page.lower[start] in INDEFINITE:
                yield index, start


def _stands_free(page: Page, index: int, start: int, ends: Set[int]) -> bool:
    """Whether "in a statement" says in what somebody speaks: by itself, or right behind a source or a cue; not "accused in a
    report", nor "in a letter from residents".
    """
    before = start - 2
    if page.lower[start - 1 : start] != ["in"] or page.lower[index + 1 : index + 2] in ([word] for word in OTHERS):
        return False
    free = page.opens(start - 1) or page.breaks[before] or page.lower[before] in CALENDAR
    return free or before in page.cues or before + 1 in ends


def _nearest(places: Sequence[int], index: int) -> int | None:
    """The place nearest to the index, the former of two."""
    at = bisect_left(places, index)
    return min(places[max(0, at - 1) : at + 1], key=lambda place: abs(place - index), default=None)
