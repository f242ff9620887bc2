"""Capitals: where names stand, by the ents and by how words are written.

In: a `Page` and the Doc's `ents` (some wrong, some missing, some too short or too long). Out: the names noted on the page, each
without article, titles, owners and verbs, grown over the capitalised words beside it. It leaves alone whose names they are.
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
    is_capital,
    noun,
)
from attribution.resolving.page import Page, Tokens

PLURAL_GENITIVES = frozenset({"'", "’"})
LINKING = PARTICLES | {"-", "&"}
"""What stands between two words of one name."""
OPENING, CLOSING, LONGEST_NICKNAME = frozenset("\"'“‘("), frozenset("\"'”’)"), 3
TYPES = {"PERSON": "person", "ORG": "organization", "LOC": "place"}


def find_ents(page: Page, ents: Sequence[Span]) -> None:
    """Note the names of the ents."""
    page.places.update(index for ent in ents if ent.label_ == "LOC" for index in range(ent.start, ent.end))
    page.persons.update(index for ent in ents if ent.label_ == "PERSON" and len(ent) > 1 for index in range(ent.start, ent.end))
    for ent in ents:
        for start, end in _pieces(page, ent.start, ent.end, body=ent.label_ == "ORG"):
            _note_ent(page, start, end, TYPES.get(ent.label_, "unknown"))
    _call(page)


def _pieces(page: Page, start: int, end: int, *, body: bool) -> list[Tokens]:
    """An ent cut at marks, at a line's end and behind an owner ("UK's Ministry"), but not in "Officers' Guild"."""
    pieces, owning = [start], GENITIVES - PLURAL_GENITIVES if body else GENITIVES
    for index in range(start, end):
        if page.breaks[index] or (page.lower[index] in owning and start < index < end - 1 and _owns(page, start, index)):
            pieces += [index, index + 1]
    pieces.append(end)
    return [(first, last) for first, last in zip(pieces[::2], pieces[1::2], strict=True) if first < last]


def _owns(page: Page, start: int, end: int) -> bool:
    """Whether the words before a genitive are an owner and no part of the name, as "Moody" is of "Moody's Analytics"."""
    return end - start > 1 or page.words[start].isupper() or page.kind(end + 1) in BODIES


def _note_ent(page: Page, start: int, end: int, type_: str) -> None:
    """Note an ent, trimmed, grown, and cut behind a role or a body ("Speaker Paul Ryan", "Budget Committee Paul Ryan")."""
    first, last = _trim(page, start, end)
    if first == last or first in page.inside or (last - first == 1 and _is_plain(page, first)):
        return
    first, last = _grow(page, first, last)
    cut = next((index for index in range(last - 2, first - 1, -1) if _calls(page, index, first, last)), None)
    if cut is not None:
        if cut > first:
            page.note(*_trim(page, first, cut + 1), "organization")
        first, type_ = cut + 1, "person"
    while last - first > 1 and (page.kind(first) in HONORIFICS or (type_ != "organization" and page.kind(first) in TITLES)):
        type_ = "person" if page.kind(first) in HONORIFICS else type_
        first += 1
    if last - first == 1 and first and page.words[first].endswith(".") and page.words[first - 1] == ",":
        type_ = "place"
    page.note(first, last, type_)


def _trim(page: Page, start: int, end: int) -> Tokens:
    """The ent without what no name begins or ends with: an article, a verb, a genitive, a word in lower case."""
    while start < end and (start in page.cues or not _may_begin(page, start)):
        start += 1
    while start < end and (end - 1 in page.cues or not _may_end(page, start, end - 1) or page.lower[end - 1] in STOPS):
        end -= 1
    return start, end


def _may_end(page: Page, start: int, last: int) -> bool:
    """Whether a name may end with a word: a capital, or what a hyphen joins to one ("Ban Ki-moon")."""
    return is_capital(page.words[last]) or (start < last - 1 and page.words[last - 1] == "-" and page.words[last].isalpha())


def _may_begin(page: Page, index: int) -> bool:
    word, lower = page.words[index], page.lower[index]
    if lower in PARTICLES or (word.isupper() and len(word) > 1):
        return True
    return word[0].isalnum() and not word.islower() and lower not in DETERMINERS | STOPS | PRONOUNS.keys()


def _is_plain(page: Page, index: int) -> bool:
    """Whether the word is a plain noun that opens a sentence, or no name at all."""
    return page.opens(index) and page.kind(index) not in (None, *HONORIFICS)


def _grow(page: Page, start: int, end: int) -> Tokens:
    """The name with the capitalised words to its left and right."""
    while (left := _left(page, start)) is not None:
        start = left
    while (right := _right(page, end)) is not None:
        end = right
    return start, end


def _left(page: Page, start: int) -> int | None:
    """Where the name starts with one more word, past a hyphen or a particle: "Jo" of "Jo-Renee", "Osama" of "bin Laden"."""
    index = start - 1
    if index > 0 and page.lower[index] in LINKING and not page.breaks[index]:
        index -= 1
    return index if index >= 0 and _belongs(page, index, start) else None


