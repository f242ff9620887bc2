"""Cast: the speakers of an answer, each with an id.

In: entities, in the order in which the quotes need them. Out: the references that the quotes hold, and at the end a `Speaker` for
each entity, in the same order. It leaves alone who speaks (speakers).
"""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from attribution.data import Candidate, Span, Speaker, SpeakerRef
from attribution.resolving.coreference import Entity

MAX_CANDIDATES = 5
MIN_PROBABILITY = 0.05
"""Less probable candidates are left out."""


class SpeakerChoice(NamedTuple):
    """The speaker of a quote, the evidence, and, if that leaves doubt, all possible speakers with their probabilities, likeliest
    first. `entity` is None if no speaker is likely enough.
    """

    entity: Entity | None
    evidence: str
    chances: tuple[tuple[Entity, float], ...] = ()


class Cast:
    """The entities that the answer needs so far, with their ids."""

    def __init__(self) -> None:
        self.ids: dict[Entity, str] = {}
        self.quotes = defaultdict[Entity, list[str]](list)

    def id(self, entity: Entity) -> str:
        """The id of an entity; a new entity gets the next one."""
        return self.ids.setdefault(entity, f"s{len(self.ids) + 1}")

    def speaker(self, choice: SpeakerChoice | None, quote_id: str) -> SpeakerRef | None:
        """The reference to the speaker of a quote."""
        if choice is None or choice.entity is None:
            return None
        self.quotes[choice.entity].append(quote_id)
        probability = next((chance for entity, chance in choice.chances if entity is choice.entity), 1.0)
        return SpeakerRef(self.id(choice.entity), choice.entity.name, choice.evidence, round(probability, 3))

    def candidates(self, choice: SpeakerChoice | None) -> tuple[Candidate, ...]:
        """The likeliest candidates, the speaker included."""
        likely = [(entity, chance) for entity, chance in (choice.chances if choice else ()) if chance >= MIN_PROBABILITY]
        return tuple(Candidate(self.id(entity), entity.name, round(chance, 3)) for entity, chance in likely[:MAX_CANDIDATES])

    def add_members(self) -> None:
        """Add the members of the groups so far."""
        for entity in list(self.ids):
            for member in entity.members:
                self.id(member)

    def speakers(self) -> tuple[Speaker, ...]:
        """A `Speaker` for each entity so far."""
        return tuple(self._speaker(entity, id_) for entity, id_ in self.ids.items())

    def _speaker(self, entity: Entity, id_: str) -> Speaker:
        written = (mention for mention in entity.mentions if mention.kind != "silent")
        mentions = tuple(Span(mention.start, mention.end, mention.text) for mention in written)
        members, quotes = tuple(self.ids[member] for member in entity.members), tuple(self.quotes[entity])
        return Speaker(id_, entity.name, entity.type, entity.role, entity.aliases, members, mentions, quotes)
