"""How the evaluation calls the library."""

import pytest

import attribution
from evaluation.predict import predict, predict_flat, predict_with_gold_quotes


class Answer:
    """An article with a quote and one nested in it."""

    def to_dict(self):
        return {"id": "a", "quotes": [{"id": "q1", "parent": None}, {"id": "q2", "parent": "q1"}]}


def test_nested_quotes_are_left_out_for_a_corpus_without_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attribution, "extract", lambda text, **options: Answer())
    ids = [[quote["id"] for answer in run({"a": "Hi."}) for quote in answer["quotes"]] for run in (predict, predict_flat)]
    assert ids == [["q1", "q2"], ["q1"]]


def test_the_library_can_be_given_the_gold_quotes() -> None:
    text = "Ann Lee came. It rains, said Bob Orr."
    quote = {"content": [[14, 22]], "cue": [[24, 28]], "source": [[0, 7]], "kind": "core", "type": "indirect", "parent": None}
    gold = [{"id": "a", "text": text, "quotes": [{**quote, "via": []}]}, {"id": "b"}]
    (answer,) = predict_with_gold_quotes({"a": text}, articles=gold)
    assert [quote["source"]["text"] for quote in answer["quotes"]] == ["Ann Lee"]
