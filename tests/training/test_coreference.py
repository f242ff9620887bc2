"""The ranker's training: chains become examples, and what they teach is learned."""

from random import Random

import numpy as np
import pytest
from spacy.language import Language
from spacy.tokens import Doc

from attribution.resolving.columns import Floats
from attribution.resolving.ranking import Ranker
from training.coreference import Document, read
from training.corpora.chains import Chained
from training.corpora.records import Article, Attribution
from training.disguise import disguise
from training.ranking import Recipe, Scorer, fit, together

TEXT = "Ann Lee met Bob Orr. She said that he lies."


@pytest.fixture
def reader(nlp: Language) -> Language:
    """Stands in for the pipeline up to its quotes; vectors say nothing."""

    def run(text: str) -> Doc:
        doc = nlp(text)
        doc.ents = [doc.char_span(0, 7, label="PERSON"), doc.char_span(12, 19, label="PERSON")]
        doc.tensor = np.zeros((len(doc), 4), dtype=np.float32)
        return doc

    Doc.set_extension("quotes", default=(), force=True)
    return run  # type: ignore[return-value]


def chained(she: str, he: str, **options: object) -> Chained:
    spans = ((0, 7), "ann"), ((12, 19), "bob"), ((21, 24), she), ((35, 37), he)
    return Chained("a", TEXT, spans, **options)  # type: ignore[arg-type]


def right(document: Document) -> list[list[int]]:
    return [[int(x) for x in np.append(e.candidates.numbers, -1)[e.right]] for e in document.examples]


def test_the_mentions_of_its_chain_are_right_for_a_pronoun(reader: Language) -> None:
    assert right(read(chained("ann", "bob"), reader, Random(1))) == [[0], [1]]


def test_only_the_asked_mentions_teach(reader: Language) -> None:
    document = read(chained("ann", "bob", whole=False, asked=frozenset([(35, 37)])), reader, Random(1))
    assert right(document) == [[1]]


def test_where_neither_name_is_right_all_others_may_be(reader: Language) -> None:
    document = read(chained("zoe", "zoe", whole=False, asked=frozenset([(21, 24)])), reader, Random(1))
    assert right(document) == [[-1]]


def test_what_examples_have_in_common_is_learned(reader: Language) -> None:
    documents = [read(chained("ann", "bob"), reader, Random(1))] * 20
    ranker = fit(documents, Recipe(epochs=20, pairs=40, dropout=0.0, scorers=2))
    (first, second) = documents[0].examples
    for example in (first, second):
        vectors = documents[0].vectors.astype(np.float32)
        found = ranker(vectors[0], ranker.keys(vectors[example.candidates.numbers]), example.candidates)
        assert found[example.right].sum() > 0.7


def test_several_scorers_together_score_as_their_mean(reader: Language) -> None:
    document = read(chained("ann", "bob"), reader, Random(1))
    candidates, vectors = document.examples[1].candidates, np.ones((len(document.vectors), 4), dtype=np.float32)
    recipe = Recipe(width=3, hidden=5)
    scorers = [Scorer(4, candidates.pairs.shape[1], len(candidates.asked), recipe) for _ in range(3)]

    def log_odds(ranker: Ranker) -> Floats:
        chances = ranker(vectors[0], ranker.keys(vectors[candidates.numbers]), candidates)
        return np.log(chances / chances[-1])

    mean = np.mean([log_odds(together([scorer])) for scorer in scorers], axis=0)
    np.testing.assert_allclose(log_odds(together(scorers)), mean, atol=1e-4)


HISTORY = "Orr left. He ran. Orr hid and he fled. Orr won and his dog. Orr fell and he died."
"""After "Orr" follows "he", often enough to tell."""


def disguised(*said: str) -> list[Chained]:
    """What becomes of the history and sentences such as "Orr said no."."""
    text, found = HISTORY, list[Attribution]()
    for sentence in said:
        start, cue = len(text) + 1, sentence.index(" said")
        spans = (cue + 6, len(sentence) - 1), (cue + 1, cue + 5), (0, cue)
        found.append(Attribution(*(((start + first, start + last),) for first, last in spans)))
        text += f" {sentence}"
    return list(disguise([Article("a", text, attributions=tuple(found))], Random(3)))


def test_who_spoke_last_and_goes_on_gives_way_to_the_pronoun_that_follows_his_name_elsewhere() -> None:
    (found,) = disguised("Orr said no.", "Orr said yes.")
    (span,) = found.asked
    assert found.text[slice(*span)] == "He"
    assert found.text.endswith("Orr said no. He said yes.")
    assert {chain for _, chain in found.mentions} == {"Orr"}
    assert not found.whole


def test_a_name_stays_where_somebody_else_spoke_last() -> None:
    assert disguised("Orr said no.", "Ann Lee said yes.", "Orr said no.") == []
