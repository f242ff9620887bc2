"""Writings: the documents that speakers speak in.

In: a `Page` and the quotes. Out: of each source whose sentence says so the noun of its document: "statement" of "in a statement,
Ann said", "letter" of "Ann sent a letter urging …". It leaves alone who is meant by "the statement" later on (documents).
"""

from __future__ import annotations

from collections.abc import Iterable

from attribution.data import Offsets, Quote
from attribution.resolving.page import Page
from attribution.resolving.roles import nominal_start

INDEFINITE = frozenset({"a", "an"})


def find_writings(page: Page, quotes: Iterable[Quote]) -> dict[Offsets, str]:
    """By a source the noun of what it speaks in: what its cue holds, else what stands behind "in" in the article's own voice."""
    starts = {index: nominal_start(page, index) for index in range(len(page.words)) if page.kind(index) == "document"}
    new = {index: start for index, start in starts.items() if page.lower[start] in INDEFINITE and not page.said[index]}
    within = {page.sentences[index]: index for index, start in new.items() if page.lower[start - 1 : start] == ["in"]}
    found = dict[Offsets, str]()
    for quote in quotes:
        if quote.source is not None and quote.verb is not None and quote.parent is None:
            start, end = page.tokens((quote.verb.start, quote.verb.end))
            document = next((index for index in range(start, end) if index in new), within.get(page.sentences[start]))
            if document is not None:
                found[quote.source.start, quote.source.end] = page.lower[document]
    return found
