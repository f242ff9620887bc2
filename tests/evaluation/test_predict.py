"""What the measure asks the library for."""

import pytest

import attribution
from evaluation.predict import predict, predict_flat


class Answer:
    """An article with a quote and one nested in it."""

    def to_dict(self):
        return {"id": "a", "quotes": [{"id": "q1", "parent": None}, {"id": "q2", "parent": "q1"}]}


def test_nested_quotes_are_left_out_where_the_corpus_knows_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attribution, "extract", lambda text, **options: Answer())
    ids = [[quote["id"] for answer in run({"a": "Hi."}) for quote in answer["quotes"]] for run in (predict, predict_flat)]
    assert ids == [["q1", "q2"], ["q1"]]
