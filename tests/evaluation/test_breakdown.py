"""Groups and their rows, on one sentence: `Ann said “no” twice. Bob says it rains.`"""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from evaluation import breakdown
from evaluation.breakdown import by_style, publisher, score
from evaluation.corpus import score as corpus_score

TEXT = "Ann said “no” twice. Bob says it rains."


def gold(content: list[int], cue: list[int], source: list[int], **more: Any) -> dict[str, Any]:
    return {"content": [content], "cue": [cue], "source": [source]} | more


def answer(gold: dict[str, Any], act: str | None = None, **more: Any) -> dict[str, Any]:
    """The gold quote in the API's shape."""
    content, verb, source = ({"start": gold[role][0][0], "end": gold[role][0][1]} for role in ("content", "cue", "source"))
    return {"content": [content], "verb": verb | {"act": act}, "source": source} | more


ANN = gold([9, 19], [4, 8], [0, 3], type="mixed", verb={"act": "say"})
BOB = gold([30, 38], [25, 29], [21, 24], type="indirect", verb={"act": "ask"})


def article(*quotes: dict[str, Any], name: str = "a") -> dict[str, Any]:
    return {"id": name, "text": TEXT, "quotes": list(quotes)}


def section(name: str, golds: list[dict[str, Any]], *quotes: dict[str, Any]) -> dict[str, dict[str, float]]:
    return score([article(*golds)], {"a": {"quotes": quotes}})[name]


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """One gold quote is enough for an act to have a row."""
    monkeypatch.setattr(breakdown, "MIN_GOLD", 1)


@pytest.mark.parametrize(
    ("article_id", "expected"),
    [
        ("nyt_2016-09-08_a-title", "nyt"),
        ("wash-post_2016-09-08", "wash-post"),
        ("the_sun_2016-09-08_a", "the_sun"),
        ("a", "none"),
        ("2016-09-08_a", "none"),
    ],
)
def test_a_publisher_is_the_part_of_the_id_before_the_date(article_id: str, expected: str) -> None:
    assert publisher(article_id) == expected


def test_each_publisher_has_a_row_and_most_quotes_come_first() -> None:
    golds = [article(ANN, name="sun_2016-01-01_a"), article(ANN, BOB, name="nyt_2016-01-01_b")]
    answers = {golds[0]["id"]: {"quotes": [answer(ANN)]}, golds[1]["id"]: {"quotes": [answer(ANN)]}}
    found = score(golds, answers)["publisher"]
    assert list(found) == ["nyt", "sun"]
    assert found["nyt"] == {"gold": 2, "predicted": 1, "p": 100.0, "r": 50.0, "f": 66.7, "exact f": 66.7}
    assert found["sun"]["f"] == 100.0


def test_a_corpus_without_publishers_has_one_row_with_the_figures_of_the_corpus() -> None:
    predictions = {"a": {"quotes": [answer(ANN, source={"start": 0, "end": 2}), answer(ANN), answer(BOB, verb=None)]}}
    (row,) = score([article(ANN, BOB)], predictions)["publisher"].values()
    whole = corpus_score([article(ANN, BOB)], predictions)["statements"]
    assert {figure: row[figure] for figure in "prf"} == whole["relation"]
    assert row["exact f"] == whole["relation exact"]["f"]
    assert (row["gold"], row["predicted"]) == (2, 3)


def test_recall_groups_by_the_gold_type_and_precision_by_the_predicted_type() -> None:
    found = section("type", [ANN, BOB], answer(ANN, type="direct"), answer(BOB, type="indirect"))
    assert found["mixed"] == {"gold": 1, "predicted": 0, "p": 0.0, "r": 100.0, "f": 0.0, "exact f": 0.0}
    assert found["direct"] == {"gold": 0, "predicted": 1, "p": 100.0, "r": 0.0, "f": 0.0, "exact f": 0.0}
    assert found["indirect"]["f"] == 100.0


def test_f1_is_the_harmonic_mean_of_both() -> None:
    found = section("type", [ANN, BOB], answer(ANN, type="indirect"), answer(BOB, type="indirect"), answer(BOB, type="indirect"))
    assert found["indirect"] == {"gold": 1, "predicted": 3, "p": 66.7, "r": 100.0, "f": 80.0, "exact f": 80.0}


@pytest.mark.usefixtures("few")
def test_each_act_has_a_row_and_so_have_quotes_without_a_verb() -> None:
    found = section("act", [ANN, BOB], answer(ANN, "say"), answer(BOB, verb=None))
    assert {act: (row["gold"], row["predicted"], row["r"]) for act, row in found.items()} == {
        "say": (1, 1, 100.0),
        "ask": (1, 0, 0.0),
        "none": (0, 1, 0.0),
    }


def test_acts_with_few_gold_quotes_share_the_last_row() -> None:
    golds = [article(ANN, BOB, name=str(number)) for number in range(9)] + [article(ANN, name="9")]
    found = score(golds, {each["id"]: {"quotes": [answer(ANN, "say"), answer(BOB, "warn")]} for each in golds})["act"]
    assert list(found) == ["say", "other"]
    assert (found["other"]["gold"], found["other"]["predicted"], found["other"]["r"]) == (9, 10, 100.0)


def test_texts_are_rewritten_in_each_style_and_scored_on_the_same_quotes() -> None:
    def only_straight(texts: Mapping[str, str]) -> Iterator[dict[str, Any]]:
        return ({"quotes": [answer(ANN), answer(BOB)] if '"no"' in text else [answer(BOB)]} for text in texts.values())

    found = by_style([article(ANN, BOB)], only_straight)
    assert {style: row["r"] for style, row in found["mark style"].items()} == {
        "curly": 50.0,
        "straight": 100.0,
        "single": 50.0,
        "single straight": 50.0,
        "guillemets": 50.0,
    }
    assert {(row["gold"], row["r"]) for row in found["mark style, quoted"].values()} == {(1, 0.0), (1, 100.0)}
    assert found["mark style, quoted"]["straight"]["f"] == 100.0
