"""Speakers: who says each quote, and who relays it.

In: `doc._.quotes` with sources, `doc._.mentions`, `doc._.entities` and `doc._.chances`. Out: the same quotes with `speaker`,
`candidates` and `via`, shown in `doc.spans["quotes"]` too, and `doc._.speakers`: first those who speak or relay, in the order of
the quotes, then the members of groups among them, then the other candidates. A quote without a source has a silent mention, which
belongs to an entity like any other (coreference). A quote whose source refers to no known entity gets no speaker. "I" outside of
all marks is the author if the article names one. It leaves alone which mentions corefer (coreference) and which probability is
high enough to show (select).
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
from attribution.resolving.cast import Cast, SpeakerChoice
from attribution.resolving.coreference import Entity
from attribution.resolving.mentions import Mention
from attribution.resolving.names import name_words
from attribution.resolving.scene import Scene
from attribution.step import Step

EVIDENCE_BY_STRENGTH = ("name", "alias", "acronym", "nominal", "pronoun")
"""The kinds of evidence that a mention can give, the weakest last."""

Resolved = tuple[tuple[Quote, ...], tuple[Speaker, ...]]
"""The quotes with their speakers, and the list of speakers."""


def _choose_speaker(scene: Scene, quote: Quote) -> SpeakerChoice | None:
    """The entity of the mention that a quote's source refers to, or the entities that it may be. None if there is neither."""
    head = scene.head(quote)
    if head is None:
        return None
    if head.gender == "self" and scene.author and _is_author(scene, quote, head):
        return SpeakerChoice(scene.author, "pronoun")
    entity, chances = scene.owners.get(head), scene.chances.get(head, ())
    if entity is not None and head.parts:
        return _choose_group(scene, entity, [scene.mention_at[part] for part in head.parts])
    if entity is None and not chances:
        return None
    if head.kind == "silent":
        return SpeakerChoice(entity, "implicit" if quote.verb else "continued", chances)
    return SpeakerChoice(entity, _evidence(head, entity), chances)


def _is_author(scene: Scene, quote: Quote, head: Mention) -> bool:
    """Whether "I" is the article's own voice, as in the indirect "He said I was wrong". "We" never is: it means others too."""
    outer = scene.enclosing_quote(quote)
    direct = outer is not None and (outer.type == "direct" or scene.follows_colon(outer))
    return head.number == "singular" and not direct and not scene.is_marked(head)


def _choose_group(scene: Scene, entity: Entity, parts: Iterable[Mention]) -> SpeakerChoice:
    """A group, with the weakest evidence among that for its parts, and the joint probability of all of them."""
    owners = [(part, scene.owners.get(part)) for part in parts]
    evidence = max((_evidence(part, owner) for part, owner in owners), key=EVIDENCE_BY_STRENGTH.index)
    probability = prod(dict(scene.chances.get(part, ())).get(owner, 1.0) for part, owner in owners if owner is not None)
    return SpeakerChoice(entity, evidence, ((entity, probability),) if probability < 1 else ())


def _evidence(mention: Mention, entity: Entity | None) -> str:
    if mention.kind not in ("name", "acronym"):
        return "pronoun" if mention.kind == "pronoun" else "nominal"
    if entity is None or set(name_words(mention.text)) <= set(name_words(entity.name)):
        return "name"
    return "acronym" if mention.kind == "acronym" else "alias"


def resolve(doc: Doc) -> Resolved:
    """The Doc's quotes with speaker, candidates and via, and all speakers."""
    scene = Scene(doc)
    choices = [_choose_speaker(scene, quote) for quote in scene.quotes]
    cast = Cast()
    quotes = []
    for quote, choice in zip(scene.quotes, choices, strict=True):
        speaker = cast.speaker(choice, quote.id)
        relays = (_resolve_via(scene, via, cast) for via in quote.via)
        others = tuple(via for via in relays if speaker is None or via.id != speaker.id)
        quotes.append(replace(quote, speaker=speaker, via=others))
    cast.add_members()
    candidates = [cast.candidates(choice) for choice in choices]
    cast.add_members()
    return tuple(replace(quote, candidates=some) for quote, some in zip(quotes, candidates, strict=True)), cast.speakers()


def _resolve_via(scene: Scene, via: Via, cast: Cast) -> Via:
    """The via with the entity that its words name, or with the words alone if they name none."""
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
    """The last step, after which the quotes are complete. Shows them in the Doc's spans too."""

    def set_annotations(self, docs: Iterable[Doc], found: Iterable[Any]) -> None:
        """Write what `predict` returned into the Docs."""
        docs = list(docs)
        super().set_annotations(docs, found)
        for doc in docs:
            add_spans(doc)
