"""The figures of `news` by group, on one invented article (`newsroom`)."""

from typing import Any

from newsroom import ARTICLE, BORDER, DOUBT, INNER, RAIN, SEA, SUN, TEXT, answer, span, speaker

from evaluation.groups import score
from evaluation.news import compare


def section(group: str, *predicted: dict[str, Any], name: str | None = None) -> dict[str, dict[str, Any]]:
    return score(compare([ARTICLE], {"a": {"quotes": predicted}}), [group])[name or group]


def test_each_family_has_a_row_and_most_quotes_come_first() -> None:
    other = {"id": "b", "text": TEXT, "quotes": [SEA]}
    compared = compare([other, ARTICLE], {"a": {"quotes": [answer(SEA)]}, "b": {"quotes": [answer(SEA, type="direct")]}})
    assert score(compared, ["family"])["family"] == {
        "seaside": {"gold": 3, "predicted": 1, "p": 100.0, "r": 33.3, "f": 50.0, "right f": 50.0},
        "none": {"gold": 1, "predicted": 1, "p": 100.0, "r": 100.0, "f": 100.0, "right f": 0.0},
    }


def test_recall_groups_by_the_gold_type_and_precision_by_the_predicted_type() -> None:
    rows = section("type", answer(SEA, type="direct"), answer(RAIN))
    assert rows["mixed"] == {"gold": 1, "predicted": 0, "p": 0.0, "r": 100.0, "f": 0.0, "right f": 0.0}
    assert rows["direct"] == {"gold": 0, "predicted": 1, "p": 100.0, "r": 0.0, "f": 0.0, "right f": 0.0}
    assert rows["indirect"] == {"gold": 2, "predicted": 1, "p": 100.0, "r": 50.0, "f": 66.7, "right f": 66.7}


def test_by_type_only_wanted_statements_count() -> None:
    rows = section("type", answer(SUN), answer(DOUBT), answer(BORDER))
    assert rows["indirect"] == {"gold": 2, "predicted": 1, "p": 0.0, "r": 0.0, "f": 0.0, "right f": 0.0}


def test_a_quote_of_each_kind_is_found_if_it_is_predicted_as_that_kind() -> None:
    told = [answer(SEA, kind="statement"), answer(RAIN, kind="topic"), answer(SUN, kind="attitude"), answer(DOUBT)]
    rows = section("kind", *told)
    assert {kind: (row["gold"], row["predicted"], row["p"], row["r"]) for kind, row in rows.items()} == {
        "core": (3, 1, 100.0, 33.3),
        "attitude": (1, 1, 100.0, 100.0),
        "topic": (1, 1, 0.0, 0.0),
    }


def test_a_second_section_counts_the_predicted_kinds_of_each_kind() -> None:
    told = [answer(SEA), answer(RAIN, kind="topic"), answer(BORDER), answer(SEA, content=[span(0, 7)])]
    assert section("kind", *told, name="kind, told as") == {
        "core": {"core": 1, "attitude": 0, "topic": 1, "missed": 1},
        "attitude": {"core": 0, "attitude": 0, "topic": 0, "missed": 1},
        "topic": {"core": 1, "attitude": 0, "topic": 0, "missed": 0},
        "author": {"core": 0, "attitude": 0, "topic": 0, "missed": 1},
        "nothing": {"core": 1, "attitude": 0, "topic": 0, "missed": 0},
    }


def test_each_kind_of_evidence_counts_right_wrong_and_missing_speakers() -> None:
    told = [answer(SEA), answer(RAIN, speaker=speaker("Bob Orr", "pronoun")), answer(INNER, speaker=None)]
    assert section("evidence", *told) == {
        "name": {"found": 1, "right": 1, "wrong": 0, "none": 0, "share": 100.0},
        "pronoun": {"found": 1, "right": 0, "wrong": 1, "none": 0, "share": 0.0},
        "none": {"found": 1, "right": 0, "wrong": 0, "none": 1, "share": 0.0},
    }


def test_no_speaker_is_right_if_the_gold_has_none() -> None:
    article = {**ARTICLE, "quotes": [{**SEA, "speakers": []}]}
    rows = score(compare([article], {"a": {"quotes": [answer(SEA, speaker=None)]}}), ["evidence"])["evidence"]
    assert rows["none"]["right"] == 1


def test_only_the_chosen_groups_are_reported() -> None:
    assert list(score(compare([ARTICLE], {"a": {"quotes": []}}), ["type", "kind"])) == ["type", "kind", "kind, told as"]
