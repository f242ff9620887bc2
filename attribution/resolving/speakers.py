"""Speakers: who says each quote, and who passes it on.

In: `doc._.quotes` with sources, `doc._.mentions` and `doc._.entities`. Out: the same quotes with `speaker` and `via`, and
`doc._.speakers`, everybody who speaks or passes on, numbered in the order of the quotes. A quote without a source takes that
of the nearest quote of its sentence; one without a verb carries on the quote before it; "I" inside a quote is who says it.
It leaves alone who is who (coreference): a source whose words fit nobody gives a quote without a speaker.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import replace
from functools import cached_property
from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Doc

from attribution.data import Quote, Span, Speaker, SpeakerRef, Via
from attribution.resolving.coreference import Entity
from attribution.resolving.mentions import Mention, Relay
from attribution.resolving.names import words_of
from attribution.resolving.page import sentences
from attribution.step import Step

NEAREST = 10
"""How many quotes back the one that holds a nested quote may start, and how many of a sentence one phrase may pass on."""
MOST_FURNITURE = 8
"""How many lines a continued quote may skip and a tweet may have."""
TWEET = 280
LINK = re.compile(r"(?:https?://|pic\.)\S+")
LINE = re.compile(r"[^\n]*\S[^\n]*")
PROSE = re.compile(r"[.!?…:;,][”\"’'»]*$")
LONGEST_ENDING = 5
LONGEST_HEADING = 500
PASSIVE = re.compile(r"\b(?:is|are|was|were|been|being|be)\b(?!.*ing\b)", re.IGNORECASE)
"""In a verb: "have been called", but not "are urging"."""
BYLINE = re.compile(r"^\s*By ", re.MULTILINE)
BIOGRAPHY = re.compile(r"(?:[A-Z][\w.'’-]* ){2,5}(?:is|was) (?:an?|the|\w+-in-\w+)\b")

Found = tuple[Entity, str]
"""Who speaks, and by what evidence."""
Resolved = tuple[tuple[Quote, ...], tuple[Speaker, ...]]
"""The quotes with their speakers, and the speakers."""


class _Article:
    """One doc's quotes in text order, with the entities that their sources are of and the sentences they stand in."""

    def __init__(self, doc: Doc) -> None:
        self.text = doc.text
        self.quotes: tuple[Quote, ...] = doc._.quotes
        self.starts = [quote.content[0].start for quote in self.quotes]
        self.heads = {
            source: (mention, entity) for entity in doc._.entities for mention in entity.mentions for source in mention.sources
        }
        self.entities: tuple[Entity, ...] = doc._.entities
        relays = (relay for mention in doc._.mentions for relay in mention.relays if relay.source in self.heads)
        self.relays = [relay for relay in relays if self.heads[relay.source][1].type != "unknown"]
        self.selves = {source for mention in doc._.mentions if mention.gender == "self" for source in mention.sources}
        numbers = sentences(doc)
        self.sentences = [0] + [token.idx for token, (last, this) in zip(doc[1:], pairwise(numbers), strict=True) if last != this]
        self.paragraphs = [(match.start(), match.end()) for match in LINE.finditer(self.text)]
        self.furniture = [not _is_prose(self.text[start:end].rstrip()) for start, end in self.paragraphs]

    def sentence(self, quote: Quote) -> int:
        """The number of the sentence that the quote's verb stands in, or its content starts in."""
        return bisect_right(self.sentences, quote.verb.start if quote.verb else quote.content[0].start)

    def paragraph(self, offset: int) -> int:
        """The number of the line that holds the character."""
        return max(0, bisect_right(self.paragraphs, (offset, len(self.text))) - 1)

    def between(self, start: int, end: int) -> list[Quote]:
        """The quotes that begin between the two characters."""
        return list(self.quotes[bisect_left(self.starts, start) : bisect_left(self.starts, end)])

    def around(self, quote: Quote) -> Quote | None:
        """The quote that the source of this one stands in: its parent, or the last one whose content reaches over it."""
        place = bisect_right(self.starts, quote.content[0].start)
        for one in reversed(self.quotes[max(0, place - NEAREST) : place]):
            if one.id == quote.parent or (one is not quote and _holds(one, quote.source)):
                return one
        return None

    @cached_property
    def author(self) -> Entity | None:
        """Who writes "I" in the article's own voice: the name after "By" at its start, or the one its last line is about."""
        first, last = BYLINE.search(self.text, 0, LONGEST_HEADING), self.paragraphs[-1][0]
        starts = {first.end() if first else -1, last if BIOGRAPHY.match(self.text, last) else -1}
        return next((entity for entity in self.entities if any(mention.start in starts for mention in entity.mentions)), None)


def _is_prose(line: str) -> bool:
    """Whether the line ends like a sentence; a caption, a link and a heading do not."""
    return bool(PROSE.search(line, max(0, len(line) - LONGEST_ENDING)))


def _holds(quote: Quote, source: Span | None) -> bool:
    return source is not None and any(span.start <= source.start < span.end for span in quote.content)


def find_speakers(article: _Article) -> dict[str, Found]:
    """Who says each quote, by the quote's id; those of whom the article does not say are left out."""
    found: dict[str, Found] = {}
    for quote in article.quotes:
        if quote.source is not None and (head := article.heads.get((quote.source.start, quote.source.end))) is not None:
            found[quote.id] = head[1], _evidence(*head)
    _find_implicit(article, found)
    before: Quote | None = None
    for quote in article.quotes:
        if quote.verb is None and quote.source is None and before is not None and _carries_on(article, before, quote):
            if before.id in found:
                found[quote.id] = found[before.id][0], "continued"
        elif quote.source is not None and (quote.source.start, quote.source.end) in article.selves:
            outer = article.around(quote)
            entity = article.author if outer is None else found.get(outer.id, (None,))[0]
            if entity is not None:
                found[quote.id] = entity, "pronoun"
        if quote.parent is None and not article.furniture[article.paragraph(quote.content[0].start)]:
            before = quote
    return found


