"""Page: a Doc's words as lists, and the names among them, so that the rules can look around without parts of speech.

In: a Doc and its quotes. Out: a `Page`: words, sentences, marks and cues by token number, and room to note where names stand.
It finds no names (capitals) and reads no phrases (phrases).
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from itertools import accumulate

from spacy.tokens import Doc

from attribution.data import Offsets, Quote
from attribution.resolving.lexicon import DETERMINERS, GENITIVES, HONORIFICS, LINKS, is_break, noun

SHORTEST_CAPITALISED, SHORTEST_HEADING = 4, 5
"""A heading has that many words of that many letters, and three in four of them have a capital."""

Tokens = tuple[int, int]
"""The number of the first token and of the one behind the last."""


class Page:
    """A Doc's tokens as lists, with its sentences, names, quotation marks and cues by token number; `places` and `persons` are
    the tokens of the ents of places and of full names, `calls` the stretches by which sources call their speakers.
    """

    def __init__(self, doc: Doc, quotes: Iterable[Quote]) -> None:
        self.words = [token.text for token in doc]
        self.lower = [word.lower() for word in self.words]
        self.starts = [token.idx for token in doc]
        self.sentences = sentences(doc)
        self.paragraphs = list(accumulate(("\n" in word for word in self.words), initial=0))
        gaps = [False] + [bool(token.whitespace_) for token in doc]
        self.breaks = [
            is_break(word, before, spaced=gap) for word, before, gap in zip(self.words, ["", *self.words], gaps, strict=False)
        ]
        self.quoted = [False] * len(doc)
        self.said = [False] * len(doc)
        self.cues, self.contents = set[int](), set[int]()
        for quote in quotes:
            for span in quote.content:
                start, end = self.tokens((span.start, span.end))
                self.contents.add(start)
                self.said[start:end] = [True] * (end - start)
            for span in quote.verbatim:
                start, end = self.tokens((span.start, span.end))
                self.quoted[start:end] = [True] * (end - start)
            if quote.verb is not None:
                self.cues.update(range(*self.tokens((quote.verb.start, quote.verb.end))))
        self.plain = set(self.words)
        self.names: dict[int, tuple[int, str]] = {}
        self.ends: dict[int, int] = {}
        self.inside: dict[int, int] = {}
        self.places, self.persons = set[int](), set[int]()
        self.calls: dict[int, tuple[int, str]] = {}
        self.headings = self._find_headings()

    def tokens(self, offsets: Offsets) -> Tokens:
        """The tokens that the characters touch."""
        start = max(0, bisect_right(self.starts, offsets[0]) - 1)
        return start, max(start + 1, bisect_right(self.starts, offsets[1] - 1))

    def offsets(self, tokens: Tokens) -> Offsets:
        """The characters of the tokens."""
        last = tokens[1] - 1
        return self.starts[tokens[0]], self.starts[last] + len(self.words[last])

    def is_glued(self, index: int) -> bool:
        """Whether no space stands between the token and the next."""
        return index + 1 < len(self.words) and self.starts[index] + len(self.words[index]) == self.starts[index + 1]

    def note(self, start: int, end: int, type_: str) -> None:
        """Keep a name in mind, and forget those within it."""
        for first in [one for one in range(start, end) if one in self.names]:
            self.ends.pop(self.names.pop(first)[0], None)
        self.names[start], self.ends[end] = (end, type_), start
        self.inside.update((index, start) for index in range(start, end))

    def clear(self, start: int, end: int) -> None:
        """Forget the names that reach into a stretch; what stands of them before it stays."""
        for first in {self.inside[index] for index in range(start, end) if index in self.inside}:
            last, type_ = self.names.pop(first)
            self.ends.pop(last, None)
            for index in range(first, last):
                self.inside.pop(index, None)
            if first < start:
                self.note(first, start, type_)

    def _find_headings(self) -> set[int]:
        """The sentences that are written in Capitals Throughout."""
        capitals, words = Counter[int](), Counter[int]()
        for word, sentence in zip(self.words, self.sentences, strict=True):
            if len(word) >= SHORTEST_CAPITALISED and word.isalpha():
                words[sentence] += 1
                capitals[sentence] += word[0].isupper()
        return {
            sentence for sentence, count in words.items() if count >= SHORTEST_HEADING and 4 * capitals[sentence] >= 3 * count
        }

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
        return self.opens(start) and not self.is_genitive(end)

    def is_genitive(self, index: int) -> bool:
        """Whether the mark of an owner stands there: what is before it owns what is behind."""
        return index < len(self.words) and self.lower[index] in GENITIVES

    def is_oblique(self, start: int) -> bool:
        """Whether the phrase stands behind a preposition, its article left out: "the Senate" in "to the Senate"."""
        before = start - 1 - (start > 0 and self.lower[start - 1] in DETERMINERS)
        return before >= 0 and self.lower[before] in LINKS

    def is_attributive(self, end: int) -> bool:
        """Whether the phrase that ends there stands before a noun, as its owner or as a part of it."""
        return self.is_genitive(end) or (end < len(self.words) and self.is_noun(end))


def sentences(doc: Doc) -> list[int]:
    """The number of each token's sentence; a line break ends one too."""
    numbers, number, broken = list[int](), 0, False
    for token in doc:
        number += bool(numbers) and (broken or token.is_sent_start is True)
        numbers.append(number)
        broken = token.is_space and "\n" in token.text
    return numbers
