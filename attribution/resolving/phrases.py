"""Phrases: what a noun phrase is about, by its build.

In: a `Page` and token numbers. Out: the head of a phrase: a pronoun, the name that its noun part ends with, "Dmitry Peskov" of
"his spokesman Dmitry Peskov of Moscow", or that noun itself. Where the network says whom a source calls its speaker, `sources`
has the word. It leaves alone who is who, and what a name's role is (roles).
"""

from __future__ import annotations

from typing import NamedTuple

from attribution.resolving.lexicon import CALENDAR, CLAUSES, GENITIVES, LINKS, PRONOUNS, REFLEXIVES, STOPS
from attribution.resolving.page import Page, Tokens


class Head(NamedTuple):
    """What a phrase is about: its `kind` (name, nominal, pronoun or group), its tokens, its main word, its role's tokens."""

    kind: str
    start: int
    end: int
    main: int
    role: Tokens | None = None


def head(page: Page, start: int, end: int) -> Head | None:
    """What the phrase from `start` to `end` is about, None when nothing is left of it."""
    start, end = strip(page, start, end)
    if start == end:
        return None
    if end - start == 1 and page.lower[start] in PRONOUNS:
        return Head("pronoun", start, end, start)
    soft, hard = cuts(page, start, end)
    while soft - start > 1 and page.lower[soft - 1] in GENITIVES:
        soft -= 1
    if (name := page.ends.get(soft)) is not None and name >= start:
        return Head("name", name, soft, soft - 1, (start, name))
    return Head("nominal", start, hard, soft - 1)


def named(page: Page, start: int) -> Head:
    """The head that the name is which starts at the token."""
    end = page.names[start][0]
    return Head("name", start, end, end - 1)


def strip(page: Page, start: int, end: int) -> Tokens:
    """The phrase without the marks, the spaces, the genitive and the "itself" at its ends."""
    while end > start and (page.breaks[end - 1] or page.words[end - 1].isspace() or page.lower[end - 1] in GENITIVES):
        end -= 1
    while start < end and (page.breaks[start] or page.words[start].isspace()):
        start += 1
    while end - start > 1 and page.lower[end - 1] in REFLEXIVES:
        end -= 1
    return start, end


def cuts(page: Page, start: int, end: int) -> Tokens:
    """Where the phrase's noun and its modifiers end, and where its attributes ("of …") end: "many" is left of "many of whom"."""
    soft = hard = 0
    index = start + 1
    while index < end and not hard:
        if index in page.inside and page.inside[index] != index:
            index += 1
            continue
        word = page.lower[index]
        if (
            page.breaks[index]
            or word in CLAUSES
            or (word in LINKS and not CALENDAR.isdisjoint(page.lower[index + 1 : index + 2]))
        ):
            hard = index
        elif not soft and (
            word in STOPS or (word.endswith(("ed", "ing")) and index not in page.inside and page.is_noun(index - 1))
        ):
            soft = index
        index += 1
    hard = hard or end
    while hard - start > 1 and page.lower[hard - 1] in LINKS:
        hard -= 1
    return min(soft or hard, hard), hard
