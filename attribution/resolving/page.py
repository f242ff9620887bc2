"""Page: a Doc's words as lists, with the names among them, so that the rules need no part-of-speech tags.

In: a Doc and its quotes. Out: a `Page`: words, sentences, marks and cues by token number, and a record of where the names are. It
leaves alone how names are found (capitals) and what phrases mean (phrases).
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable

from spacy.tokens import Doc

from attribution.data import Offsets, Quote
from attribution.resolving.lexicon import DETERMINERS, GENITIVES, HONORIFICS, PREPOSITIONS, classify_noun, is_break
from attribution.text.marks import parse_layout

MIN_HEADING_LETTERS, MIN_HEADING_WORDS = 4, 5
"""A heading has at least this many words of at least this many letters, three quarters of them capitalised."""

Tokens = tuple[int, int]
"""The number of the first token, and of the token after the last."""


class Page:
    """A Doc's tokens as lists, with its sentences, names, quotation marks and cues by token number. `place_tokens` and
    `person_tokens` are those of the ents for places and for full names of persons. `names`, and the `calls` within sources, hold
    the end and the type or label, by the start.
    """

    def __init__(self, doc: Doc, quotes: Iterable[Quote]) -> None:
        self.words = [token.text for token in doc]
        self.lower = [word.lower() for word in self.words]
        self.starts = [token.idx for token in doc]
        self.sentences = sentence_numbers(doc)
        self._layout = parse_layout(doc.text)
        gaps = [False] + [bool(token.whitespace_) for token in doc]
        self.breaks = [
            is_break(word, before, spaced=gap) for word, before, gap in zip(self.words, ["", *self.words], gaps, strict=False)
        ]
        self.quoted = [False] * len(doc)
        self.cues = set[int]()
        for quote in quotes:
            for span in quote.verbatim:
                start, end = self.tokens((span.start, span.end))
                self.quoted[start:end] = [True] * (end - start)
            if quote.verb is not None:
                self.cues.update(range(*self.tokens((quote.verb.start, quote.verb.end))))
        self.vocabulary = set(self.words)
        self.names: dict[int, tuple[int, str]] = {}
        self.name_ending_at: dict[int, int] = {}
        self.name_at: dict[int, int] = {}
        self.place_tokens, self.person_tokens = set[int](), set[int]()
        self.calls: dict[int, tuple[int, str]] = {}
        self.headings = self._find_headings()

    def paragraph(self, token: int) -> int:
        """The number of the paragraph that a token is in."""
        return self._layout.paragraph(self.starts[token])

    def tokens(self, offsets: Offsets) -> Tokens:
        """The tokens that overlap the characters."""
        start = max(0, bisect_right(self.starts, offsets[0]) - 1)
        return start, max(start + 1, bisect_right(self.starts, offsets[1] - 1))

    def offsets(self, tokens: Tokens) -> Offsets:
        """The characters that the tokens cover."""
        last = tokens[1] - 1
        return self.starts[tokens[0]], self.starts[last] + len(self.words[last])

    def is_glued(self, index: int) -> bool:
        """Whether the next token follows without a space."""
        return index + 1 < len(self.words) and self.starts[index] + len(self.words[index]) == self.starts[index + 1]

    def add_name(self, start: int, end: int, type_: str) -> None:
        """Record a name, in place of those within it."""
        for first in [one for one in range(start, end) if one in self.names]:
            self.name_ending_at.pop(self.names.pop(first)[0], None)
        self.names[start], self.name_ending_at[end] = (end, type_), start
        self.name_at.update((index, start) for index in range(start, end))

    def remove_names(self, start: int, end: int) -> None:
        """Remove the names that overlap a stretch. The part of a name before the stretch remains a name."""
        for first in {self.name_at[index] for index in range(start, end) if index in self.name_at}:
            last, type_ = self.names.pop(first)
            self.name_ending_at.pop(last, None)
            for index in range(first, last):
                self.name_at.pop(index, None)
            if first < start:
                self.add_name(first, start, type_)

    def _find_headings(self) -> set[int]:
        """The sentences that are Capitalised Like a Headline."""
        capitals, words = Counter[int](), Counter[int]()
        for word, sentence in zip(self.words, self.sentences, strict=True):
            if len(word) >= MIN_HEADING_LETTERS and word.isalpha():
                words[sentence] += 1
                capitals[sentence] += word[0].isupper()
        return {
            sentence for sentence, count in words.items() if count >= MIN_HEADING_WORDS and 4 * capitals[sentence] >= 3 * count
        }

    def noun_kind(self, index: int) -> str | None:
        """The kind of noun that the token may be."""
        return classify_noun(self.lower[index])[0]

    def is_noun(self, index: int) -> bool:
        """Whether the token is a noun of the lexicon and not part of a name."""
        return index not in self.name_at and self.noun_kind(index) not in (None, "modifier", *HONORIFICS)

    def opens_sentence(self, index: int) -> bool:
        """Whether only marks and small words such as "but" come before the token in its sentence."""
        while index and self.sentences[index - 1] == self.sentences[index]:
            index -= 1
            if not self.breaks[index] and self.lower[index] not in ("but", "and", "the", "yet", "so"):
                return False
        return True

    def is_subject(self, start: int, end: int) -> bool:
        """Whether the phrase opens its sentence and is not a genitive."""
        return self.opens_sentence(start) and not self.is_genitive(end)

    def is_genitive(self, index: int) -> bool:
        """Whether the token is a genitive marker, such as "'s" after an owner."""
        return index < len(self.words) and self.lower[index] in GENITIVES

    def is_oblique(self, start: int) -> bool:
        """Whether the phrase follows a preposition, with or without an article: "Senate" in "to the Senate"."""
        before = start - 1 - (start > 0 and self.lower[start - 1] in DETERMINERS)
        return before >= 0 and self.lower[before] in PREPOSITIONS

    def is_attributive(self, end: int) -> bool:
        """Whether the phrase that ends here modifies the noun after it, as its owner or as part of a compound."""
        return self.is_genitive(end) or (end < len(self.words) and self.is_noun(end))


def sentence_numbers(doc: Doc) -> list[int]:
    """The number of each token's sentence. A line break ends a sentence too."""
    numbers, number, broken = list[int](), 0, False
    for token in doc:
        number += bool(numbers) and (broken or token.is_sent_start is True)
        numbers.append(number)
        broken = token.is_space and "\n" in token.text
    return numbers
