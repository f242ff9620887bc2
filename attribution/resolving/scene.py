"""Scene: where an article's quotes stand, and whose mentions their sources are.

In: `doc._.quotes` with sources, `doc._.mentions`, `doc._.entities` and `doc._.chances`. Out: a `Scene`, which finds the paragraph
of a quote, the quote around it, and who writes the article. It decides nothing about speakers (speakers).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from itertools import pairwise

from spacy.tokens import Doc

from attribution.data import Offsets, Quote, Span
from attribution.resolving.coreference import Chances, Entity
from attribution.resolving.mentions import Mention, source_of
from attribution.resolving.page import sentences
from attribution.text.marks import parse_layout

NEAREST = 10
"""How many quotes back the one that holds a nested quote may start."""
LINE = re.compile(r"[^\n]*\S[^\n]*")
PROSE = re.compile(r"[.!?…:;,][”\"’'»]*$")
LONGEST_ENDING = 5
LONGEST_HEADING = 500
BYLINE = re.compile(
    r"^\W*(?:\w+ ){0,2}(?i:by) (?=[A-Z][\w.'’-]*(?: (?:[a-z]{2,3} ){0,2}[A-Z][\w.'’-]*){0,4}\s*(?:[,|–—(]|and |$))", re.MULTILINE
)
"""A line such as "By Ann Lee", "Analysis by Ann Lee, York" or "By Ann Lee and Bob Orr", up to the first name."""
SOMEONE = re.compile(r"\W*As (?:someone|somebody) who\b")
BIOGRAPHY = re.compile(r"(?:[A-Z][\w.'’-]* ){2,5}(?:is|was) (?:an?|the|\w+-in-\w+)\b")


class Scene:
    """One doc's quotes in text order, the mentions that their sources are about, whose these are, and how likely whose those are
    that are in doubt.
    """

    def __init__(self, doc: Doc) -> None:
        self.text = doc.text
        self.quotes: tuple[Quote, ...] = doc._.quotes
        self.starts = [quote.content[0].start for quote in self.quotes]
        self.at: dict[Offsets, Mention] = {(mention.start, mention.end): mention for mention in doc._.mentions}
        self.heads: dict[Offsets, Mention] = {source: mention for mention in doc._.mentions for source in mention.sources}
        self.entities: tuple[Entity, ...] = doc._.entities
        self.owners = {mention: entity for entity in self.entities for mention in entity.mentions}
        self.chances: Chances = doc._.chances
        numbers = sentences(doc)
        self.sentences = [0] + [token.idx for token, (last, this) in zip(doc[1:], pairwise(numbers), strict=True) if last != this]
        self.sentences.append(len(self.text))
        """Where each sentence starts, and where the last ends."""
        self.paragraphs = [(match.start(), match.end()) for match in LINE.finditer(self.text)]
        self.furniture = [not _is_prose(self.text[start:end].rstrip()) for start, end in self.paragraphs]

    def head(self, quote: Quote) -> Mention | None:
        """The mention that says a quote; of "As someone who was there, I say no" the "I" for "who"."""
        head = self.heads.get(source_of(quote))
        if head is None or head.gender != "relative" or head in self.owners:
            return head
        place = bisect_right(self.sentences, head.start)
        start, end = self.sentences[place - 1 : place + 1]
        if not SOMEONE.match(self.text, start):
            return head
        behind = (one for one in self.heads.values() if head.end <= one.start < end and one.gender != "relative")
        return next((one for one in behind if self.text[: one.start].rstrip().endswith(",")), head)

    def paragraph(self, offset: int) -> int:
        """The number of the line that holds the character."""
        return max(0, bisect_right(self.paragraphs, (offset, len(self.text))) - 1)

    def around(self, quote: Quote) -> Quote | None:
        """The quote that the source of this one stands in: its parent, or the last one whose content reaches over it."""
        place = bisect_right(self.starts, quote.content[0].start)
        for one in reversed(self.quotes[max(0, place - NEAREST) : place]):
            if one.id == quote.parent or (one is not quote and _holds(one, quote.source)):
                return one
        return None

    @cached_property
    def author(self) -> Entity | None:
        """Who writes "I" in the article's own voice: the one name of a byline at its start, else whom its last line is on."""
        by, (start, end) = BYLINE.search(self.text, 0, LONGEST_HEADING), self.paragraphs[-1]
        if by and self.furniture[self.paragraph(by.end())]:
            named = self._named(by.end(), self.paragraphs[self.paragraph(by.end())][1])
        else:
            named = self._named(start, start + 1) if BIOGRAPHY.match(self.text, start, end) else []
        return named[0] if len(named) == 1 else None

    def _named(self, start: int, end: int) -> list[Entity]:
        """Those named between the two characters who may be persons."""
        may_be = (entity for entity in self.entities if entity.type in ("person", "unknown"))
        return [entity for entity in may_be if any(start <= mention.start < end for mention in entity.mentions)]

    def is_marked(self, mention: Mention) -> bool:
        """Whether quotation marks stand around a mention, a quote or not."""
        return any(start <= mention.start < end for start, end in self._marked)

    def is_led(self, quote: Quote) -> bool:
        """Whether a colon leads up to a quote, as in speech without marks: "Lee: I said no"."""
        return self.text[: quote.content[0].start].rstrip().endswith(":")

    @cached_property
    def _marked(self) -> list[Offsets]:
        return [(stretch.start, stretch.end) for stretch in parse_layout(self.text).stretches]


def _is_prose(line: str) -> bool:
    """Whether the line ends like a sentence; a caption, a link and a heading do not."""
    return bool(PROSE.search(line, max(0, len(line) - LONGEST_ENDING)))


def _holds(quote: Quote, source: Span | None) -> bool:
    return source is not None and any(span.start <= source.start < span.end for span in quote.content)
