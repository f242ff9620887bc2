"""Speakers: who says each quote, and who passes it on.

In: `doc._.quotes` with sources, `doc._.mentions`, `doc._.entities` and `doc._.chances`. Out: the same quotes with `speaker`,
`candidates` and `via`, and `doc._.speakers`, everybody of these: who speaks or passes on in the order of the quotes, then who is
in a group of them, then who may be a speaker. A quote without a source takes that of the nearest quote of its sentence; one
without a verb carries on the quote before it; "I" inside a quote is who says it, "I" outside of all marks is the author, where a
byline names one. It leaves alone who is who (coreference): a source whose words fit nobody gives a quote without a speaker;
and how probable is probable enough (select).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from math import prod

from spacy.language import Language
from spacy.tokens import Doc

from attribution.data import Quote, Span, Speaker, Via
from attribution.resolving.cast import Cast, Found
from attribution.resolving.coreference import Entity
from attribution.resolving.mentions import Mention
from attribution.resolving.names import words_of
from attribution.resolving.relays import Relay
from attribution.resolving.scene import Scene
from attribution.step import Step

NEAREST = 10
"""How many quotes of a sentence one phrase may pass on."""
MOST_FURNITURE = 8
"""How many lines a continued quote may skip and a tweet may have."""
TWEET = 280
WEAKEST = ("name", "alias", "acronym", "nominal", "pronoun")
"""The evidence that words may be, the weakest last."""
LINK = re.compile(r"(?:https?://|pic\.)\S+")
PASSIVE = re.compile(r"\b(?:is|are|was|were|been|being|be)\b(?!.*ing\b)", re.IGNORECASE)
"""In a verb: "have been called", but not "are urging"."""

Resolved = tuple[tuple[Quote, ...], tuple[Speaker, ...]]
"""The quotes with their speakers, and the speakers."""


def find_speakers(scene: Scene) -> dict[str, Found]:
    """Who says each quote, or may say it, by the quote's id; those of whom the article does not say are left out."""
    found = {quote.id: known for quote in scene.quotes if (known := _by_source(scene, quote)) is not None}
    _find_implicit(scene, found)
    before: Quote | None = None
    for quote in scene.quotes:
        if quote.verb is None and quote.source is None and before is not None and _carries_on(scene, before, quote):
            if before.id in found:
                found[quote.id] = found[before.id]._replace(evidence="continued")
        elif quote.id not in found and (head := scene.head(quote.source)) is not None and head.gender == "self":
            outer = scene.around(quote)
            if outer is not None and outer.id in found:
                found[quote.id] = found[outer.id]._replace(evidence="pronoun")
        if quote.parent is None and not scene.furniture[scene.paragraph(quote.content[0].start)]:
            before = quote
    return found


def _by_source(scene: Scene, quote: Quote) -> Found | None:
    """Whom the words of the source name, or may name."""
    head = scene.head(quote.source)
    if head is None:
        return None
    if head.gender == "self":
        return Found(scene.author, "pronoun") if scene.author and _is_authors(scene, quote, head) else None
    entity, chances = scene.owners.get(head), scene.chances.get(head, ())
    if entity is not None and head.parts:
        return _group(scene, entity, [scene.at[part] for part in head.parts])
    return Found(entity, _evidence(head, entity), chances) if entity or chances else None


def _is_authors(scene: Scene, quote: Quote, head: Mention) -> bool:
    """Whether it is "I" in the article's own voice, as in the indirect "He said I was wrong"; "we" are more than who writes."""
    outer = scene.around(quote)
    direct = outer is not None and (outer.type == "direct" or scene.is_led(outer))
    return head.number == "singular" and not direct and not scene.is_marked(head)


def _group(scene: Scene, entity: Entity, parts: Iterable[Mention]) -> Found:
    """A group, by the weakest evidence for its parts, as probable as all of them together."""
    owners = [(part, scene.owners.get(part)) for part in parts]
    evidence = max((_evidence(part, owner) for part, owner in owners), key=WEAKEST.index)
    probability = prod(dict(scene.chances.get(part, ())).get(owner, 1.0) for part, owner in owners if owner is not None)
    return Found(entity, evidence, ((entity, probability),) if probability < 1 else ())


