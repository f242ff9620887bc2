"""Every fault that the seeds' scorer finds, on one sentence: `Ann said the “sea” is “blue”, according to RIA.`"""

from typing import Any

import pytest

from evaluation.seeds import score

TEXT = "Ann said the “sea” is “blue”, according to RIA."


def span(start: int, end: int) -> dict[str, Any]:
    return {"start": start, "end": end, "text": TEXT[start:end]}


QUOTE: dict[str, Any] = {
    "id": "a-01",
    "tier": "core",
    "type": "mixed",
    "content": [span(9, 28)],
    "verbatim": [span(14, 17), span(23, 27)],
    "verb": span(4, 8),
    "source": span(0, 3),
    "speaker": {"name": "Ann Lee"},
    "via": [{"name": "RIA", "relation": "relays"}],
    "parent": None,
}


def report(predicted: list[dict[str, Any]], **changed: Any) -> dict[str, Any]:
    return score([{"id": "a", "quotes": [QUOTE | changed]}], {"a": TEXT}, {"a": {"quotes": predicted}})


def test_the_gold_itself_is_right() -> None:
    assert report([QUOTE]) == {
        "core": "1 of 1 right, 1 found",
        "nested": "0 of 0",
        "extra": "0 of 0 found",
        "spurious": 0,
        "faults": [],
    }


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"type": "direct"}, "type direct for mixed"),
        ({"verb": None}, "verb None for 'said'"),
        ({"verb": span(30, 42)}, "verb 'according to' for 'said'"),
        ({"speaker": None}, "speaker None for 'Ann Lee'"),
        ({"speaker": {"name": "Bob"}}, "speaker 'Bob' for 'Ann Lee'"),
        ({"verbatim": [span(14, 17)]}, "verbatim ['sea']"),
        ({"via": []}, "via [] for 'RIA'"),
    ],
)
def test_each_wrong_part_is_a_fault(changed: dict[str, Any], fault: str) -> None:
    found = report([QUOTE | changed])
    assert found["faults"] == [f"a-01 core: {fault}"]
    assert found["core"] == "0 of 1 right, 1 found"


def test_the_faults_of_one_quote_share_a_line() -> None:
    assert report([QUOTE | {"type": "direct", "speaker": None}])["faults"] == [
        "a-01 core: type direct for mixed; speaker None for 'Ann Lee'"
    ]


def test_a_content_that_overlaps_less_than_half_is_not_found() -> None:
    found = report([QUOTE | {"content": [span(9, 12)]}])
    assert found["faults"] == ["a-01 core: not found: 'the “sea” is “blue”'", "a spurious: 'the'"]
    assert found["spurious"] == 1


def test_a_content_that_overlaps_badly_is_right_only_with_the_same_words() -> None:
    short = QUOTE | {"content": [span(13, 24)]}
    assert report([short])["faults"] == []
    assert report([short | {"verbatim": []}])["faults"] == ["a-01 core: content IoU 0.56; verbatim []"]


def test_an_alternative_reading_is_as_good() -> None:
    assert report([QUOTE | {"content": [span(22, 28)]}], alternatives=[[span(22, 28)]])["faults"] == []


def test_the_last_word_of_the_verb_is_enough() -> None:
    assert report([QUOTE | {"verb": span(40, 42)}], verb=span(30, 42))["faults"] == []


def test_punctuation_at_the_ends_of_verbatim_words_does_not_count() -> None:
    assert report([QUOTE | {"verbatim": [span(13, 18), span(22, 29)]}])["faults"] == []


def test_a_part_of_the_relays_name_is_enough() -> None:
    assert report([QUOTE | {"via": [{"name": "the news agency RIA of Russia"}]}])["faults"] == []


def test_gold_without_verb_and_speaker_requires_none() -> None:
    assert report([QUOTE | {"verb": None, "speaker": None}], verb=None, speaker=None)["faults"] == []


def test_a_nested_quote_needs_a_parent() -> None:
    assert report([QUOTE], tier="nested")["faults"] == ["a-01 nested: no parent"]
    assert report([QUOTE | {"parent": "q1"}], tier="nested")["nested"] == "1 of 1"


def test_an_extra_quote_is_never_a_fault() -> None:
    missed, wrong = report([], tier="extra"), report([QUOTE | {"type": "direct"}], tier="extra")
    assert (missed["extra"], missed["faults"]) == ("0 of 1 found", [])
    assert (wrong["extra"], wrong["faults"]) == ("1 of 1 found", [])


def test_a_second_answer_for_one_quote_is_spurious() -> None:
    assert report([QUOTE, QUOTE])["spurious"] == 1