def _right(page: Page, end: int) -> int | None:
    """Where the name ends with one more word; the name of a body or an outlet ends with the noun that says so."""
    index = end
    if index + 1 < len(page.words) and page.lower[index] in LINKING:
        index += 1
    if index >= len(page.words) or not _belongs(page, index, end - 1):
        return None
    closed = _is_body(page, end - 1) and not _is_body(page, index)
    return None if closed else index + 1


def _call(page: Page) -> None:
    """Make one name of somebody's with a nickname in its midst: "Ann" “Nan” "Lee", "Ann" (Orr) "Lee"."""
    for start, (end, type_) in sorted(page.names.items()):
        if start in page.names and type_ == "person" and (other := _behind_nickname(page, end)) is not None:
            page.note(start, page.names[other][0], "person")


def _behind_nickname(page: Page, end: int) -> int | None:
    """The name that goes on behind a nickname."""
    if end >= len(page.words) or page.words[end] not in OPENING:
        return None
    index = end + 1
    while index < min(end + 1 + LONGEST_NICKNAME, len(page.words)) and is_capital(page.words[index]):
        index += 1
    closed = end + 1 < index < len(page.words) and page.words[index] in CLOSING
    return index + 1 if closed and index + 1 in page.names else None


def _may_go_on(page: Page, index: int, beside: int) -> bool:
    """Whether a word may be part of a name that the word `beside` belongs to: capitalised, in prose, in the same sentence."""
    return (
        is_capital(page.words[index])
        and page.sentences[index] == page.sentences[beside]
        and page.sentences[index] not in page.headings
        and index not in page.cues
        and page.lower[index] not in NO_NAMES
    )


def _is_body(page: Page, index: int) -> bool:
    return page.kind(index) in BODIES or page.lower[index] in OUTLETS


def _belongs(page: Page, index: int, beside: int) -> bool:
    """Whether a word beside a name is part of it: one that may be, but no title, no word that merely opens the sentence, and no
    place beside somebody's full name ("envoy for Iran Brian Hook").
    """
    return (
        _may_go_on(page, index, beside)
        and index not in page.inside
        and page.kind(index) not in TITLES
        and not (page.lower[index] in page.plain and page.opens(index))
        and not (index in page.places and beside in page.persons)
        and not (index in page.persons and beside in page.places)
    )


def _calls(page: Page, index: int, start: int, end: int) -> bool:
    """Whether a noun within an ent is said of the name behind it: "Director" of "Research Director Raj Shah"."""
    kind, rest = page.kind(index), range(index + 1, end)
    return (
        (
            (kind in PERSONS and page.lower[index] not in PLURALS)
            or (kind in BODIES and len(rest) > 1 and (kind == "organization" or index == start))
        )
        and (len(rest) > 1 or index == start)
        and all(is_capital(page.words[i]) and page.kind(i) in (None, *HONORIFICS) for i in rest)
    )


def find_names(page: Page, start: int, end: int) -> None:
    """Note the names of a phrase that are no ents: capitalised words that the phrase, a stop or a genitive ends."""
    index = start
    while index < end:
        first = index
        index = _capitals(page, first, end)
        while first < index and page.lower[first] in DETERMINERS | PRONOUNS.keys():
            first += 1
        if first < index and (index == end or _ends_name(page, first, index)) and _is_name(page, first, index):
            _note_ent(page, first, index, "organization" if page.kind(index - 1) in BODIES else "unknown")
        index += 1


def _capitals(page: Page, index: int, end: int) -> int:
    """Where the capitalised words from `index` end; a body's name may hold a link: "Department of Justice"."""
    first = index
    while index < end and index not in page.inside:
        if is_capital(page.words[index]):
            index += 1
        elif first < index < end - 1 and page.lower[index] in JOINTS and is_capital(page.words[index + 1]):
            last = _capitals(page, index + 1, end)
            if not {page.kind(first), page.kind(last - 1)} & BODIES:
                break
            index = last
        else:
            break
    return index


def _ends_name(page: Page, first: int, index: int) -> bool:
    if page.lower[index] == "and":
        after = page.words[index + 1] if index + 1 < len(page.words) else ""
        return is_capital(after) or after in ARTICLES
    body = page.is_noun(index) and index - first > 1 and page.kind(index - 1) in BODIES
    body |= page.kind(index) == "document" and page.lower[index - 1] in OUTLETS and page.kind(index - 1) is None
    return body or page.breaks[index] or page.lower[index] in STOPS | GENITIVES


def _is_name(page: Page, first: int, last: int) -> bool:
    """Capitalised words are a name unless they are a plain noun in a headline or at a sentence's start ("Part of the law")."""
    kind, number = noun(page.lower[last - 1])
    begins = page.lower[last : last + 1] == ["of"] and page.opens(first)
    if last - first == 1 and (begins or page.lower[first] in NO_NAMES):
        return False
    if last - first > 1:
        return kind is None or kind in BODIES or kind == "document"
    return kind is None and not (number == "plural" and page.opens(first))
