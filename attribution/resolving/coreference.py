"""Coreference: which mentions are one and the same somebody's. It owns the trained ranker.

In: `doc._.mentions`, `doc._.quotes` and the vectors in `doc.tensor`. Out: `doc._.entities`, a tuple of `Entity` in the order of
their first mentions, and `doc._.chances`, how likely each pronoun and nominal was whose. The reading is the Reader's (reading);
where words alone do not say whose a mention is, the ranker does.
It leaves alone "I" and "we", and who said what (speakers).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from attribution.data import Quote
from attribution.errors import ModelError
from attribution.resolving.candidates import Candidates, Floats
from attribution.resolving.mentions import Mention
from attribution.resolving.names import Cluster, fullest
from attribution.resolving.ranking import Ranker
from attribution.resolving.reading import Reader
from attribution.watch import done


@dataclass(frozen=True, slots=True, eq=False)
class Entity:
    """Somebody of the article: `name` is the fullest it writes, without title; `aliases` its other names; `role` what the most
    telling mention says he is; `type` as a `Speaker`'s; `mentions` every mention of it in text order.
    """

    name: str
    type: str
    role: str | None
    aliases: tuple[str, ...]
    mentions: tuple[Mention, ...]


Chances = dict[Mention, tuple[tuple[Entity, float], ...]]
"""Of each mention that the ranker was asked about the entities it may be of, with their probability, the likeliest first."""
Found = tuple[tuple[Entity, ...], Chances]


def find_entities(mentions: Sequence[Mention], quotes: Iterable[Quote], vectors: Floats, ranker: Ranker) -> Found:
    """The entities of an article, and the chances of its pronouns and nominals."""
    if not mentions:
        return (), {}
    at = vectors[[mention.word for mention in mentions]] if len(vectors) else ranker.blank(len(mentions))
    keys = ranker.keys(at)
    chances: dict[int, list[tuple[int, float]]] = {}

    def choose(candidates: Candidates) -> int | None:
        probabilities = ranker(at[candidates.number], keys[candidates.numbers], candidates)
        found = total(candidates.clusters.tolist(), probabilities.tolist())
        chances[candidates.number] = found
        return found[0][0] if found and found[0][1] > probabilities[-1] else None

    reader = Reader(mentions, quotes, choose)
    for number in range(len(mentions)):
        reader.read(number)
    entities = {number: _entity(cluster) for number, cluster in enumerate(reader.columns.clusters) if cluster.mentions}
    ordered = tuple(sorted(entities.values(), key=lambda entity: entity.mentions[0].start))
    return ordered, {
        mentions[number]: tuple((entities[cluster], chance) for cluster, chance in found) for number, found in chances.items()
    }


def total(clusters: Sequence[int], probabilities: Sequence[float]) -> list[tuple[int, float]]:
    """The clusters with the probability of their candidates taken together, the likeliest first."""
    sums = defaultdict[int, float](float)
    for cluster, probability in zip(clusters, probabilities, strict=False):
        sums[cluster] += probability
    return sorted(sums.items(), key=lambda one: -one[1])


def _entity(cluster: Cluster) -> Entity:
    mentions = tuple(sorted(cluster.mentions, key=lambda mention: mention.start))
    names = [mention for mention in mentions if mention.kind in ("name", "acronym")]
    name = fullest(names) if names else _described(cluster, mentions)
    aliases = dict.fromkeys(one.text for one in names if one.text != name)
    roles = [mention.role for mention in mentions if mention.role]
    return Entity(name, cluster.type, max(roles, key=len, default=None), tuple(aliases), mentions)


def _described(cluster: Cluster, mentions: Sequence[Mention]) -> str:
    """The name of those who have none: the names in the group, else the first nominal."""
    parts = [fullest([one for one in part.mentions if one.kind in ("name", "acronym")]) for part in cluster.parts]
    return " and ".join(parts) or next(mention.text for mention in mentions if mention.kind != "pronoun")


def _vectors(doc: Doc) -> Floats:
    """The vector of each token; none where no network has read the Doc."""
    return np.asarray(doc.tensor, dtype=np.float32)


@Language.factory(
    "attribution_coreference",
    requires=["doc._.mentions", "doc._.quotes", "doc.tensor"],
    assigns=["doc._.entities", "doc._.chances"],
)
def make_coreference(nlp: Language, name: str) -> Coreference:
    """A component without a ranker: `from_disk` gives it one."""
    return Coreference()


class Coreference:
    """Tells of each Doc which of its mentions are of one entity."""

    def __init__(self, ranker: Ranker | None = None) -> None:
        self.ranker = ranker
        for name, default in (("entities", ()), ("chances", {})):
            if not Doc.has_extension(name):
                Doc.set_extension(name, default=default)

    def __call__(self, doc: Doc) -> Doc:
        self.set_annotations([doc], self.predict([doc]))
        done("entities")
        return doc

    def predict(self, docs: Iterable[Doc]) -> list[Found]:
        """The entities and chances of some Docs; changes nothing."""
        if self.ranker is None:
            raise ModelError("coreference has no ranker: load a trained pipeline, such as `attribution.load()` gives")
        return [find_entities(doc._.mentions, doc._.quotes, _vectors(doc), self.ranker) for doc in docs]

    def set_annotations(self, docs: Iterable[Doc], found: Iterable[Found]) -> None:
        """Write what `predict` found into the Docs."""
        for doc, (entities, chances) in zip(docs, found, strict=True):
            doc._.entities, doc._.chances = entities, chances

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """The ranker as bytes, none without one."""
        return self.ranker.to_bytes() if self.ranker else b""

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> Coreference:
        """Take the ranker from bytes."""
        self.ranker = Ranker.from_bytes(data) if data else None
        return self

    def to_disk(self, path: Path | str, *, exclude: Iterable[str] = ()) -> None:
        """Save the ranker into a folder."""
        if self.ranker is not None:
            Path(path).mkdir(parents=True, exist_ok=True)
            (Path(path) / "ranker.npz").write_bytes(self.ranker.to_bytes())

    def from_disk(self, path: Path | str, *, exclude: Iterable[str] = ()) -> Coreference:
        """Load the ranker from a folder."""
        file = Path(path) / "ranker.npz"
        if not file.exists():
            raise ModelError(f"{file} is missing: the trained pipeline is not whole")
        self.ranker = Ranker.from_bytes(file.read_bytes())
        return self
