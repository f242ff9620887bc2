"""Speakers: who says each quote, and who passes it on.

In: `doc._.quotes` with sources, `doc._.mentions`, `doc._.entities` and `doc._.chances`. Out: the same quotes with `speaker`,
`candidates` and `via`, which `doc.spans["quotes"]` shows, and `doc._.speakers`, everybody of these: who speaks or passes on in
the order of the quotes, then who is in a group of them, then who may be a speaker. A quote without a source has a mention without
words in its place, which is somebody like any other (coreference); "I" outside of all marks is the author, where a byline names
one. It leaves alone who is who: a source whose words fit nobody gives a quote without a speaker; and how probable is probable
enough (select).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from math import prod
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from attribution.data import Quote, Speaker, Via
from attribution.findings import add_spans
from attribution.resolving.cast import Cast, Found
from attribution.resolving.coreference import Entity
from attribution.resolving.mentions import Mention
from attribution.resolving.names import words_of
from attribution.resolving.scene import Scene
from attribution.step import Step

WEAKEST = ("name", "alias", "acronym", "nominal", "pronoun")
"""The evidence that words may be, the weakest last."""

Resolved = tuple[tuple[Quote, ...], tuple[Speaker, ...]]
"""The quotes with their speakers, and the speakers."""


def find_speakers(scene: Scene) -> dict[str, Found]:
    """Who says each quote, or may say it, by the quote's id; those of whom the article does not say are left out."""
    return {quote.id: known for quote in scene.quotes if (known := _found(scene, quote)) is not None}


def _found(scene: Scene, quote: Quote) -> Found | None:
    """Whom the mention that says a quote is, or may be."""
    head = scene.head(quote)
    if head is None:
        return None
    if head.gender == "self" and scene.author and _is_authors(scene, quote, head):
        return Found(scene.author, "pronoun")
    entity, chances = scene.owners.get(head), scene.chances.get(head, ())
    if entity is not None and head.parts:
        return _group(scene, entity, [scene.at[part] for part in head.parts])
    if head.kind == "silent":
        evidence = "implicit" if quote.verb else "continued"
        return Found(entity, evidence, chances) if entity or chances else None
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
    head = scene.heads.get((via.source.start, via.source.end))
    entity = scene.owners.get(head) if head is not None else None
    return replace(via, name=via.source.text) if entity is None else replace(via, id=cast.id(entity), name=entity.name)


@Language.factory(
    "attribution_speakers",
    requires=["doc._.quotes", "doc._.mentions", "doc._.entities", "doc._.chances"],
    assigns=["doc._.quotes", "doc._.speakers", "doc.spans"],
)
def make_speakers(nlp: Language, name: str) -> Speakers:
    """Build the component; it has no state."""
    return Speakers(resolve, "quotes", "speakers")


class Speakers(Step):
    """The last step: when it is done, the quotes are whole, and shown among the Doc's spans too."""

    def set_annotations(self, docs: Iterable[Doc], found: Iterable[Any]) -> None:
        """Write what `predict` found into the Docs."""
        docs = list(docs)
        super().set_annotations(docs, found)
        for doc in docs:
            add_spans(doc)
