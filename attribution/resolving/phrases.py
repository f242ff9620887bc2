"""Phrases: find the head of a noun phrase by its structure.

In: a `Page` and token numbers. Out: the head of a phrase: a pronoun, the name that ends its noun part ("Dmitry Peskov" in "his
spokesman Dmitry Peskov of Moscow"), or that noun itself. It leaves alone coreference, roles (roles), and the words that the
network labels in a source, which take precedence (sources).
"""

from __future__ import annotations

from typing import NamedTuple

from attribution.resolving.lexicon import CALENDAR, CLAUSES, GENITIVES, PREPOSITIONS, PRONOUNS, REFLEXIVES, STOPS
from attribution.resolving.page import Page, Tokens


class Head(NamedTuple):
    """The head of a phrase: its `kind` (name, nominal, pronoun or group), tokens, main word, and the tokens of its role."""

    kind: str
    start: int
    end: int
    main: int
    role: Tokens | None = None

    @property
    def tokens(self) -> Tokens:
        """The tokens of the head, without its role."""
        return self.start, self.end


def head(page: Page, start: int, end: int) -> Head | None:
    """The head of the phrase from `start` to `end`, or None if stripping leaves nothing of it."""
    start, end = strip(page, start, end)
    if start == end:
        return None
    if end - start == 1 and page.lower[start] in PRONOUNS:
        return Head("pronoun", start, end, start)
    soft, hard = split_points(page, start, end)
    while soft - start > 1 and page.lower[soft - 1] in GENITIVES:
        soft -= 1
    if (name := page.name_ending_at.get(soft)) is not None and name >= start:
        return Head("name", name, soft, soft - 1, (start, name))
    return Head("nominal", start, hard, soft - 1)


def name_head(page: Page, start: int) -> Head:
    """The head for the name that starts at the token."""
    end = page.names[start][0]
    return Head("name", start, end, end - 1)


def strip(page: Page, start: int, end: int) -> Tokens:
    """The phrase without leading and trailing marks and spaces, and without a final genitive or "itself"."""
    while end > start and (page.breaks[end - 1] or page.words[end - 1].isspace() or page.lower[end - 1] in GENITIVES):
        end -= 1
    while start < end and (page.breaks[start] or page.words[start].isspace()):
        start += 1
    while end - start > 1 and page.lower[end - 1] in REFLEXIVES:
        end -= 1
    return start, end


def split_points(page: Page, start: int, end: int) -> Tokens:
    """Where the noun ends, and where the phrase ends, attributes such as "of the panel" included. A clause is no attribute: the
    phrase of "many of whom left" ends after "many".
    """
    soft = hard = 0
    index = start + 1
    while index < end and not hard:
        if index in page.name_at and page.name_at[index] != index:
            index += 1
            continue
        word = page.lower[index]
        if (
            page.breaks[index]
            or word in CLAUSES
            or (word in PREPOSITIONS and not CALENDAR.isdisjoint(page.lower[index + 1 : index + 2]))
        ):
            hard = index
        elif not soft and (
            word in STOPS or (word.endswith(("ed", "ing")) and index not in page.name_at and page.is_noun(index - 1))
        ):
            soft = index
        index += 1
    hard = hard or end
    while hard - start > 1 and page.lower[hard - 1] in PREPOSITIONS:
        hard -= 1
    return min(soft or hard, hard), hard
