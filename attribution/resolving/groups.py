"""Groups: who is in a phrase that joins several, "Smith and Jones", "the department and the ministry".

In: a `Page` and token numbers. Out: what the phrase is about, and of a group what each of its parts is about. A name and somebody
else are two where "and" joins them; of nominals each must have an article or an owner of its own, as "the former aide and current
anchor" are one. A list with commas is one of names, since what stands behind a name's comma is rather its role. It leaves alone
who the parts are.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from attribution.resolving import lists, phrases
from attribution.resolving.lexicon import CLAUSES, DASHES, DETERMINERS, GENITIVES, LINKS, NOUNS, POSSESSIVES, is_capital, noun
from attribution.resolving.page import Page
from attribution.resolving.phrases import Head

ENDS = CLAUSES | DASHES | {",", "and"}
"""Words that end a part."""


class Part(NamedTuple):
    """A part of a phrase: its tokens, what it is about, and whether an "and" stands before it."""

    start: int
    end: int
    head: Head
    joined: bool


def head(page: Page, start: int, end: int) -> tuple[Head | None, tuple[Head, ...]]:
    """What the phrase from `start` to `end` is about, and what the parts of a group are about."""
    both = page.lower[start] == "both"
    parts = members(page, _parts(page, start + both, end)) if "and" in page.lower[start:end] else ()
    if parts:
        link = max(index for index in range(parts[0].start, parts[-1].end) if page.lower[index] == "and")
        return Head("group", parts[0].start, parts[-1].head.end, link), tuple(part.head for part in parts)
    single = phrases.head(page, start, end)
    if single is not None and single.kind == "nominal" and (names := lists.examples(page, single)):
        return single._replace(kind="group", end=names[-1].end, role=(single.start, single.end)), names
    if single is not None and single.kind == "group" and (single.start, single.end) != (start, end):
        return head(page, single.start, single.end)
    return single, ()


def members(page: Page, parts: Sequence[Part]) -> Sequence[Part]:
    """The parts that make a group, none where they make none."""
    if len(parts) < 2 or not parts[-1].joined:
        return ()
    if all(part.joined for part in parts[1:]):
        return parts if all(_stands_beside(page, parts[0], part) for part in parts[1:]) else ()
    names = [part for part in parts if _is_named(page, part)]
    return names if len(names) == len(parts) or _are_told(page, parts, names) else ()


def _parts(page: Page, start: int, end: int) -> list[Part]:
    """The parts of a phrase; none where one is about nothing, or about what stands outside of it."""
    parts = list[Part]()
    for left, right, joined in _stretches(page, start, end):
        first, last = phrases.strip(page, left, right)
        about = phrases.head(page, first, last)
        if about is None or about.start < first or about.end > last:
            return []
        parts.append(Part(first, last, about, joined))
    return parts


def _stretches(page: Page, start: int, end: int) -> list[tuple[int, int, bool]]:
    """What stands between commas, dashes and "and", up to a clause, and whether an "and" stands before it; nothing where another
    mark cuts the phrase up. What stands in brackets belongs to the part before it, and what the last comma parts to the last one:
    "she and the mayor, Bob Orr".
    """
    found, first, joined, depth = list[tuple[int, int, bool]](), start, False, 0
    last = max((index for index in range(start, end) if page.lower[index] == "and"), default=end)
    for index in (index for index in range(start, end) if index not in page.inside):
        word = page.lower[index]
        depth += (word == "(") - (word == ")")
        if depth or word not in ENDS:
            if not depth and page.breaks[index] and word != ")" and start < index < end - 1:
                return []
            continue
        if (word == "," and first > last) or (word == "and" and _is_title(page, index)):
            continue
        if index > first:
            found.append((first, index, joined))
        joined, first = word == "and" or (joined and index == first), index + 1
        if word in CLAUSES:
            return found
    return [*found, (first, end, joined)] if first < end else found


def _is_title(page: Page, link: int) -> bool:
    """Whether an "and" joins two words of a title: "Police and Crime Commissioner"."""
    beside = (link - 1, link + 1)
    return all(0 <= i < len(page.words) and is_capital(page.words[i]) and i not in page.inside for i in beside)


def _stands_beside(page: Page, one: Part, other: Part) -> bool:
    """Whether two parts with nothing but "and" between them are two, as "a report by Ann and a study by Bob" are."""
    if one.head.document is not None and other.head.document is not None:
        return one.head.kind == other.head.kind == "name"
    if any(page.lower[index] in LINKS and index not in page.inside for index in range(one.start, one.end)):
        return all(part.head.kind == "name" and page.names[part.head.start][1] == "person" for part in (one, other))
    if one.head.kind in ("name", "pronoun"):
        return True
    bare = other.head.kind == "pronoun" or (other.head.kind == "name" and other.head.start == other.start)
    return _is_closed(page, one) and (bare or _is_closed(page, other))


def _is_closed(page: Page, part: Part) -> bool:
    """Whether the part has an article or an owner of its own."""
    owned = any(page.lower[index] in GENITIVES for index in range(part.start, part.head.end))
    return owned or page.lower[part.start] in DETERMINERS | POSSESSIVES


def _is_named(page: Page, part: Part) -> bool:
    """Whether the part is a name with no more than an article, an owner, a title or a role before it."""
    lead, before = part.head.start - part.start, part.head.start - 1
    if part.head.kind != "name" or not lead:
        return part.head.kind == "name"
    article = lead == 1 and page.lower[before] in DETERMINERS
    return article or page.lower[before] in GENITIVES or page.kind(before) in NOUNS


def _are_told(page: Page, parts: Sequence[Part], names: Sequence[Part]) -> bool:
    """Whether the names behind a plural tell who it is: "two senators, Smith and Jones"; not "heads of Cuba, Peru and Chile"."""
    plural = noun(page.lower[parts[0].head.main])[1] == "plural" and parts[0] not in names
    return plural and len(names) == len(parts) - 1 > 1 and all(page.names[part.head.start][1] != "place" for part in names)