def _evidence(mention: Mention, entity: Entity) -> str:
    if mention.kind not in ("name", "acronym"):
        return "pronoun" if mention.kind == "pronoun" else "nominal"
    if set(words_of(mention.text)) <= set(words_of(entity.name)):
        return "name"
    return "acronym" if mention.kind == "acronym" else "alias"


def _find_implicit(article: _Article, found: dict[str, Found]) -> None:
    """Give a quote with a verb alone the speaker of the nearest quote of its sentence: "Ann warned of it, stressing that …". Who
    "was told" or "is known as" something is not told by whom.
    """
    cues = sorted(
        (quote.verb.start, quote.id, article.sentence(quote)) for quote in article.quotes if quote.verb and quote.id in found
    )
    for quote in article.quotes:
        if quote.verb is not None and quote.source is None and not PASSIVE.search(quote.verb.text):
            start, sentence = quote.verb.start, article.sentence(quote)
            place = bisect_left(cues, (start,))
            near = [(abs(cue - start), id_) for cue, id_, other in cues[max(0, place - 1) : place + 1] if other == sentence]
            if near:
                found[quote.id] = found[min(near)[1]][0], "implicit"


def _carries_on(article: _Article, before: Quote, quote: Quote) -> bool:
    """Whether nothing but furniture stands between the two quotes' paragraphs."""
    last, this = article.paragraph(before.content[-1].end - 1), article.paragraph(quote.content[0].start)
    return this - last <= MOST_FURNITURE and all(article.furniture[last + 1 : this])


def find_relays(article: _Article) -> dict[str, list[Relay]]:
    """The phrases that tell who passes each quote on, by the quote's id."""
    by_sentence = defaultdict[int, list[Quote]](list)
    for quote in article.quotes:
        by_sentence[article.sentence(quote)].append(quote)
    passed = defaultdict[str, list[Relay]](list)
    for relay in article.relays:
        if relay.cue == "signature":
            quotes = article.between(_tweet(article, relay), relay.start)
        else:
            near = by_sentence[bisect_right(article.sentences, relay.start)][:NEAREST]
            quotes = [quote for quote in near if _passes_on(relay, quote)]
        for quote in quotes:
            passed[quote.id].append(relay)
    return passed


def _passes_on(relay: Relay, quote: Quote) -> bool:
    """Whether the phrase is about this quote: "told" is its verb, and no other cue is its verb or within its content."""
    if quote.verb is None or any(span.start <= relay.start < span.end for span in quote.content):
        return False
    inside = quote.verb.start <= relay.start < quote.verb.end
    return inside if relay.cue == "told" else not inside and (relay.cue == "citing" or quote.verb.start < relay.start)


def _tweet(article: _Article, relay: Relay) -> int:
    """Where the tweet that ends in this signature starts: as many lines up as its 280 characters can hold, links apart."""
    line = article.paragraph(relay.start)
    room, start = TWEET, relay.start
    for begin, end in reversed(article.paragraphs[max(0, line - MOST_FURNITURE) : line]):
        room -= len(LINK.sub("", article.text[begin:end]).strip())
        if room < 0:
            break
        start = begin
    return start


def resolve(doc: Doc) -> Resolved:
    """The doc's quotes with speaker and via, and everybody who speaks. What is nothing but the words for a via is no quote:
    "citing the press service" tells who is cited, not what was said.
    """
    article = _Article(doc)
    found = find_speakers(article)
    passed = find_relays(article)
    passers = {relay.source for relays in passed.values() for relay in relays}
    kept = [quote for quote in article.quotes if not passers.issuperset((span.start, span.end) for span in quote.content)]
    names = {quote.id: f"q{number}" for number, quote in enumerate(kept, 1)}
    ids: dict[Entity, str] = {}
    said = defaultdict[Entity, list[str]](list)
    quotes = []
    for quote in kept:
        speaker = None
        if quote.id in found:
            entity, evidence = found[quote.id]
            speaker = SpeakerRef(ids.setdefault(entity, f"s{len(ids) + 1}"), entity.name, evidence)
            said[entity].append(names[quote.id])
        via = tuple(
            one for one in (_via(article, relay, ids) for relay in passed[quote.id]) if speaker is None or one.id != speaker.id
        )
        quotes.append(replace(quote, id=names[quote.id], parent=names.get(quote.parent or ""), speaker=speaker, via=via))
    return tuple(quotes), tuple(_speaker(entity, id_, said[entity]) for entity, id_ in ids.items())


def _via(article: _Article, relay: Relay, ids: dict[Entity, str]) -> Via:
    entity = article.heads[relay.source][1]
    return Via(ids.setdefault(entity, f"s{len(ids) + 1}"), entity.name, relay.relation, Span.of(article.text, relay.source))


def _speaker(entity: Entity, id_: str, said: list[str]) -> Speaker:
    mentions = tuple(Span(mention.start, mention.end, mention.text) for mention in entity.mentions)
    return Speaker(id_, entity.name, entity.type, entity.role, entity.aliases, mentions, tuple(said))


@Language.factory(
    "attribution_speakers",
    requires=["doc._.quotes", "doc._.mentions", "doc._.entities"],
    assigns=["doc._.quotes", "doc._.speakers"],
)
def make_speakers(nlp: Language, name: str) -> Step:
    """Build the component; it has no state."""
    return Step(resolve, "quotes", "speakers")
