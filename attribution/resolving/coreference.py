"""Coreference: group the mentions that refer to the same entity. This module owns the trained ranker.

In: `doc._.mentions`, `doc._.quotes` and the vectors in `doc.tensor`. Out: `doc._.entities`, a tuple of `Entity` in order of first
mention, and `doc._.chances`, the probability of each entity that an ambiguous mention may refer to. The Reader resolves the
mentions one by one (reading) and asks the ranker where the words alone do not decide. Doubt carries over: a pronoun that probably
refers to an earlier "she" may be anyone that the earlier one may be, with the same probabilities. It leaves alone the "I" of the
article's author, and who said what (speakers).
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
from attribution.resolving.names import Cluster, fullest_name
from attribution.resolving.ranking import Ranker
from attribution.resolving.reading import Reader
from attribution.text.plain import printable
from attribution.watch import report_done


@dataclass(frozen=True, slots=True, eq=False)
class Entity:
    """A person, a body or the like that the article mentions. `name`: the fullest name there, without title; `aliases`: the other
    names; `role`: the longest that a mention gives; `type`: as in `Speaker`; `mentions`: all of them, in text order; `members`:
    of a group, those that the article identifies.
    """

    name: str
    type: str
    role: str | None
    aliases: tuple[str, ...]
    mentions: tuple[Mention, ...]
    members: tuple[Entity, ...] = ()


BLAS = ThreadpoolController().select(user_api="blas")
"""The ranker's matrices are too small for threads: those that numpy starts only take cores from other processes."""
Chances = dict[Mention, tuple[tuple[Entity, float], ...]]
"""The entities that each ambiguous mention may refer to, with their probabilities, likeliest first."""
Resolution = tuple[tuple[Entity, ...], Chances]
NEGLIGIBLE = 1e-4
"""Smaller probabilities are dropped."""
Probabilities = dict[int, float]
"""The probability of each cluster, by its number. The rest, up to 1, is the probability of none of them."""


def find_entities(mentions: Sequence[Mention], quotes: Iterable[Quote], vectors: Floats, ranker: Ranker) -> Resolution:
    """The entities of an article, and the chances of its ambiguous mentions. `vectors`: those of the tokens; empty if no network
    has read the article.
    """
    if not mentions:
        return (), {}
    words = vectors[[mention.word for mention in mentions]] if len(vectors) else ranker.blank_vectors(len(mentions))
    chooser = Chooser(words, ranker)
    reader = Reader(mentions, quotes, chooser.choose)
    for number in reader.order:
        reader.resolve(number)
        chooser.record(number, int(reader.columns.cluster_of[number]))
    entities = _entities(reader)
    ordered = tuple(sorted(entities.values(), key=lambda entity: entity.mentions[0].start))
    chances = {**chooser.chances, **reader.name_chances}
    return ordered, {mentions[number]: _ranked(known, entities) for number, known in chances.items()}


class Chooser:
    """Chooses clusters with the ranker and keeps the probabilities of each choice. `vectors` are those of the mentions."""

    def __init__(self, vectors: Floats, ranker: Ranker) -> None:
        self.vectors = vectors
        self.keys = ranker.keys(vectors)
        self.ranker = ranker
        self.chances = dict[int, Probabilities]()

    def choose(self, candidates: Candidates) -> int | None:
        """The likeliest cluster, or None if "none of them" is at least as likely."""
        number = candidates.number
        keys, vectors = self.keys[candidates.numbers], self.vectors[candidates.numbers]
        *probabilities, none = self.ranker(self.vectors[number], vectors, keys, candidates).tolist()
        chances = self.chances[number] = cluster_chances(candidates, probabilities, self.chances)
        best = max(chances, key=chances.__getitem__, default=None)
        return best if best is not None and chances[best] > none else None

    def record(self, number: int, cluster: int) -> None:
        """Give the new cluster of a mention, if it got one, the probability that the candidates leave over."""
        if number in self.chances and cluster >= 0:
            self.chances[number].setdefault(cluster, max(0.0, 1.0 - sum(self.chances[number].values())))


def cluster_chances(candidates: Candidates, probabilities: Iterable[float], known: Mapping[int, Probabilities]) -> Probabilities:
    """The probability of each cluster, summed over its candidates. A candidate in `known` counts for all clusters that it may be.
    Negligible probabilities are dropped, or the doubt of a long text would spread over all of its clusters.
    """
    sums = defaultdict[int, float](float)
    numbers, clusters = candidates.numbers.tolist(), candidates.clusters.tolist()
    for number, cluster, probability in zip(numbers, clusters, probabilities, strict=True):
        for possible, share in known.get(number, {cluster: 1.0}).items():
            sums[possible] += probability * share
    return {cluster: chance for cluster, chance in sums.items() if chance >= NEGLIGIBLE}


