"""Relays: the phrases that name who passes a quote on.

In: a text and its `Page`. Out: a `Relay` for each "according to RIA", "citing RIA", "told Reuters" and "— RIA (@ria) May 5". It
leaves alone which quotes are passed on by it (speakers).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from attribution.data import Offsets
from attribution.resolving.lexicon import OUTLETS
from attribution.resolving.page import Page

RELAY = re.compile(r"\b(according to|citing|told)\s+(?=\w)", re.IGNORECASE)
SIGNATURE = re.compile(r"^[ \t]*[—–-]{1,2}\s*([^\n()]{2,60}?)\s*\(@\w+\)", re.MULTILINE)


class Relay(NamedTuple):
    """A phrase that names who passes a quote on: its `relation` (as in `data.Via`), its `cue` ("signature" for a tweet's), where
    it starts, and the words that name him.
    """

    relation: str
    cue: str
    start: int
    source: Offsets


def find_relays(text: str, page: Page) -> list[Relay]:
    """The phrases that name who passes a quote on: "according to RIA", "citing RIA", "told Reuters", "— RIA (@ria) May 5"."""
    found = [Relay("relays", "signature", match.start(), match.span(1)) for match in SIGNATURE.finditer(text)]
    for match in RELAY.finditer(text):
        cue, start = match[1].lower(), page.tokens((match.end(), match.end() + 1))[0]
        end = start
        while end < len(page.words) and not page.breaks[end] and (end == start or end not in page.contents):
            end += 1
        if end > start and (cue != "told" or any(word in OUTLETS for word in page.lower[start:end])):
            relation = "cited" if cue == "citing" else "relays"
            found.append(Relay(relation, cue, match.start(), page.offsets((start, end))))
    return found
