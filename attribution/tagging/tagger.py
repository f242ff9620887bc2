"""Step 2: the tagger, which owns the trained network. In: a tokenized Doc. Out: `doc._.attributions`; the names in `doc.ents`;
in `doc.spans["calls"]`, the words that name or describe a person or a body; and in `doc.tensor` two vectors for each token, side
by side. It scores the Doc's words and decodes the scores. Quotation marks, verbs and speakers are left to later steps.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Span

from attribution.data import CALLS, Attribution
from attribution.errors import ModelError
from attribution.findings import add_extension
from attribution.tagging.calls import find_calls
from attribution.tagging.decoder import decode, spans
from attribution.tagging.nested import add_nested
from attribution.tagging.network import BUDGET, NAME_TAGS, Floats, Network, Scores
from attribution.tagging.thresholds import NEUTRAL, Thresholds
from attribution.tagging.via import add_via
from attribution.tagging.windows import Words, words_of
from attribution.watch import report_done

Labelled = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Tagged:
    """What the tagger found in one Doc: attributions in code points, names and calls as (start token, end token, label), and a
    vector for each token, zero for white space.
    """

    attributions: tuple[Attribution, ...]
    names: tuple[Labelled, ...]
    calls: tuple[Labelled, ...]
    vectors: Floats


@Language.factory(
    "attribution_tagger",
    assigns=["doc._.attributions", "doc.ents", "doc.spans", "doc.tensor"],
    default_config={"thresholds": {}},
)
def make_tagger(nlp: Language, name: str, thresholds: dict[str, float]) -> Tagger:
    """Build a tagger without a network, which `from_disk` loads. The pipeline's config holds its thresholds."""
    return Tagger(thresholds=Thresholds(**thresholds))


class Tagger:
    """Runs the network over each Doc and decodes its scores."""

    def __init__(self, network: Network | None = None, thresholds: Thresholds = NEUTRAL) -> None:
        self.network = network
        self.thresholds = thresholds
        add_extension("attributions")

    def __call__(self, doc: Doc) -> Doc:
        self.set_annotations([doc], self.predict([doc]))
        return doc

    def predict(self, docs: Iterable[Doc]) -> list[Tagged]:
        """Find the attributions and names of some Docs; changes nothing."""
        if self.network is None:
            raise ModelError("the tagger has no network: load a trained pipeline, for example with `attribution.load()`")
        return [self._tag(doc, self.network) for doc in docs]

    def set_annotations(self, docs: Iterable[Doc], found: Iterable[Tagged]) -> None:
        """Write what `predict` found into the Docs."""
        for doc, tagged in zip(docs, found, strict=True):
            doc._.attributions = tagged.attributions
            doc.tensor = tagged.vectors  # type: ignore[assignment]  # spaCy's stub wants float64
            doc.set_ents([Span(doc, start, end, label=label) for start, end, label in tagged.names])
            doc.spans[CALLS] = [Span(doc, start, end, label=label) for start, end, label in tagged.calls]

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """The network as bytes; empty without one."""
        return self.network.data if self.network else b""

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> Tagger:
        """Load the network from bytes."""
        self.network = Network(data) if data else None
        return self

    def to_disk(self, path: Path | str, *, exclude: Iterable[str] = ()) -> None:
        """Save the network into a folder."""
        if self.network is not None:
            Path(path).mkdir(parents=True, exist_ok=True)
            (Path(path) / "network.onnx").write_bytes(self.network.data)

    def from_disk(self, path: Path | str, *, exclude: Iterable[str] = ()) -> Tagger:
        """Load the network from a folder."""
        file = Path(path) / "network.onnx"
        if not file.exists():
            raise ModelError(f"{file} is missing: the trained pipeline is incomplete")
        self.network = Network(file.read_bytes())
        return self

    def _tag(self, doc: Doc, network: Network) -> Tagged:
        """What the network finds in one Doc."""
        words = words_of(doc, network.pieces, limit=BUDGET)
        report_done("words")
        vectors = np.zeros((len(doc), network.width), dtype=np.float32)
        if not len(words):
            return Tagged((), (), (), vectors)
        scores = network(words)
        vectors[words.tokens] = scores.vectors
        attributions = decode_scores(words, scores, self.thresholds)
        names, calls = (
            tuple((int(words.tokens[start]), int(words.tokens[end - 1]) + 1, label) for start, end, label in found)
            for found in (spans(scores.names.argmax(1), NAME_TAGS), find_calls(words, attributions, scores.calls))
        )
        return Tagged(tuple(attributions), names, calls, vectors)


def decode_scores(words: Words, scores: Scores, thresholds: Thresholds) -> list[Attribution]:
    """The attributions that the scores give, with nested ones and relays."""
    outer = decode(words, scores.outer, thresholds)
    return add_via(words, add_nested(words, outer, scores.inner, thresholds), scores.via, thresholds)