def _ranked(chances: Probabilities, entities: Mapping[int, Entity]) -> tuple[tuple[Entity, float], ...]:
    return tuple(sorted(((entities[cluster], chance) for cluster, chance in chances.items()), key=lambda pair: -pair[1]))


def _entities(reader: Reader) -> dict[int, Entity]:
    """The entity of each cluster that has mentions. Groups come last, since their members are other entities."""
    mentioned = {number: cluster for number, cluster in enumerate(reader.columns.clusters) if cluster.mentions}
    entities = {number: _entity(cluster) for number, cluster in mentioned.items() if cluster not in reader.parts}
    for number, cluster in mentioned.items():
        if cluster in reader.parts:
            known = (entities.get(int(reader.columns.cluster_of[part])) for part in reader.parts[cluster])
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
    """The name to show for a cluster: its fullest name, else its first nominal. A group is named after its parts; a part that is
    itself a group, perhaps this very one, is named by its words.
    """
    if cluster not in reader.parts:
        return _name(sorted(cluster.mentions, key=lambda mention: mention.start))
    return _joined([_part_name(reader, part) for part in reader.parts[cluster]])


def _part_name(reader: Reader, part: int) -> str:
    number = int(reader.columns.cluster_of[part])
    single = number >= 0 and reader.columns.clusters[number] not in reader.parts
    return name_of(reader, reader.columns.clusters[number]) if single else reader.mentions[part].text


def _name(mentions: Sequence[Mention]) -> str:
    names = [mention for mention in mentions if mention.kind in ("name", "acronym")]
    text = fullest_name(names) if names else next((one.text for one in mentions if one.kind not in ("pronoun", "silent")), "")
    return printable(text)


def _joined(names: Sequence[str]) -> str:
    """The names as one phrase: `_joined(["Ann", "Bob", "Cy"]) == "Ann, Bob and Cy"`."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _checked(ranker: Ranker) -> Ranker:
    """The ranker, after a check that its weights are finite and that it was trained on the current features."""
    if not all(np.isfinite(values).all() for values in ranker.weights.values()):
        raise ModelError(
            "the ranker's weights contain NaN or infinity: reinstall the package, or retrain the ranker with "
            "`python -m training coreference DATA`"
        )
    alone = Mention(0, 1, "I", "pronoun", "i")
    candidates = find_candidates(Reader([alone], (), lambda _: None).columns, 0)
    if ranker.feature_counts != (candidates.pair_features.shape[1], len(candidates.mention_features)):
        raise ModelError("the ranker was trained on other features: retrain it with `python -m training coreference DATA`")
    return ranker


@Language.factory(
    "attribution_coreference",
    requires=["doc._.mentions", "doc._.quotes", "doc.tensor"],
    assigns=["doc._.entities", "doc._.chances"],
)
def make_coreference(nlp: Language, name: str) -> Coreference:
    """Build the component without a ranker; `from_disk` loads one."""
    return Coreference()


class Coreference:
    """Groups each Doc's mentions into entities."""

    def __init__(self, ranker: Ranker | None = None) -> None:
        self.ranker = ranker
        add_extension("entities")
        add_extension("chances", {})

    def __call__(self, doc: Doc) -> Doc:
        self.set_annotations([doc], self.predict([doc]))
        report_done("entities")
        return doc

    def predict(self, docs: Iterable[Doc]) -> list[Resolution]:
        """The entities and chances of each Doc. Changes no Doc."""
        if self.ranker is None:
            raise ModelError("coreference has no ranker: load a trained pipeline, for example with `attribution.load()`")
        with BLAS.limit(limits=1):
            return [find_entities(doc._.mentions, doc._.quotes, np.asarray(doc.tensor, np.float32), self.ranker) for doc in docs]

    def set_annotations(self, docs: Iterable[Doc], found: Iterable[Resolution]) -> None:
        """Write what `predict` returned into the Docs."""
        for doc, (entities, chances) in zip(docs, found, strict=True):
            doc._.entities, doc._.chances = entities, chances

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """The ranker as bytes; empty without one."""
        return self.ranker.to_bytes() if self.ranker else b""

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> Coreference:
        """Load the ranker from bytes."""
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
            raise ModelError(f"{file} is missing: the trained pipeline is incomplete, reinstall the package")
        self.ranker = _checked(Ranker.from_bytes(file.read_bytes()))
        return self
