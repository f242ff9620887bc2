"""Roles: where a nominal starts, and the words before a name or behind it that say what he is.

In: a `Page` and token numbers. Out: the tokens of nominals and roles: "Russian President" before "Vladimir Putin", "the mayor of
York" behind "Ann Lee,". It leaves alone what a phrase is about (phrases).
"""

from __future__ import annotations

from attribution.resolving.lexicon import (
    ARTICLES,
    BODIES,
    DASHES,
    DETERMINERS,
    GENITIVES,
    PERSONS,
    POSSESSIVES,
    PRONOUNS,
    STOPS,
    is_capital,
    noun,
    whole,
)
from attribution.resolving.page import Page, Tokens

LONGEST_ROLE, LONGEST_NOMINAL = 10, 4
NO_MODIFIERS = STOPS | DETERMINERS | POSSESSIVES | PRONOUNS.keys() | GENITIVES | {"and"}


def nominal_start(page: Page, noun: int) -> int:
    """Where the nominal with that noun starts, its article or its quantity included."""
    start = noun
    while start and noun - start < LONGEST_NOMINAL and is_modifier(page, start - 1, noun):
        start -= 1
    return start - 1 if start and page.lower[start - 1] in DETERMINERS else start


def role_before(page: Page, name: int) -> Tokens | None:
    """The role that ends right before a name: "Russian President", "the Russian news agency", "Clinton's campaign manager"."""
    if name > 2 and page.lower[name - 2] == "of" and page.is_noun(name - 3) and is_capital(page.words[name - 1]):
        return _lead(page, name - 3, name)
    if not name or not page.is_noun(name - 1) or noun(page.lower[name - 1])[1] == "plural":
        return None
    return _lead(page, name - 1, name)


def title_before(page: Page, group: int) -> Tokens | None:
    """The plural right before the names of a group that says what all of them are: "Republican Senators"."""
    titled = group and page.is_noun(group - 1) and noun(page.lower[group - 1]) == ("person", "plural")
    return _lead(page, group - 1, group) if titled else None


def _lead(page: Page, main: int, name: int) -> Tokens:
    """The role with the noun at `main`, from its article or first modifier to the name."""
    sure = index = main
    while index and name - index < LONGEST_ROLE and is_modifier(page, index - 1, name):
        index -= 1
        if sure - index < 3 and (is_capital(page.words[index]) or page.kind(index) is not None):
            sure = index
    before = page.lower[index - 1] if index else ""
    if index and page.sentences[index - 1] == page.sentences[name]:
        if before in (DETERMINERS - {"that"}) | POSSESSIVES:
            return index - 1, name
        if before in GENITIVES and index - 1 in page.ends:
            return page.ends[index - 1], name
    return (index if page.opens(index) else sure), name


def is_modifier(page: Page, index: int, name: int) -> bool:
    """Whether the token may be one of the words that lead up to the noun or name at `name`."""
    word = page.words[index]
    return (
        page.sentences[index] == page.sentences[name]
        and index not in page.cues
        and (page.lower[index] not in NO_MODIFIERS or (word.isupper() and len(word) > 1))
        and (word[0].isalpha() or word == "-")
        and (not word.endswith("ing") or page.kind(index) is not None)
    )


def role_after(page: Page, end: int, *, body: bool) -> Tokens | None:
    """The role in apposition: "Tobias Ellwood, the chairman of the committee,", "G.K. Butterfield (D-N.C.), head of …"; who
    stands right before a cue speaks himself: "He met Ann Lee, a spokesman said".
    """
    start, last = end, len(page.words)
    if start < last and page.words[start] == "(":
        start = next((i + 1 for i in range(start, min(start + 10, last)) if page.words[i] == ")"), last)
    if start + 1 >= last or page.words[start] not in DASHES | {","}:
        return None
    start, stop = start + 1, start + 1
    while stop < last and _goes_on(page, stop, start):
        stop += 1
    link = next((i for i in range(start, stop) if page.lower[i] in STOPS), stop)
    nouns = [i for i in range(start, link) if page.is_noun(i)]
    owner = page.names.get(start, (start, ""))[0]
    owned = page.lower[start] in POSSESSIVES or (start < owner < last and page.lower[owner] in GENITIVES)
    named = owned or page.lower[start] in ARTICLES or page.kind(start) in PERSONS | {"modifier"}
    if not nouns or not named or stop - start < 2 or nouns[-1] + 1 in page.names or _speaks(page, stop):
        return None
    return (start, stop) if not body or page.kind(nouns[-1]) in BODIES else None


def _speaks(page: Page, index: int) -> bool:
    """Whether the token is a cue whose subject stands before it, and no participle: "a lawyer claiming"."""
    return index in page.cues and not page.lower[index].endswith("ing")


def role_heads(role: str) -> set[str]:
    """The nouns that a role is about: `role_heads("the leader of the group and his chef") == {"leader", "chef"}`, and of "Sen."
    the senator.
    """
    words = [whole(word) for word in role.lower().replace(",", "").split()]
    link = next((index for index, word in enumerate(words) if word in STOPS), len(words))
    main = next((word for word in reversed(words[:link]) if noun(word)[0] in PERSONS | BODIES), "")
    return {main, words[-1]} if "and" in words else {main}


def _goes_on(page: Page, index: int, start: int) -> bool:
    return (
        index - start < 4 * LONGEST_ROLE
        and page.sentences[index] == page.sentences[start]
        and index not in page.cues
        and not page.breaks[index]
        and page.lower[index] not in ("who", "whose", "which")
    )
