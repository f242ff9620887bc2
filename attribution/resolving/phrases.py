"""Phrases: what a noun phrase is about.

In: a `Page` and token numbers. Out: the head of a phrase: "his spokesman Dmitry Peskov" is about "Dmitry Peskov", "a statement by
the ministry" about "the ministry". It leaves alone who is who, and what a name's role is (roles).
"""

from __future__ import annotations

from typing import NamedTuple

from attribution.resolving.lexicon import (
    ARTICLES,
    BODIES,
    CALENDAR,
    CLAUSES,
    DETERMINERS,
    GENITIVES,
    LINKS,
    OWNING,
    PERSONS,
    POSSESSIVES,
    PRONOUNS,
    REFLEXIVES,
    STOPS,
    TITLES,
    noun,
)
from attribution.resolving.page import Page, Tokens

PARTS = frozenset({"part", "parts"})


class Head(NamedTuple):
    """What a phrase is about: its `kind` (name, nominal, pronoun or group), its tokens, its main word, its role's tokens; and the
    noun of the document that the phrase says is by it: "report" in "a report by the ministry".
    """

    kind: str
    start: int
    end: int
    main: int
    role: Tokens | None = None
    document: int | None = None


def head(page: Page, start: int, end: int, *, depth: int = 4) -> Head | None:
    """What the phrase from `start` to `end` is about, None when nothing is left of it.

    "Putin's spokesman" is about a spokesman, "CNN's Jake Tapper" about Tapper, "intelligence from the ministry" about it, "the
    state of Ohio" about Ohio.
    """
    start, end = strip(page, start, end)
    if start == end:
        return None
    if end - start == 1 and page.lower[start] in PRONOUNS:
        return Head("pronoun", start, end, start)
    soft, hard = _cuts(page, start, end)
    while soft - start > 1 and page.lower[soft - 1] in GENITIVES:
        soft -= 1
    if (both := _joined(page, start, hard)) is not None:
        return both
    if (name := page.ends.get(soft)) is not None and name >= start:
        return Head("name", name, soft, soft - 1, (start, name))
    if depth and page.lower[soft - 1] in PARTS and soft + 1 < hard and page.lower[soft] == "of":
        return head(page, soft + 1, end, depth=depth - 1)
    if _is_place(page, start, soft, hard):
        return named(page, soft + 1)
    kind = page.kind(soft - 1)
    name = _apposed(page, start, soft, hard, end)
    if name is None and kind in PERSONS:
        name = _late_name(page, soft, end)
    if name is not None:
        last = soft if _calls(page, soft) and name == soft + 1 else min(name, hard)
        return named(page, name)._replace(role=(start, last))
    owner = _owner(page, start, soft, _extent(page, end), depth) if kind == "document" and depth else None
    if owner is not None:
        return owner._replace(document=soft - 1)
    return Head("nominal", start, hard, soft - 1, document=_made(page, soft, hard) if kind in PERSONS else None)


def _is_place(page: Page, start: int, soft: int, hard: int) -> bool:
    """Whether the phrase is but a place's name with its noun: "the state of Ohio", not "the capital of Ohio", "states of Ohio",
    "the state of Ohio's Senate" or "the state of Ohio police".
    """
    end, type_ = page.names.get(soft + 1, (0, ""))
    alone = end == hard and page.lower[hard : hard + 1] not in (["and"], *([mark] for mark in GENITIVES))
    called = noun(page.lower[soft - 1]) == ("place", "singular") and page.lower[soft - 1] != "capital"
    return alone and called and type_ == "place" and page.lower[start] == "the" and page.lower[soft] == "of"


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


def _cuts(page: Page, start: int, end: int) -> Tokens:
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


def _joined(page: Page, start: int, hard: int) -> Head | None:
    """The group of "Smith and Jones" or "Trump and his campaign": a name, "and", one more."""
    for index in range(start + 1, hard - 1):
        if page.lower[index] in LINKS and index not in page.inside:
            return None
        if page.lower[index] == "and" and index not in page.inside and index in page.ends:
            return Head("group", start, hard, index)
        if page.lower[index] == "and" and page.lower[index + 1] in ("i", "me"):
            return Head("group", start, hard, index)
    return None


