"""The figures and faults that `news` reports, on one invented article (`newsroom`)."""

from typing import Any

import pytest
from newsroom import ARTICLE, BORDER, DOUBT, INNER, RAIN, SEA, SUN, answer, span, speaker

from evaluation.news import compare, score

ALL = [answer(each) for each in (SEA, RAIN, INNER)]


def report(*predicted: dict[str, Any]) -> dict[str, Any]:
    return score(compare([ARTICLE], {"a": {"quotes": predicted}}))


def shares(found: dict[str, Any]) -> dict[str, tuple[int, int]]:
    return {label: (row["count"], row["of"]) for label, row in found["shares"].items()}


def rate(found: dict[str, Any], hit: str) -> list[float | None]:
    return [figure["share"] for figure in found[hit].values()]


def test_a_perfect_prediction_is_right_in_every_figure() -> None:
    found = report(*ALL)
    assert (found["articles"], found["core"], found["predicted"]) == (1, 3, 3)
    assert rate(found, "found") == rate(found, "right") == [100.0, 100.0, 100.0]
    assert {row["count"] for row in found["wrong"].values()} == {0}
    assert found["faults"] == []


def test_precision_is_over_predicted_and_recall_over_wanted_quotes() -> None:
    found = report(answer(SEA), answer(INNER, parent=None), answer(BORDER), answer(SEA, content=[span(0, 7)]))
    assert rate(found, "found") == [50.0, 66.7, 57.1]
    assert rate(found, "right") == [25.0, 33.3, 28.6]


def test_a_prediction_of_a_spared_kind_does_not_count() -> None:
    assert report(*ALL, answer(SUN), answer(DOUBT))["predicted"] == 3


def test_each_share_has_the_right_part_and_whole() -> None:
    told = [answer(SEA, speaker=speaker("Bob Orr")), answer(RAIN), answer(INNER, speaker=None), answer(BORDER)]
    assert shares(report(*told)) == {
        "marked quotes found": (1, 1),
        "named speaker right, of the found": (1, 3),
        "speaker right, of the found with an answer": (1, 3),
        "wrong name, of the found": (1, 3),
        "nested found": (1, 1),
        "nested right": (0, 1),
        "nested right but for the speaker": (1, 1),
        "via right, of all in the found": (1, 1),
        "via right, of those told": (1, 1),
        "kind right, of the matched": (0, 0),
        "spurious, of the predicted": (1, 4),
        "spurious topic, of the predicted": (1, 4),
    }


def test_a_description_of_the_speaker_is_an_answer_but_not_a_name() -> None:
    described = {**SEA, "speakers": ["a senior aide"], "named": False}
    article, told = {**ARTICLE, "quotes": [described]}, answer(SEA, speaker=speaker("a senior aide"))
    found = shares(score(compare([article], {"a": {"quotes": [told]}})))
    assert found["named speaker right, of the found"] == (0, 0)
    assert found["speaker right, of the found with an answer"] == (1, 1)


def test_a_name_is_wrong_if_the_gold_has_no_speaker() -> None:
    article = {**ARTICLE, "quotes": [{**SEA, "speakers": [], "named": False}]}
    found = shares(score(compare([article], {"a": {"quotes": [answer(SEA)]}})))
    assert found["wrong name, of the found"] == (1, 1)
    assert found["speaker right, of the found with an answer"] == (0, 0)


def test_kinds_are_compared_if_the_prediction_has_them() -> None:
    told = [answer(SEA, kind="statement"), answer(RAIN, kind="attitude"), answer(SUN, kind="attitude"), answer(INNER)]
    found = report(*told)
    assert shares(found)["kind right, of the matched"] == (2, 3)
    assert rate(found, "found") == [100.0, 66.7, 80.0]


def test_the_most_frequent_faults_come_first_as_a_share_of_the_found() -> None:
    wrong = report(answer(SEA, verb=None), answer(RAIN, verb=None, type="direct"), answer(INNER))["wrong"]
    assert [(part, row["count"], row["of"], row["share"]) for part, row in wrong.items()][:3] == [
        ("verb", 2, 3, 66.7),
        ("type", 1, 3, 33.3),
        ("content", 0, 3, 0.0),
    ]


def test_every_share_has_bounds_unless_it_is_empty() -> None:
    other = {**ARTICLE, "id": "b"}
    found = score(compare([ARTICLE, other], {"a": {"quotes": ALL}, "b": {"quotes": []}}))
    assert found["found"]["r"] == {"count": 3, "of": 6, "share": 50.0, "low": 0.0, "high": 100.0}
    assert found["shares"]["kind right, of the matched"] == {"count": 0, "of": 0, "share": None, "low": None, "high": None}


def test_an_empty_prediction_is_not_an_error() -> None:
    assert rate(report(), "found") == [None, 0.0, 0.0]


@pytest.mark.parametrize(
    ("told", "fault"),
    [
        ([*ALL, answer(BORDER)], ("a", "spurious topic", "the border")),
        ([*ALL, answer(SEA, content=[span(0, 7)], text="Ann Lee")], ("a", "spurious", "Ann Lee")),
        (ALL[1:], ("a", "missed", "the sea was “rising fast”")),
        (ALL[:2], ("a", "missed nested", "it would rain")),
        ([answer(SEA, kind="topic"), *ALL[1:]], ("a", "missed", "the sea was “rising fast”")),
        (
            [answer(SEA, type="direct", speaker=None), *ALL[1:]],
            ("a", "wrong type, speaker", "None for ['Ann Lee', 'Lee'] | direct for mixed | the sea was “rising fast”"),
        ),
    ],
)
def test_each_fault_is_listed_with_its_words(told: list[dict[str, Any]], fault: tuple[str, str, str]) -> None:
    assert report(*told)["faults"] == [fault]
