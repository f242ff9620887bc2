"""Pronouns are scored as in GAP; the pipeline's own choices are not tested here."""

import pytest

from evaluation import pronouns

NAMES = [{"start": 0, "end": 3, "cluster": "P"}, {"start": 8, "end": 11, "cluster": "B"}]


def document(pronoun, *, split="test"):
    mention = {"start": 20, "end": 23, "text": pronoun, "cluster": "P"}
    return {"split": split, "text": "Ann met Zoe. Later, she left.", "mentions": [mention, *NAMES]}


@pytest.mark.parametrize(("guess", "expected"), [(0, (1, 1, 1)), (1, (0, 1, 1)), (None, (0, 0, 1))])
def test_a_guess_is_right_wrong_or_missing(guess, expected):
    counts = pronouns.count([True, False], guess)
    assert (counts["right"], counts["predicted"], counts["gold"]) == expected


def test_the_bias_is_feminine_over_masculine_on_the_test_part_alone(monkeypatch):
    guesses = iter([0, 0, None])
    monkeypatch.setattr(pronouns, "choose", lambda *_: next(guesses))
    found = pronouns.score([document("she"), document("he"), document("his"), document("he", split="dev")], None)
    assert found == {"overall": 80.0, "masculine": 66.7, "feminine": 100.0, "bias": 1.499}
    assert "feminine" in pronouns.report(found)
