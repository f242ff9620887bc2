"""Roles: find where a nominal begins, and the words before or after a name that give a role.

In: a `Page` and token numbers. Out: the tokens of nominals and roles: "Russian President" before "Vladimir Putin", "the mayor of
York" after "Ann Lee,". It leaves alone the head of a phrase (phrases).
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
    classify_noun,
    full_title,
    is_capital,
)
from attribution.resolving.page import Page, Tokens

MAX_ROLE, MAX_NOMINAL = 10, 4
NO_MODIFIERS = STOPS | DETERMINERS | POSSESSIVES | PRONOUNS.keys() | GENITIVES | {"and"}


def nominal_start(page: Page, noun: int) -> int:
    """Where the nominal with this noun begins, its article or number word included."""
    start = noun
    while start and noun - start < MAX_NOMINAL and is_modifier(page, start - 1, noun):
        start -= 1
    return start - 1 if start and page.lower[start - 1] in DETERMINERS else start


def role_before(page: Page, name: int) -> Tokens | None:
    """The role directly before a name: "Russian President", "the Russian news agency", "Clinton's campaign manager"."""
    if name > 2 and page.lower[name - 2] == "of" and page.is_noun(name - 3) and is_capital(page.words[name - 1]):
        return _role_from(page, name - 3, name)
    if not name or not page.is_noun(name - 1) or classify_noun(page.lower[name - 1])[1] == "plural":
        return None
    return _role_from(page, name - 1, name)


def title_before(page: Page, group: int) -> Tokens | None:
    """The plural title directly before the names of a group: "Republican Senators"."""
    titled = group and page.is_noun(group - 1) and classify_noun(page.lower[group - 1]) == ("person", "plural")
    return _role_from(page, group - 1, group) if titled else None


def _role_from(page: Page, main: int, name: int) -> Tokens:
    """The role whose noun is at `main`, from its article or first modifier up to the name."""
    sure = index = main
    while index and name - index < MAX_ROLE and is_modifier(page, index - 1, name):
        index -= 1
        if sure - index < 3 and (is_capital(page.words[index]) or page.noun_kind(index) is not None):
            sure = index
    before = page.lower[index - 1] if index else ""
    if index and page.sentences[index - 1] == page.sentences[name]:
        if before in (DETERMINERS - {"that"}) | POSSESSIVES:
            return index - 1, name
        if before in GENITIVES and index - 1 in page.name_ending_at:
            return page.name_ending_at[index - 1], name
    return (index if page.opens_sentence(index) else sure), name


def is_modifier(page: Page, index: int, name: int) -> bool:
    """Whether the token may modify the noun or name at `name`."""
    word = page.words[index]
    return (
        page.sentences[index] == page.sentences[name]
        and index not in page.cues
        and (page.lower[index] not in NO_MODIFIERS or (word.isupper() and len(word) > 1))
        and (word[0].isalpha() or word == "-")
        and (not word.endswith("ing") or page.noun_kind(index) is not None)
    )


def role_after(page: Page, end: int, *, body: bool) -> Tokens | None:
    """The role in apposition: "Tobias Ellwood, the chairman of the committee,", "G.K. Butterfield (D-N.C.), head of …". A nominal
    directly before a cue is its subject, not a role: "He met Ann Lee, a spokesman said".
    """
    start, last = end, len(page.words)
    if start < last and page.words[start] == "(":
        start = next((i + 1 for i in range(start, min(start + 10, last)) if page.words[i] == ")"), last)
    if start + 1 >= last or page.words[start] not in DASHES | {","}:
        return None
    start, stop = start + 1, start + 1
    while stop < last and _continues(page, stop, start):
        stop += 1
    link = next((i for i in range(start, stop) if page.lower[i] in STOPS), stop)
    nouns = [i for i in range(start, link) if page.is_noun(i)]
    owner = page.names.get(start, (start, ""))[0]
    owned = page.lower[start] in POSSESSIVES or (start < owner < last and page.lower[owner] in GENITIVES)
    named = owned or page.lower[start] in ARTICLES or page.noun_kind(start) in PERSONS | {"modifier"}
    if not nouns or not named or stop - start < 2 or nouns[-1] + 1 in page.names or _is_speech_cue(page, stop):
        return None
    return (start, stop) if not body or page.noun_kind(nouns[-1]) in BODIES else None


def _is_speech_cue(page: Page, index: int) -> bool:
    """Whether the token is a cue whose subject comes before it. A participle is not: "a lawyer claiming"."""
    return index in page.cues and not page.lower[index].endswith("ing")


def role_heads(role: str) -> set[str]:
    """The main nouns of a role, with titles in full: `role_heads("the leader of the group and his chef") == {"leader", "chef"}`,
    `role_heads("Sen.") == {"senator"}`.
    """
    words = [full_title(word) for word in role.lower().replace(",", "").split()]
    link = next((index for index, word in enumerate(words) if word in STOPS), len(words))
    main = next((word for word in reversed(words[:link]) if classify_noun(word)[0] in PERSONS | BODIES), "")
    return {main, words[-1]} if "and" in words else {main}


def _continues(page: Page, index: int, start: int) -> bool:
    return (
        index - start < 4 * MAX_ROLE
        and page.sentences[index] == page.sentences[start]
        and index not in page.cues
        and not page.breaks[index]
        and page.lower[index] not in ("who", "whose", "which")
    )
