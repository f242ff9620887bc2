"""The ranker's training: chains become examples, and the ranker learns from them."""

from random import Random

import numpy as np
import pytest
from spacy.language import Language
from spacy.tokens import Doc

from attribution.findings import add_extension
from attribution.resolving.candidates import Candidates
from attribution.resolving.columns import Floats
from attribution.resolving.mentions import source_offsets
from attribution.resolving.ranking import Ranker
from evaluation.gold import quotes_of
from training.answers import AnsweredText
from training.coreference import Document, document_from_answers, document_from_chains
from training.corpora.chains import ChainedText
from training.ranking import Scorer, Settings, combine, fit

TEXT = "Ann Lee met Bob Orr. She said that he lies."


@pytest.fixture
def reader(nlp: Language) -> Language:
    """A stand-in for the pipeline up to its quotes, with zero vectors."""

    def run(tokens: Doc) -> Doc:
        doc = nlp(tokens)
        doc.ents = [doc.char_span(0, 7, label="PERSON"), doc.char_span(12, 19, label="PERSON")]
        doc.tensor = np.zeros((len(doc), 4), dtype=np.float32)
        return doc

    run.make_doc = nlp.make_doc  # type: ignore[attr-defined]
    add_extension("quotes")
    return run  # type: ignore[return-value]


def scored(ranker: Ranker, vectors: Floats, candidates: Candidates) -> Floats:
    """The probabilities of the candidates of the first mention."""
    others = vectors[candidates.numbers]
    return ranker(vectors[0], others, ranker.keys(others), candidates)


def chained(she: str, he: str, **options: object) -> ChainedText:
    spans = ((0, 7), "ann"), ((12, 19), "bob"), ((21, 24), she), ((35, 37), he)
    return ChainedText("a", TEXT, spans, **options)  # type: ignore[arg-type]


def right(document: Document) -> list[list[int]]:
    return [[int(x) for x in np.append(e.candidates.numbers, -1)[e.right]] for e in document.examples]


def test_the_mentions_of_its_chain_are_right_for_a_pronoun(reader: Language) -> None:
    assert right(document_from_chains(chained("ann", "bob"), reader, Random(1))) == [[0], [1]]


def test_only_the_mentions_to_resolve_become_examples(reader: Language) -> None:
    document = document_from_chains(chained("ann", "bob", whole=False, to_resolve=frozenset([(35, 37)])), reader, Random(1))
    assert right(document) == [[1]]


def test_if_neither_name_is_right_all_other_candidates_may_be(reader: Language) -> None:
    document = document_from_chains(chained("zoe", "zoe", whole=False, to_resolve=frozenset([(21, 24)])), reader, Random(1))
    assert right(document) == [[-1]]


def test_a_ranker_learns_what_examples_have_in_common(reader: Language) -> None:
    documents = [document_from_chains(chained("ann", "bob"), reader, Random(1))] * 20
    ranker = fit(documents, Settings(epochs=20, pairs=40, dropout=0.0, scorers=2))
    (first, second) = documents[0].examples
    for example in (first, second):
        vectors = documents[0].vectors.astype(np.float32)
        found = scored(ranker, vectors, example.candidates)
        assert found[example.right].sum() > 0.7


def test_combined_scorers_give_their_mean_score(reader: Language) -> None:
    document = document_from_chains(chained("ann", "bob"), reader, Random(1))
    candidates, vectors = document.examples[1].candidates, np.ones((len(document.vectors), 4), dtype=np.float32)
    settings = Settings(width=3, hidden=5)
    scorers = [Scorer(4, candidates.pair_features.shape[1], len(candidates.mention_features), settings) for _ in range(3)]

    def log_odds(ranker: Ranker) -> Floats:
        chances = scored(ranker, vectors, candidates)
        return np.log(chances / chances[-1])

    mean = np.mean([log_odds(combine([scorer])) for scorer in scorers], axis=0)
    np.testing.assert_allclose(log_odds(combine(scorers)), mean, atol=1e-4)


SAID = "Ann Lee met Bob Orr. She said that it rains."


def answered(*speakers: str, source: bool = True) -> AnsweredText:
    """The text with its annotated answers to who "she" is."""
    said = {"content": [[30, 43]], "cue": [[25, 29]], "source": [[21, 24]] if source else []}
    quotes = quotes_of({"text": SAID, "quotes": [said]})
    return AnsweredText("a", SAID, quotes, {source_offsets(quote): speakers for quote in quotes})


@pytest.mark.parametrize(
    ("speakers", "expected"),
    [(("Ann Lee",), [[0]]), (("Zoe Fox", "Lee"), [[0]]), (("Bob Tom Orr",), [[1]]), (("a neighbour",), [[-1]]), ((), [[-1]])],
)
def test_a_candidate_named_in_the_answers_is_right_or_else_none_is(
    reader: Language, speakers: tuple[str, ...], expected: list[list[int]]
) -> None:
    assert right(document_from_answers(answered(*speakers), reader)) == expected


def test_a_quote_without_a_source_becomes_an_example_too(reader: Language) -> None:
    assert right(document_from_answers(answered("Ann Lee", source=False), reader))[-1] == [0]
