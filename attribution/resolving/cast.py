"""Cast: everybody in an answer, each with an id.

In: entities, one by one, as a quote needs them. Out: the references that the quotes bear, and in the end a `Speaker` for each, in
the order of their first need. It decides nobody's part.
"""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from attribution.data import Candidate, Span, Speaker, SpeakerRef
from attribution.resolving.coreference import Entity

MOST_CANDIDATES = 5
LEAST_PROBABLE = 0.05
"""A less probable candidate is not worth a look."""


class Found(NamedTuple):
    """Who speaks, by what evidence, and all whom it may be, with their probability, the likeliest first; nobody else where there
    are none. `entity` is None where nobody is likelier than somebody.
    """

    entity: Entity | None
    evidence: str
    chances: tuple[tuple[Entity, float], ...] = ()


class Cast:
    """Everybody who has been asked for so far."""

    def __init__(self) -> None:
        self.ids: dict[Entity, str] = {}
        self.said = defaultdict[Entity, list[str]](list)

    def id(self, entity: Entity) -> str:
        """The id of somebody, a new one at the first time."""
        return self.ids.setdefault(entity, f"s{len(self.ids) + 1}")

    def speaker(self, found: Found | None, quote: str) -> SpeakerRef | None:
        """Who says the quote of this id."""
        if found is None or found.entity is None:
            return None
        self.said[found.entity].append(quote)
        probability = next((chance for entity, chance in found.chances if entity is found.entity), 1.0)
        return SpeakerRef(self.id(found.entity), found.entity.name, found.evidence, round(probability, 3))

    def candidates(self, found: Found | None) -> tuple[Candidate, ...]:
        """Who else it may be, and himself."""
        likely = ((entity, round(chance, 3)) for entity, chance in (found.chances if found else ()) if chance >= LEAST_PROBABLE)
        return tuple(Candidate(self.id(entity), entity.name, chance) for entity, chance in list(likely)[:MOST_CANDIDATES])

    def add_members(self) -> None:
        """Take in whoever is in a group by now."""
        for entity in list(self.ids):
            for member in entity.members:
                self.id(member)

    def speakers(self) -> tuple[Speaker, ...]:
        """Everybody by now."""
        return tuple(self._speaker(entity, id_) for entity, id_ in self.ids.items())

    def _speaker(self, entity: Entity, id_: str) -> Speaker:
        written = (mention for mention in entity.mentions if mention.kind != "silent")
        mentions = tuple(Span(mention.start, mention.end, mention.text) for mention in written)
        members, said = tuple(self.ids[member] for member in entity.members), tuple(self.said[entity])
        return Speaker(id_, entity.name, entity.type, entity.role, entity.aliases, members, mentions, said)
