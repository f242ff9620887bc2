"""Lists: the names that an article names together, "Senators Smith, of Iowa, and Jones", "critics like Smith and Jones".

In: a `Page` and token numbers. Out: groups, each with its names, whom "they" and "the senators" may be, be they a source or not.
No place's name is in a list, nor one behind which the phrase goes on ("Smith and Jones's plan"). It leaves alone who is in a
phrase of another build (groups).
"""

from __future__ import annotations

from collections.abc import Iterator

from attribution.resolving.lexicon import DETERMINERS, TITLES, noun
from attribution.resolving.page import Page
from attribution.resolving.phrases import Head, named

LONGEST_TITLE, LONGEST_ASIDE = 3, 8
"""How many words may stand before a name in a list, and between the commas behind it."""
LONGEST_LIST = 12
EXAMPLES = frozenset({"like", "including", "include", "includes"})
"""What stands between a plural and the names that tell who it is: "critics like Smith and Jones"."""


def together(page: Page) -> Iterator[tuple[Head, tuple[Head, ...]]]:
    """The persons whom the article's own voice names together: "Senators Smith, of Iowa, and Jones". Where the last alone says
    something, as in "it met Smith, and Jones said", they are none; where both do, they are a source anyway (groups).
    """
    behind = 0
    for start in sorted(page.names):
        if start >= behind and page.names[start][1] == "person" and not page.quoted[start]:
            names = _list(page, start)
            if names and names[-1].end not in page.cues and all(page.names[name.start][1] == "person" for name in names):
                behind = names[-1].end
                yield Head("group", start, behind, names[-1].start - 1), names


def examples(page: Page, plural: Head) -> tuple[Head, ...]:
    """The names that tell who a plural is: "critics, like Smith and Jones", "its authors, which include Smith and Jones"."""
    if noun(page.lower[plural.main])[1] != "plural":
        return ()
    index = plural.end
    index += page.words[index : index + 1] == [","]
    index += page.lower[index : index + 1] == ["which"]
    return _list(page, index + 1) if page.lower[index : index + 1] and page.lower[index] in EXAMPLES else ()


def _list(page: Page, index: int) -> tuple[Head, ...]:
    """The names from a token on that "and" joins, none a place's, with their titles and what stands in commas behind them."""
    names, joined = list[Head](), False
    while len(names) < LONGEST_LIST and (start := _name(page, index)) is not None:
        names.append(named(page, start))
        if joined:
            return () if page.is_attributive(names[-1].end) else tuple(names)
        index = _behind(page, names[-1].end)
        joined = page.lower[index : index + 1] == ["and"]
        if not joined and page.words[index : index + 1] != [","]:
            break
        index += 1
    return ()


def _name(page: Page, index: int) -> int | None:
    """Where the name that a list goes on with starts, an article and titles before it left out."""
    start = next((i for i in range(index, index + LONGEST_TITLE + 1) if i in page.names or not _leads(page, i)), index)
    return start if start in page.names and page.names[start][1] != "place" else None


def _leads(page: Page, index: int) -> bool:
    """Whether the token may stand before a name in a list."""
    return index < len(page.words) and (page.lower[index] in DETERMINERS or page.kind(index) in TITLES)


def _behind(page: Page, end: int) -> int:
    """Where the "and" or the comma stands that goes on a list: behind "(R-Iowa)", "of Iowa" and ", Republican of Iowa,"."""
    last = min(len(page.words), end + LONGEST_ASIDE)
    if page.words[end : end + 1] == ["("]:
        end = next((i + 1 for i in range(end, last) if page.words[i] == ")"), end)
    if page.lower[end : end + 1] == ["of"] and end + 1 in page.names:
        end = page.names[end + 1][0]
    if page.words[end : end + 1] == [","] and end + 1 not in page.names:
        comma = next((i for i in range(end, last - 1) if page.words[i] == "," and page.lower[i + 1] == "and"), None)
        return end if comma is None else comma + 1
    return end
