"""Page: a Doc's words as lists, and the names among them, so that the rules can look around without parts of speech.

In: a Doc with `ents` (some wrong, some missing) and its quotes. Out: a `Page`, where names stand without titles and owners, and
where `find_names` adds those of a phrase that no ent covers. It leaves alone what the phrases are about.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from spacy.tokens import Doc

from attribution.data import Offsets, Quote
from attribution.lexicon import (
    ARTICLES,
    BODIES,
    DETERMINERS,
    GENITIVES,
    HONORIFICS,
    JOINTS,
    PERSONS,
    PRONOUNS,
    STOPS,
    TITLES,
    is_break,
    is_capital,
    noun,
)

TYPES = {"PERSON": "person", "ORG": "organization", "LOC": "place"}

Tokens = tuple[int, int]
"""The number of the first token and of the one behind the last."""


class Page:
    """A Doc's tokens as lists, with its sentences, names, quotation marks and cues by token number."""

    def __init__(self, doc: Doc, quotes: Iterable[Quote]) -> None:
        self.words = [token.text for token in doc]
        self.lower = [word.lower() for word in self.words]
        self.starts = [token.idx for token in doc]
        self.sentences = sentences(doc)
        gaps = [False] + [bool(token.whitespace_) for token in doc]
        self.breaks = [
            is_break(word, before, spaced=gap) for word, before, gap in zip(self.words, ["", *self.words], gaps, strict=False)
        ]
        self.quoted = [False] * len(doc)
        self.cues, self.contents = set[int](), set[int]()
        for quote in quotes:
            self.contents.update(self.tokens((span.start, span.end))[0] for span in quote.content)
            for span in quote.verbatim:
                start, end = self.tokens((span.start, span.end))
                self.quoted[start:end] = [True] * (end - start)
            if quote.verb is not None:
                self.cues.update(range(*self.tokens((quote.verb.start, quote.verb.end))))
        self.names: dict[int, tuple[int, str]] = {}
        self.ends: dict[int, int] = {}
        self.inside: dict[int, int] = {}
        for ent in doc.ents:
            self.add_ent(ent.start, ent.end, TYPES.get(ent.label_, "unknown"))

    def tokens(self, offsets: Offsets) -> Tokens:
        """The tokens that the characters touch."""
        start = max(0, bisect_right(self.starts, offsets[0]) - 1)
        return start, max(start + 1, bisect_right(self.starts, offsets[1] - 1))

    def offsets(self, tokens: Tokens) -> Offsets:
        """The characters of the tokens."""
        last = tokens[1] - 1
        return self.starts[tokens[0]], self.starts[last] + len(self.words[last])

    def add_ent(self, start: int, end: int, type_: str) -> None:
        """Note the names of an ent, cut where it runs over a line, an owner ("UK's Ministry") or a role ("Speaker Paul Ryan")."""
        for index in range(start, end):
            if self.breaks[index]:
                self.add_ent(start, index, type_)
                return self.add_ent(index + 1, end, type_)
            if self.lower[index] in GENITIVES and start < index < end - 1 and self._owns(start, index):
                self.add_name(start, index, "unknown")
                return self.add_ent(index + 1, end, type_)
        cut = next((index for index in range(end - 2, start - 1, -1) if self._calls(index, start, end)), None)
        if cut is not None:
            if cut > start:
                self.add_name(start, cut + 1, "organization")
            start, type_ = cut + 1, "person"
        if start < end:
            self.add_name(start, end, type_)
        return None

    def _owns(self, start: int, end: int) -> bool:
        """Whether the words before a genitive are an owner and no part of the name, as "Moody" is of "Moody's Analytics"."""
        return end - start > 1 or self.words[start].isupper() or noun(self.lower[end + 1])[0] in BODIES

    def _calls(self, index: int, start: int, end: int) -> bool:
        """Whether a noun within an ent is said of the name behind it: "Director" of "Research Director Raj Shah"."""
        kind, rest = self.kind(index), range(index + 1, end)
        return (
            (kind in PERSONS or (kind in BODIES and len(rest) > 1 and (kind == "organization" or index == start)))
            and (len(rest) > 1 or index == start)
            and all(is_capital(self.words[i]) and self.kind(i) in (None, *HONORIFICS) for i in rest)
        )

    def add_name(self, start: int, end: int, type_: str) -> None:
        """Note a name without its article, its titles and its genitive; an abbreviation after a comma is a state ("Md.")."""
        while end - start > 1 and (self.lower[end - 1] in GENITIVES or self.breaks[end - 1]):
            end -= 1
        while end - start > 1 and (start in self.cues or self._is_outside(start)):
            start += 1
        while end - start > 1 and type_ != "organization" and self.kind(start) in TITLES:
            start += 1
        if end - start == 1 and start and self.words[start].endswith(".") and self.words[start - 1] == ",":
            type_ = "place"
        plain = end - start == 1 and self.opens(start) and self.kind(start) not in (None, *HONORIFICS)
        if not plain and (is_capital(self.words[start]) or is_capital(self.words[end - 1])):
            self.names[start], self.ends[end] = (end, type_), start
            self.inside.update((index, start) for index in range(start, end))

    def _is_outside(self, index: int) -> bool:
        """Whether a name cannot begin with the token: an article, a mark, a word in lower case but "de" and the like."""
        word = self.words[index]
        return self.lower[index] in DETERMINERS or not word[0].isalnum() or (word.islower() and len(word) > 4)

    def kind(self, index: int) -> str | None:
        """The kind of noun that the token may be."""
        return noun(self.lower[index])[0]

    def is_noun(self, index: int) -> bool:
        """Whether the token is a noun of the lexicon and no part of a name."""
        return index not in self.inside and self.kind(index) not in (None, "modifier", *HONORIFICS)

    def opens(self, index: int) -> bool:
        """Whether nothing but a mark or a short conjunction stands between the token and the start of its sentence."""
        while index and self.sentences[index - 1] == self.sentences[index]:
            index -= 1
            if not self.breaks[index] and self.lower[index] not in ("but", "and", "the", "yet", "so"):
                return False
        return True

    def is_subject(self, start: int, end: int) -> bool:
        """Whether the phrase opens its sentence and is no owner of what follows."""
        return self.opens(start) and not (end < len(self.words) and self.lower[end] in GENITIVES)


def sentences(doc: Doc) -> list[int]:
    """The number of each token's sentence; a line break ends one too."""
    numbers, number, broken = list[int](), 0, False
    for token in doc:
        number += bool(numbers) and (broken or token.is_sent_start is True)
        numbers.append(number)
        broken = token.is_space and "\n" in token.text
    return numbers


def find_names(page: Page, start: int, end: int) -> None:
    """Note the names of a phrase that are no ents: capitalised words that the phrase, a stop or a genitive ends."""
    index = start
    while index < end:
        first = index
        index = _capitals(page, first, end)
        while first < index and page.lower[first] in DETERMINERS | PRONOUNS.keys():
            first += 1
        if first < index and (index == end or _ends_name(page, first, index)) and _is_name(page, first, index):
            page.add_name(first, index, "organization" if page.kind(index - 1) in BODIES else "unknown")
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
    return body or page.breaks[index] or page.lower[index] in STOPS | GENITIVES


def _is_name(page: Page, first: int, last: int) -> bool:
    """Capitalised words are a name unless they are a plain noun in a headline or at the start of a sentence."""
    kind, number = noun(page.lower[last - 1])
    if last - first > 1:
        return kind is None or kind in BODIES or kind == "document"
    return kind is None and not (number == "plural" and page.opens(first))
