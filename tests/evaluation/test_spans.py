"""What the scorers compare with: characters without white space, marks, names, figures."""

import pytest

from evaluation.spans import chars, figures, iou, is_quoted, same_speaker


def test_a_span_is_its_characters_without_white_space() -> None:
    assert chars([(0, 4)], "a bc") == {0, 2, 3}
    assert chars([(0, 2)], "a bc") == chars([(0, 1)], "a bc")


def test_fragments_are_one_set() -> None:
    assert chars([(0, 1), (2, 3)], "a bc") == {0, 2}


@pytest.mark.parametrize(
    ("one", "other", "expected"), [({1, 2}, {1, 2}, 1.0), ({1}, {2}, 0.0), ({1, 2, 3}, {2, 3, 4}, 0.5), (set(), set(), 0.0)]
)
def test_iou_is_the_shared_part_of_both(one: set[int], other: set[int], expected: float) -> None:
    assert iou(frozenset(one), frozenset(other)) == expected


@pytest.mark.parametrize("text", ["“Yes”", '"Yes"', "«Yes»", "a ‘yes’", "a 'yes'"])
def test_a_quotation_mark_makes_a_span_quoted(text: str) -> None:
    assert is_quoted([(0, len(text))], text)


@pytest.mark.parametrize("text", ["Ann’s dog", "the dogs' bowl", "don't", "yes"])
def test_an_apostrophe_is_not_a_quotation_mark(text: str) -> None:
    assert not is_quoted([(0, len(text))], text)


def test_figures_are_per_cent_to_one_decimal_place() -> None:
    assert figures(1, 2, 3) == {"p": 50.0, "r": 33.3, "f": 40.0}


def test_figures_of_nothing_are_zero() -> None:
    assert figures(0, 0, 0) == {"p": 0.0, "r": 0.0, "f": 0.0}


@pytest.mark.parametrize(
    "predicted",
    ["Vladimir Putin", "vladimir putin", "Mr. Vladimir Putin", "Vladimir Putin’s", "Russian President Vladimir Putin"],
)
def test_title_role_and_possessive_do_not_change_a_speaker(predicted: str) -> None:
    assert same_speaker(predicted, "Vladimir Putin")


@pytest.mark.parametrize("predicted", [None, "", "Putin", "Dmitry Peskov", "the late and much lamented Vladimir Putin"])
def test_a_partial_name_or_one_with_many_more_words_is_another_speaker(predicted: str | None) -> None:
    assert not same_speaker(predicted, "Vladimir Putin")
