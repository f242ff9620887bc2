"""Coreference: which mentions are one and the same somebody's. It owns the trained ranker.

In: `doc._.mentions`, `doc._.quotes` and the vectors in `doc.tensor`. Out: `doc._.entities`, a tuple of `Entity` in the order of
their first mentions, and `doc._.chances`, how likely each mention that could be several's is whose. The reading is the Reader's
(reading); where words alone do not say whose a mention is, the ranker does. A candidate that was itself in doubt passes its doubt
on: "he" who is likely the "she" of the sentence before is each of those whom she may be, as likely as she is.
It leaves alone "I" and "we", and who said what (speakers).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc
from threadpoolctl import ThreadpoolController

from attribution.data import Quote
from attribution.errors import ModelError
from attribution.findings import add_extension
from attribution.resolving.candidates import Candidates, find_candidates
from attribution.resolving.columns import Floats
from attribution.resolving.mentions import Mention
from attribution.resolving.names import Cluster, fullest
from attribution.resolving.ranking import Ranker
from attribution.resolving.reading import Reader
from attribution.text.plain import printable
from attribution.watch import report_done


@dataclass(frozen=True, slots=True, eq=False)
class Entity:
    """Somebody of the article: `name` is the fullest it writes, without title; `aliases` its other names; `role` what the most
    telling mention says he is; `type` as a `Speaker`'s; `mentions` every mention of it in text order; `members` those of a group
    whom the article tells.
    """

    name: str
    type: str
    role: str | None
    aliases: tuple[str, ...]
    mentions: tuple[Mention, ...]
    members: tuple[Entity, ...] = ()


BLAS = ThreadpoolController().select(user_api="blas")
"""The ranker's products are too small to share: threads that numpy starts for them only take the cores of other processes."""
Chances = dict[Mention, tuple[tuple[Entity, float], ...]]
"""Of each mention that could be several's the entities it may be of, with their probability, the likeliest first."""
Found = tuple[tuple[Entity, ...], Chances]
Shares = dict[int, float]
"""How likely it is each cluster, by the cluster's number; what they lack of 1 is how likely it is none of them."""


def find_entities(mentions: Sequence[Mention], quotes: Iterable[Quote], vectors: Floats, ranker: Ranker) -> Found:
    """The entities of an article, and the chances of those of its mentions that are in doubt."""
    if not mentions:
        return (), {}
    found = vectors[[mention.word for mention in mentions]] if len(vectors) else ranker.blank(len(mentions))
    doubts = Doubts(found, ranker)
    reader = Reader(mentions, quotes, doubts.choose)
    for number in reader.order:
        reader.read(number)
        doubts.note(number, int(reader.columns.cluster[number]))
    entities = _entities(reader)
    ordered = tuple(sorted(entities.values(), key=lambda entity: entity.mentions[0].start))
    shares = {**doubts.shares, **reader.rivals}
    return ordered, {mentions[number]: _ranked(known, entities) for number, known in shares.items()}


class Doubts:
    """How likely each mention that was put up for choice so far is whose, by the ranker; `vectors` are those of the mentions."""

    def __init__(self, vectors: Floats, ranker: Ranker) -> None:
        self.vectors = vectors
        self.keys = ranker.keys(vectors)
        self.ranker = ranker
        self.shares = dict[int, Shares]()

    def choose(self, candidates: Candidates) -> int | None:
        """The likeliest cluster, unless it is rather none of them."""
        number = candidates.number
        keys, vectors = self.keys[candidates.numbers], self.vectors[candidates.numbers]
        *probabilities, nobody = self.ranker(self.vectors[number], vectors, keys, candidates).tolist()
        found = total(candidates, probabilities, self.shares)
        self.shares[number] = found
        best = max(found, key=lambda cluster: found[cluster], default=None)
        return best if best is not None and found[best] > nobody else None

    def note(self, number: int, cluster: int) -> None:
        """Keep in mind that a nominal whom nobody was chosen for is somebody new, as surely as it is none of the others."""
        if number in self.shares and cluster >= 0:
            self.shares[number].setdefault(cluster, max(0.0, 1.0 - sum(self.shares[number].values())))