def _evidence(mention: Mention, entity: Entity | None) -> str:
    if mention.kind not in ("name", "acronym"):
        return "pronoun" if mention.kind == "pronoun" else "nominal"
    if entity is None or set(words_of(mention.text)) <= set(words_of(entity.name)):
        return "name"
    return "acronym" if mention.kind == "acronym" else "alias"


def _find_implicit(scene: Scene, found: dict[str, Found]) -> None:
    """Give a quote with a verb alone the speaker of the nearest quote of its sentence: "Ann warned of it, stressing that …". Who
    "was told" or "is known as" something is not told by whom.
    """
    cues = sorted(
        (quote.verb.start, quote.id, scene.sentence(quote))
        for quote in scene.quotes
        if quote.verb and quote.id in found and found[quote.id].entity
    )
    for quote in scene.quotes:
        if quote.verb is not None and quote.source is None and not PASSIVE.search(quote.verb.text):
            start, sentence = quote.verb.start, scene.sentence(quote)
            place = bisect_left(cues, (start,))
            near = [(abs(cue - start), id_) for cue, id_, other in cues[max(0, place - 1) : place + 1] if other == sentence]
            if near:
                found[quote.id] = found[min(near)[1]]._replace(evidence="implicit")


def _carries_on(scene: Scene, before: Quote, quote: Quote) -> bool:
    """Whether nothing but furniture stands between the two quotes' paragraphs."""
    last, this = scene.paragraph(before.content[-1].end - 1), scene.paragraph(quote.content[0].start)
    return this - last <= MOST_FURNITURE and all(scene.furniture[last + 1 : this])


def find_relays(scene: Scene) -> dict[str, list[Relay]]:
    """The phrases that tell who passes each quote on, by the quote's id."""
    by_sentence = defaultdict[int, list[Quote]](list)
    for quote in scene.quotes:
        by_sentence[scene.sentence(quote)].append(quote)
    passed = defaultdict[str, list[Relay]](list)
    for relay in scene.relays:
        if relay.cue == "signature":
            quotes = scene.between(_tweet(scene, relay), relay.start)
        else:
            near = by_sentence[bisect_right(scene.sentences, relay.start)][:NEAREST]
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


def _tweet(scene: Scene, relay: Relay) -> int:
    """Where the tweet that ends in this signature starts: as many lines up as its 280 characters can hold, links apart."""
    line = scene.paragraph(relay.start)
    room, start = TWEET, relay.start
    for begin, end in reversed(scene.paragraphs[max(0, line - MOST_FURNITURE) : line]):
        room -= len(LINK.sub("", scene.text[begin:end]).strip())
        if room < 0:
            break
        start = begin
    return start


def resolve(doc: Doc) -> Resolved:
    """The doc's quotes with speaker and via, and everybody who speaks. What is nothing but the words for a via is no quote:
    "citing the press service" tells who is cited, not what was said.
    """
    scene = Scene(doc)
    found = find_speakers(scene)
    passed = find_relays(scene)
    passers = {relay.source for relays in passed.values() for relay in relays}
    kept = [quote for quote in scene.quotes if not passers.issuperset((span.start, span.end) for span in quote.content)]
    names = {quote.id: f"q{number}" for number, quote in enumerate(kept, 1)}
    cast = Cast()
    quotes = []
    for quote in kept:
        speaker = cast.speaker(found.get(quote.id), names[quote.id])
        via = [one for one in (_via(scene, relay, cast) for relay in passed[quote.id]) if speaker is None or one.id != speaker.id]
        quotes.append(replace(quote, id=names[quote.id], parent=names.get(quote.parent or ""), speaker=speaker, via=tuple(via)))
    cast.add_members()
    doubted = [cast.candidates(found.get(quote.id)) for quote in kept]
    cast.add_members()
    whole = tuple(replace(quote, candidates=candidates) for quote, candidates in zip(quotes, doubted, strict=True))
    return whole, cast.speakers()


def _via(scene: Scene, relay: Relay, cast: Cast) -> Via:
    entity = scene.owners[scene.heads[relay.source]]
    return Via(cast.id(entity), entity.name, relay.relation, Span.of(scene.text, relay.source))


@Language.factory(
    "attribution_speakers",
    requires=["doc._.quotes", "doc._.mentions", "doc._.entities", "doc._.chances"],
    assigns=["doc._.quotes", "doc._.speakers"],
)
def make_speakers(nlp: Language, name: str) -> Step:
    """Build the component; it has no state."""
    return Step(resolve, "quotes", "speakers")
