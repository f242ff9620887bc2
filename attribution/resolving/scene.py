"""Scene: what surrounds an article's quotes, and which mentions and entities their sources refer to.

In: `doc._.quotes` with sources, `doc._.mentions`, `doc._.entities` and `doc._.chances`. Out: a `Scene`, which finds the mention
of a quote's source, the quote around it, and the author of the article. It leaves alone who speaks (speakers).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from itertools import pairwise

from spacy.tokens import Doc

from attribution.data import Offsets, Quote, Span
from attribution.resolving.coreference import Chances, Entity
from attribution.resolving.mentions import Mention, source_offsets
from attribution.resolving.page import sentence_numbers
from attribution.text.marks import parse_layout

MAX_ENCLOSING_DISTANCE = 10
"""How many quotes back the quote around a nested one may start."""
PROSE = re.compile(r"[.!?…:;,][”\"’'»]*$")
PROSE_ENDING_LENGTH = 5
BYLINE_REGION = 500
BYLINE = re.compile(
    r"^\W*(?:\w+ ){0,2}(?i:by) (?=[A-Z][\w.'’-]*(?: (?:[a-z]{2,3} ){0,2}[A-Z][\w.'’-]*){0,4}\s*(?:[,|–—(]|and |$))", re.MULTILINE
)
"""The start, up to the first name, of a line such as "By Ann Lee", "Analysis by Ann Lee, York" or "By Ann Lee and Bob Orr"."""
SOMEONE = re.compile(r"\W*As (?:someone|somebody) who\b")
BIOGRAPHY = re.compile(r"(?:[A-Z][\w.'’-]* ){2,5}(?:is|was) (?:an?|the|\w+-in-\w+)\b")


class Scene:
    """A Doc's quotes in text order, the mentions that their sources refer to, and the certain or possible entities of these."""

    def __init__(self, doc: Doc) -> None:
        self.text = doc.text
        self.quotes: tuple[Quote, ...] = doc._.quotes
        self.starts = [quote.content[0].start for quote in self.quotes]
        self.mention_at: dict[Offsets, Mention] = {(mention.start, mention.end): mention for mention in doc._.mentions}
        self.heads: dict[Offsets, Mention] = {source: mention for mention in doc._.mentions for source in mention.sources}
        self.entities: tuple[Entity, ...] = doc._.entities
        self.owners = {mention: entity for entity in self.entities for mention in entity.mentions}
        self.chances: Chances = doc._.chances
        numbers = sentence_numbers(doc)
        self.sentences = [0] + [token.idx for token, (last, this) in zip(doc[1:], pairwise(numbers), strict=True) if last != this]
        self.sentences.append(len(self.text))
        """The start of each sentence, then the end of the last."""
        self.layout = parse_layout(self.text)

    def head(self, quote: Quote) -> Mention | None:
        """The mention that a quote's source refers to. In "As someone who was there, I say no", "who" refers to "I"."""
        head = self.heads.get(source_offsets(quote))
        if head is None or head.gender != "relative" or head in self.owners:
            return head
        place = bisect_right(self.sentences, head.start)
        start, end = self.sentences[place - 1 : place + 1]
        if not SOMEONE.match(self.text, start):
            return head
        later = (one for one in self.heads.values() if head.end <= one.start < end and one.gender != "relative")
        return next((one for one in later if self.text[: one.start].rstrip().endswith(",")), head)

    def enclosing_quote(self, quote: Quote) -> Quote | None:
        """The quote around this one: its parent, or the nearest quote before it whose content contains its source."""
        place = bisect_right(self.starts, quote.content[0].start)
        for one in reversed(self.quotes[max(0, place - MAX_ENCLOSING_DISTANCE) : place]):
            if one.id == quote.parent or (one is not quote and _contains(one, quote.source)):
                return one
        return None

    @cached_property
    def author(self) -> Entity | None:
        """The "I" of the article's own voice: the only name in a byline at its start, or in a biography at its end."""
        paragraphs, by = self.layout.paragraphs, BYLINE.search(self.text, 0, BYLINE_REGION)
        start, end = paragraphs[self.layout.paragraph(by.end())] if by else (0, 0)
        if by and not _is_prose(self.text[start:end]):
            named = self._entities_named(by.end(), end)
        else:
            start, end = paragraphs[-1]
            named = self._entities_named(start, start + 1) if BIOGRAPHY.match(self.text, start, end) else []
        return named[0] if len(named) == 1 else None

    def _entities_named(self, start: int, end: int) -> list[Entity]:
        """The entities named between two offsets that may be persons."""
        may_be = (entity for entity in self.entities if entity.type in ("person", "unknown"))
        return [entity for entity in may_be if any(start <= mention.start < end for mention in entity.mentions)]

    def is_marked(self, mention: Mention) -> bool:
        """Whether a mention is inside quotation marks, of a quote or not."""
        return any(stretch.start <= mention.start < stretch.end for stretch in self.layout.stretches)

    def follows_colon(self, quote: Quote) -> bool:
        """Whether a quote follows a colon, as speech without marks may ("Lee: I said no")."""
        return self.text[: quote.content[0].start].rstrip().endswith(":")


def _is_prose(line: str) -> bool:
    """Whether the line ends like a sentence. A caption, a link or a heading does not."""
    return bool(PROSE.search(line, max(0, len(line) - PROSE_ENDING_LENGTH)))


def _contains(quote: Quote, source: Span | None) -> bool:
    return source is not None and any(span.start <= source.start < span.end for span in quote.content)