def _apposed(page: Page, start: int, soft: int, hard: int, end: int) -> int | None:
    """The name behind a phrase's comma: "Apple's chief, Sir Tim Cook", "the assailant, Ann Lee,", "the latest critic, Queen's
    Brian May"; no place's, as in "a court in Lyon, France".
    """
    kind, number = noun(page.lower[soft - 1])
    closed = page.lower[start] in DETERMINERS | POSSESSIVES and kind != "document" and number == "singular"
    if hard >= end or page.words[hard] != "," or not (kind in PERSONS or closed):
        return None
    name = hard + 1
    while name < end and (name not in page.names or _owns_next(page, name)):
        if name not in page.names and page.kind(name) not in TITLES and page.lower[name] not in DETERMINERS | GENITIVES:
            return None
        name = page.names[name][0] if name in page.names else name + 1
    if name >= end or page.names[name][1] == "place":
        return None
    after = page.names[name][0]
    ends = after >= end or page.breaks[after] or page.lower[after] in LINKS
    return name if ends and (kind not in PERSONS or page.kind(after - 1) not in BODIES) else None


def _late_name(page: Page, soft: int, end: int) -> int | None:
    """The name behind a role: "chairman of the Defence Committee Tobias Ellwood", "Member of Parliament (MP) Ann Lee", "a woman
    called Ann".
    """
    if soft + 1 < end and soft + 1 in page.names and _calls(page, soft):
        return soft + 1
    for index in range(soft + 1, end):
        if index in page.names and index not in page.ends and page.is_noun(index - 1) and page.kind(index - 1) in BODIES:
            return index
        if index in page.names and index in page.ends and page.names[index][1] in ("person", "unknown"):
            return index
        if index in page.names and page.words[index - 1] == ")" and page.names[index][1] == "person":
            return index
    return None


def _calls(page: Page, index: int) -> bool:
    """Whether it is the participle that stands between a noun and its name: "a woman called Ann"."""
    return index < len(page.words) and page.lower[index].endswith("ed")


def _owns_next(page: Page, name: int) -> bool:
    """Whether a name owns the name behind it: "Queen's Brian May"."""
    after = page.names[name][0]
    return after + 1 in page.names and page.lower[after] in GENITIVES


def _extent(page: Page, end: int) -> int:
    """Where the phrase that the source is cut from ends: "a message posted" may go on with "by the ministry", but
    not with "and".
    """
    if page.lower[end : end + 1] == ["and"]:
        return end
    while end < len(page.words) and not page.breaks[end] and end not in page.cues and end not in page.contents:
        end += 1
    return end


def _owner(page: Page, start: int, soft: int, end: int, depth: int) -> Head | None:
    """Whose document it is: "Trump's tweet", "her account", "a message posted on the account of the presidency"; nobody
    in a clause of its own: "the report, which lay in the ministry".
    """
    for index in range(start, soft):
        if page.lower[index] in GENITIVES and index in page.ends:
            return named(page, page.ends[index])
    if page.lower[start] in POSSESSIVES:
        return Head("pronoun", start, start + 1, start)
    names = [index for index in range(start, soft) if index in page.names]
    clause = next((index for index in range(soft, end) if page.lower[index] in CLAUSES and page.breaks[index - 1]), end)
    for index in range(soft, clause):
        if page.lower[index] in OWNING and index not in page.inside:
            owner = head(page, index + 1, end, depth=depth - 1)
            if owner is not None and _can_speak(page, owner) and (not names or _is_definite(page, owner)):
                return owner
    return named(page, names[-1]) if names else None


def _made(page: Page, soft: int, hard: int) -> int | None:
    """The document that stands behind its makers: "the authors of the report"."""
    of = page.lower[soft:hard][:1] == ["of"]
    return next((index for index in range(soft + 1, hard) if page.kind(index) == "document"), None) if of else None


def _is_definite(page: Page, owner: Head) -> bool:
    return owner.kind == "name" or page.lower[owner.start] in ARTICLES


def _can_speak(page: Page, owner: Head) -> bool:
    return owner.kind in ("name", "pronoun") or page.kind(owner.main) in PERSONS | BODIES
