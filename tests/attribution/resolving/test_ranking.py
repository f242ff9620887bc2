"""The ranker: scores become probabilities, and its weights survive being saved."""

import numpy as np
import pytest

from attribution.errors import ModelError
from attribution.resolving.candidates import Candidates
from attribution.resolving.coreference import Coreference
from attribution.resolving.ranking import Ranker

WIDTH, SIZE, PAIR, MENTION, HIDDEN = 4, 3, 2, 2, 5


@pytest.fixture
def ranker():
    """A ranker that uses only a candidate's first feature."""
    inner = np.zeros((SIZE + 1 + PAIR + MENTION, HIDDEN))
    inner[SIZE + 1, 0] = 4.0
    weights = {
        "query": np.ones((WIDTH, SIZE)),
        "key": np.ones((WIDTH, SIZE)),
        "inner": inner,
        "inner_bias": np.zeros(HIDDEN),
        "outer": np.ones(HIDDEN),
        "none_inner": np.zeros((SIZE + MENTION, HIDDEN)),
        "none_bias": np.zeros(HIDDEN),
        "none_outer": np.ones(HIDDEN),
    }
    return Ranker({name: value[None] for name, value in weights.items()})


def probabilities(ranker, *first):
    pairs = np.array([[value, 0.0] for value in first], dtype=np.float32).reshape(-1, PAIR)
    numbers = np.arange(len(first))
    candidates = Candidates(len(first), numbers, numbers, numbers >= 0, pairs, np.zeros(MENTION, dtype=np.float32))
    blank = ranker.blank_vectors(len(first))
    return ranker(np.zeros(WIDTH, dtype=np.float32), blank, ranker.keys(blank), candidates)


def test_the_best_candidate_is_the_likeliest_and_probabilities_add_up_to_one(ranker):
    found = probabilities(ranker, 0.0, 1.0, 0.5)
    assert found.argmax() == 1
    assert len(found) == 4
    assert found.sum() == pytest.approx(1)


def test_without_candidates_the_answer_is_none(ranker):
    assert probabilities(ranker).tolist() == [1.0]


def test_saved_weights_give_the_same_probabilities(ranker):
    again = Ranker.from_bytes(ranker.to_bytes())
    np.testing.assert_allclose(probabilities(again, 0.2, 0.1), probabilities(ranker, 0.2, 0.1), atol=1e-3)


def test_a_ranker_trained_on_other_features_is_rejected(ranker, tmp_path):
    Coreference(ranker).to_disk(tmp_path)
    with pytest.raises(ModelError, match="retrain it"):
        Coreference().from_disk(tmp_path)
    with pytest.raises(ModelError, match="retrain it"):
        Coreference().from_bytes(Coreference(ranker).to_bytes())


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_a_ranker_with_weights_that_are_not_finite_is_rejected(ranker, value):
    """It would resolve nothing, without an error."""
    ranker.weights["outer"][0, 1] = value
    with pytest.raises(ModelError, match="NaN"):
        Coreference().from_bytes(Coreference(ranker).to_bytes())


def test_without_a_ranker_the_error_says_where_to_get_one(nlp, tmp_path):
    with pytest.raises(ModelError, match=r"attribution\.load"):
        Coreference().predict([nlp("Hi.")])
    with pytest.raises(ModelError, match="missing"):
        Coreference().from_disk(tmp_path)