def total(candidates: Candidates, probabilities: Iterable[float], shares: Mapping[int, Shares]) -> Shares:
    """The probability of each cluster: that of its mentions among the candidates taken together, each counting for all that it
    may be.
    """
    sums = defaultdict[int, float](float)
    for number, cluster, probability in zip(
        candidates.numbers.tolist(), candidates.clusters.tolist(), probabilities, strict=True
    ):
        for one, share in shares.get(number, {cluster: 1.0}).items():
            sums[one] += probability * share
    return dict(sums)


def _ranked(shares: Mapping[int, float], entities: Mapping[int, Entity]) -> tuple[tuple[Entity, float], ...]:
    return tuple(sorted(((entities[cluster], share) for cluster, share in shares.items()), key=lambda one: -one[1]))


def _entities(reader: Reader) -> dict[int, Entity]:
    """The entity of each cluster that has been spoken of, the groups last, since they are made of others."""
    spoken = {number: cluster for number, cluster in enumerate(reader.columns.clusters) if cluster.mentions}
    entities = {number: _entity(cluster) for number, cluster in spoken.items() if cluster not in reader.parts}
    for number, cluster in spoken.items():
        if cluster in reader.parts:
            known = (entities.get(int(reader.columns.cluster[part])) for part in reader.parts[cluster])
            members = dict.fromkeys(entity for entity in known if entity)
            entities[number] = replace(_entity(cluster), name=name_of(reader, cluster), members=tuple(members))
    return entities


def _entity(cluster: Cluster) -> Entity:
    mentions = tuple(sorted(cluster.mentions, key=lambda mention: mention.start))
    name = _name(mentions)
    names = (printable(one.text) for one in mentions if one.kind in ("name", "acronym"))
    aliases = dict.fromkeys(one for one in names if one != name)
    roles = [mention.role for mention in mentions if mention.role]
    return Entity(name, cluster.type, max(roles, key=len, default=None), tuple(aliases), mentions)


def name_of(reader: Reader, cluster: Cluster) -> str:
    """What somebody is called: the fullest name, else the first words for them; of a group the names of all in it, and the words
    for a group within: it may be the very same one.
    """
    if cluster not in reader.parts:
        return _name(sorted(cluster.mentions, key=lambda mention: mention.start))
    return _joined([_part_name(reader, part) for part in reader.parts[cluster]])


def _part_name(reader: Reader, part: int) -> str:
    number = int(reader.columns.cluster[part])
    alone = number >= 0 and reader.columns.clusters[number] not in reader.parts
    return name_of(reader, reader.columns.clusters[number]) if alone else reader.mentions[part].text


def _name(mentions: Sequence[Mention]) -> str:
    names = [mention for mention in mentions if mention.kind in ("name", "acronym")]
    text = fullest(names) if names else next((one.text for one in mentions if one.kind not in ("pronoun", "silent")), "")
    return printable(text)


def _joined(names: Sequence[str]) -> str:
    """Names in one: `_joined(["Ann", "Bob", "Cy"]) == "Ann, Bob and Cy"`."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _checked(ranker: Ranker) -> Ranker:
    """The ranker, if its weights are numbers and it was trained on the features that candidates have."""
    if not all(np.isfinite(values).all() for values in ranker.weights.values()):
        raise ModelError(
            "the ranker has weights that are no numbers (NaN or infinite): install the package anew, or train it anew with "
            "`python -m training coreference DATA`"
        )
    alone = Mention(0, 1, "I", "pronoun", "i")
    candidates = find_candidates(Reader([alone], (), lambda _: None).columns, 0)
    if ranker.told != (candidates.pairs.shape[1], len(candidates.asked)):
        raise ModelError("the ranker was trained on other features: train it anew with `python -m training coreference DATA`")
    return ranker


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
        add_extension("entities")
        add_extension("chances", {})

    def __call__(self, doc: Doc) -> Doc:
        self.set_annotations([doc], self.predict([doc]))
        report_done("entities")
        return doc

    def predict(self, docs: Iterable[Doc]) -> list[Found]:
        """The entities and chances of some Docs; changes nothing."""
        if self.ranker is None:
            raise ModelError("coreference has no ranker: load a trained pipeline, such as `attribution.load()` gives")
        with BLAS.limit(limits=1):
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
        self.ranker = _checked(Ranker.from_bytes(data)) if data else None
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
        self.ranker = _checked(Ranker.from_bytes(file.read_bytes()))
        return self
