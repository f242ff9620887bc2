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
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import replace
from math import prod

from spacy.language import Language
from spacy.tokens import Doc

from attribution.data import Quote, Speaker, Via
from attribution.resolving.cast import Cast, Found
from attribution.resolving.coreference import Entity
from attribution.resolving.mentions import Mention
from attribution.resolving.names import words_of
from attribution.resolving.scene import Scene
from attribution.step import Step

MOST_FURNITURE = 8
"""How many lines a continued quote may skip."""
WEAKEST = ("name", "alias", "acronym", "nominal", "pronoun")
"""The evidence that words may be, the weakest last."""
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


def resolve(doc: Doc) -> Resolved:
    """The doc's quotes with speaker and via, and everybody who speaks or passes on."""
    scene = Scene(doc)
    found = find_speakers(scene)
    cast = Cast()
    quotes = []
    for quote in scene.quotes:
        speaker = cast.speaker(found.get(quote.id), quote.id)
        via = (_via(scene, each, cast) for each in quote.via)
        quotes.append(
            replace(quote, speaker=speaker, via=tuple(each for each in via if speaker is None or each.id != speaker.id))
        )
    cast.add_members()
    doubted = [cast.candidates(found.get(quote.id)) for quote in scene.quotes]
    cast.add_members()
    whole = tuple(replace(quote, candidates=candidates) for quote, candidates in zip(quotes, doubted, strict=True))
    return whole, cast.speakers()


def _via(scene: Scene, via: Via, cast: Cast) -> Via:
    """The via with whom its words name; by its words alone where they name nobody."""
    head = scene.head(via.source)
    entity = scene.owners.get(head) if head is not None else None
    return replace(via, name=via.source.text) if entity is None else replace(via, id=cast.id(entity), name=entity.name)


@Language.factory(
    "attribution_speakers",
    requires=["doc._.quotes", "doc._.mentions", "doc._.entities", "doc._.chances"],
    assigns=["doc._.quotes", "doc._.speakers"],
)
def make_speakers(nlp: Language, name: str) -> Step:
    """Build the component; it has no state."""
    return Step(resolve, "quotes", "speakers")
