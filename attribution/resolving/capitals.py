"""Capitals: record the names that ents and capitalised words show.

In: a `Page` and the Doc's `ents` (some wrong, missing, too short or too long). Out: the names recorded on the page, each without
article, titles, owners and verbs, and extended over adjacent capitalised words. It leaves alone who the names refer to.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Span

from attribution.resolving.lexicon import (
    ARTICLES,
    BODIES,
    DETERMINERS,
    GENITIVES,
    HONORIFICS,
    JOINTS,
    NO_NAMES,
    OUTLETS,
    PARTICLES,
    PERSONS,
    PLURALS,
    PRONOUNS,
    STOPS,
    TITLES,
    classify_noun,
    is_body_word,
    is_capital,
)
from attribution.resolving.page import Page, Tokens

PLURAL_GENITIVES = frozenset({"'", "’"})
NAME_JOINTS = PARTICLES | {"-", "&"}
"""What may come between two words of one name."""
OPENING, CLOSING, MAX_NICKNAME = frozenset("\"'“‘("), frozenset("\"'”’)"), 3
TYPE_OF_LABEL = {"PERSON": "person", "ORG": "organization", "LOC": "place"}


def record_ents(page: Page, ents: Sequence[Span]) -> None:
    """Record the names that the ents show."""
    page.place_tokens.update(*(range(ent.start, ent.end) for ent in ents if ent.label_ == "LOC"))
    page.person_tokens.update(*(range(ent.start, ent.end) for ent in ents if ent.label_ == "PERSON" and len(ent) > 1))
    for ent in ents:
        for start, end in _split_ent(page, ent.start, ent.end, body=ent.label_ == "ORG"):
            _record_name(page, start, end, TYPE_OF_LABEL.get(ent.label_, "unknown"))
    _join_nicknames(page)


def _split_ent(page: Page, start: int, end: int, *, body: bool) -> list[Tokens]:
    """An ent split at marks, line ends and owners ("UK's Ministry"), but not in "Officers' Guild"."""
    pieces, owning = [start], GENITIVES - PLURAL_GENITIVES if body else GENITIVES
    for index in range(start, end):
        if page.breaks[index] or (page.lower[index] in owning and start < index < end - 1 and _is_owner(page, start, index)):
            pieces += [index, index + 1]
    pieces.append(end)
    return [(first, last) for first, last in zip(pieces[::2], pieces[1::2], strict=True) if first < last]


def _is_owner(page: Page, start: int, end: int) -> bool:
    """Whether the words before a genitive are an owner, and not part of the name as in "Moody's Analytics"."""
    return end - start > 1 or page.words[start].isupper() or page.noun_kind(end + 1) in BODIES


def _record_name(page: Page, start: int, end: int, type_: str) -> None:
    """Record a name, trimmed, extended, and split after a role or a body ("Speaker Paul Ryan", "Budget Committee Paul Ryan")."""
    first, last = _trim(page, start, end)
    if first == last or first in page.name_at or (last - first == 1 and _is_plain(page, first)):
        return
    first, last = _extend(page, first, last)
    cut = next((index for index in range(last - 2, first - 1, -1) if _is_role_word(page, index, first, last)), None)
    if cut is not None:
        if cut > first:
            page.add_name(*_trim(page, first, cut + 1), "organization")
        first, type_ = cut + 1, "person"
    while last - first > 1 and (kind := page.noun_kind(first)) in (HONORIFICS if type_ == "organization" else TITLES):
        type_ = "person" if kind in HONORIFICS else type_
        first += 1
    if last - first == 1 and first and page.words[first].endswith(".") and page.words[first - 1] == ",":
        type_ = "place"
    page.add_name(first, last, type_)


def _trim(page: Page, start: int, end: int) -> Tokens:
    """The words without those that cannot begin or end a name: articles, verbs, genitives, words in lower case."""
    while start < end and (start in page.cues or not _may_begin(page, start)):
        start += 1
    while start < end and (end - 1 in page.cues or not _may_end(page, start, end - 1) or page.lower[end - 1] in STOPS):
        end -= 1
    return start, end


def _may_end(page: Page, start: int, last: int) -> bool:
    """Whether a name may end with the word: a capitalised one, or one joined by a hyphen ("Ban Ki-moon")."""
    return is_capital(page.words[last]) or (start < last - 1 and page.words[last - 1] == "-" and page.words[last].isalpha())


def _may_begin(page: Page, index: int) -> bool:
    word, lower = page.words[index], page.lower[index]
    if lower in PARTICLES or (word.isupper() and len(word) > 1):
        return True
    return word[0].isalnum() and not word.islower() and lower not in DETERMINERS | STOPS | PRONOUNS.keys()


def _is_plain(page: Page, index: int) -> bool:
    """Whether the word is an ordinary noun at the start of a sentence."""
    return page.opens_sentence(index) and page.noun_kind(index) not in (None, *HONORIFICS)


def _extend(page: Page, start: int, end: int) -> Tokens:
    """The name extended over the capitalised words to its left and right."""
    while (left := _extend_left(page, start)) is not None:
        start = left
    while (right := _extend_right(page, end)) is not None:
        end = right
    return start, end


def _extend_left(page: Page, start: int) -> int | None:
    """The start of the name extended by one word, across a hyphen or a particle: "Jo" in "Jo-Renee", "Osama" in "bin Laden"."""
    index = start - 1
    if index > 0 and page.lower[index] in NAME_JOINTS and not page.breaks[index]:
        index -= 1
    return index if index >= 0 and _is_part_of_name(page, index, start) else None


def _extend_right(page: Page, end: int) -> int | None:
    """The end of the name extended by one word. The name of a body or an outlet ends with the noun that says so."""
    index = end
    if index + 1 < len(page.words) and page.lower[index] in NAME_JOINTS:
        index += 1
    if index >= len(page.words) or not _is_part_of_name(page, index, end - 1):
        return None
    closed = is_body_word(page.lower[end - 1]) and not is_body_word(page.lower[index])
    return None if closed else index + 1


def _join_nicknames(page: Page) -> None:
    """Join a person's names around a nickname: "Ann" “Nan” "Lee", "Ann" (Orr) "Lee"."""
    for start, (end, type_) in sorted(page.names.items()):
        if start in page.names and type_ == "person" and (other := _name_after_nickname(page, end)) is not None:
            page.add_name(start, page.names[other][0], "person")


