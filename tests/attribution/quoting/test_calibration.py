"""Confidence: what the network says, led through a curve that the pipeline carries, and what is too unsure to be told."""

import pytest

from attribution.data import Attribution
from attribution.quoting.calibration import SORTS, UNCALIBRATED, Calibration, sort_of
from attribution.quoting.quotes import build

TEXT = "Ann said it was late."
SAID = Attribution(((9, 20),), (4, 8), (0, 3), 0.5)


def test_without_numbers_the_networks_word_is_taken() -> None:
    assert UNCALIBRATED(0.3, "marked") == pytest.approx(0.3)
    assert 0 < UNCALIBRATED(0.0, "unmarked") < UNCALIBRATED(1.0, "unmarked") < 1


def test_each_sort_of_quote_has_an_offset_of_its_own() -> None:
    doubt = Calibration(marked=2.0, unmarked=1.0, nested=0.0, attitude=-1.0, topic=-2.0)
    assert sorted(SORTS, key=lambda sort: doubt(0.5, sort), reverse=True) == list(SORTS)


def test_a_statement_is_told_apart_by_its_marks_and_its_place() -> None:
    assert [sort_of("statement", marked=marked, nested=False) for marked in (True, False)] == ["marked", "unmarked"]
    assert sort_of("statement", marked=True, nested=True) == "nested"
    assert sort_of("topic", marked=True, nested=True) == "topic"


def test_what_is_less_sure_than_asked_is_no_quote_and_leaves_no_gap_in_the_ids() -> None:
    doubtful = Attribution(((0, 3),), None, None, 0.2)
    assert [(quote.id, quote.confidence) for quote in build(TEXT, [doubtful, SAID], Calibration(least=0.4))] == [("q1", 0.5)]


def test_other_kinds_than_statements_have_a_least_confidence_of_their_own() -> None:
    doubt = Calibration(least=0.6, least_other=0.3)
    assert [doubt.tells(0.5, kind) for kind in ("statement", "attitude", "topic")] == [False, True, True]
    assert [doubt.tells(0.7, kind) for kind in ("statement", "attitude", "topic")] == [True, True, True]


def test_what_the_article_says_in_its_own_voice_is_no_quote() -> None:
    own = Attribution(SAID.content, SAID.cue, SAID.source, 1.0, kind="author")
    assert build(TEXT, [own]) == ()