def _name_after_nickname(page: Page, end: int) -> int | None:
    """The start of the name that continues after a nickname."""
    if end >= len(page.words) or page.words[end] not in OPENING:
        return None
    index = end + 1
    while index < min(end + 1 + MAX_NICKNAME, len(page.words)) and is_capital(page.words[index]):
        index += 1
    closed = end + 1 < index < len(page.words) and page.words[index] in CLOSING
    return index + 1 if closed and index + 1 in page.names else None


def _is_part_of_name(page: Page, index: int, beside: int) -> bool:
    """Whether a word is part of the name beside it: capitalised, in prose and in the same sentence. A title is not, nor a word
    capitalised only because it opens the sentence, nor a place next to a person's full name ("envoy for Iran Brian Hook").
    """
    return (
        is_capital(page.words[index])
        and page.sentences[index] == page.sentences[beside]
        and page.sentences[index] not in page.headings
        and index not in page.cues
        and index not in page.name_at
        and page.lower[index] not in NO_NAMES
        and page.noun_kind(index) not in TITLES
        and not (page.lower[index] in page.vocabulary and page.opens_sentence(index))
        and not (index in page.place_tokens and beside in page.person_tokens)
        and not (index in page.person_tokens and beside in page.place_tokens)
    )


def _is_role_word(page: Page, index: int, start: int, end: int) -> bool:
    """Whether a noun in an ent describes the name after it: "Director" in "Research Director Raj Shah"."""
    kind, rest = page.noun_kind(index), range(index + 1, end)
    return (
        (
            (kind in PERSONS and page.lower[index] not in PLURALS)
            or (kind in BODIES and len(rest) > 1 and (kind == "organization" or index == start))
        )
        and (len(rest) > 1 or index == start)
        and all(is_capital(page.words[i]) and page.noun_kind(i) in (None, *HONORIFICS) for i in rest)
    )


def record_names(page: Page, start: int, end: int) -> None:
    """Record the names in a phrase that no ent shows: capitalised words up to a stop word, a genitive or the phrase's end."""
    index = start
    while index < end:
        first = index
        index = _capitals_end(page, first, end)
        while first < index and page.lower[first] in DETERMINERS | PRONOUNS.keys():
            first += 1
        if first < index and (index == end or _ends_name(page, first, index)) and _is_name(page, first, index):
            _record_name(page, first, index, "organization" if page.noun_kind(index - 1) in BODIES else "unknown")
        index += 1


def _capitals_end(page: Page, index: int, end: int) -> int:
    """Where the capitalised words from `index` end. The name of a body may hold a preposition: "Department of Justice"."""
    first = index
    while index < end and index not in page.name_at:
        if is_capital(page.words[index]):
            index += 1
        elif first < index < end - 1 and page.lower[index] in JOINTS and is_capital(page.words[index + 1]):
            last = _capitals_end(page, index + 1, end)
            if not {page.noun_kind(first), page.noun_kind(last - 1)} & BODIES:
                break
            index = last
        else:
            break
    return index


def _ends_name(page: Page, first: int, index: int) -> bool:
    if page.lower[index] == "and":
        after = page.words[index + 1] if index + 1 < len(page.words) else ""
        return is_capital(after) or after in ARTICLES
    body = page.is_noun(index) and index - first > 1 and page.noun_kind(index - 1) in BODIES
    body |= page.noun_kind(index) == "document" and page.lower[index - 1] in OUTLETS and page.noun_kind(index - 1) is None
    return body or page.breaks[index] or page.lower[index] in STOPS | GENITIVES


def _is_name(page: Page, first: int, last: int) -> bool:
    """Whether capitalised words are a name, not an ordinary noun in a heading or at a sentence's start ("Part of the law")."""
    kind, number = classify_noun(page.lower[last - 1])
    begins = page.lower[last : last + 1] == ["of"] and page.opens_sentence(first)
    if last - first == 1 and (begins or page.lower[first] in NO_NAMES):
        return False
    if last - first > 1:
        return kind is None or kind in BODIES or kind == "document"
    return kind is None and not (number == "plural" and page.opens_sentence(first))
