"""Confidence: the network's probability on a calibrated curve, and the quotes that are too unlikely to keep."""

import pytest

from attribution.data import Attribution
from attribution.quoting.calibration import SORTS, UNCALIBRATED, Calibration, sort_of
from attribution.quoting.quotes import build_quotes

TEXT = "Ann said it was late."
SAID = Attribution(((9, 20),), (4, 8), (0, 3), 0.5)


def test_without_calibration_confidence_is_the_networks_probability() -> None:
    assert UNCALIBRATED(0.3, "marked") == pytest.approx(0.3)
    assert 0 < UNCALIBRATED(0.0, "unmarked") < UNCALIBRATED(1.0, "unmarked") < 1


def test_each_sort_of_quote_has_its_own_offset() -> None:
    calibration = Calibration(marked=2.0, unmarked=1.0, nested=0.0, attitude=-1.0, topic=-2.0)
    assert sorted(SORTS, key=lambda sort: calibration(0.5, sort), reverse=True) == list(SORTS)


def test_the_sort_of_a_statement_depends_on_its_marks_and_nesting() -> None:
    assert [sort_of("statement", marked=marked, nested=False) for marked in (True, False)] == ["marked", "unmarked"]
    assert sort_of("statement", marked=True, nested=True) == "nested"
    assert sort_of("topic", marked=True, nested=True) == "topic"


def test_unlikely_quotes_are_dropped_without_a_gap_in_the_ids() -> None:
    unlikely = Attribution(((0, 3),), None, None, 0.2)
    (quote,) = build_quotes(TEXT, [unlikely, SAID], Calibration(least=0.4))
    assert (quote.id, quote.confidence) == ("q1", 0.5)


def test_attitudes_and_topics_have_their_own_least_confidence() -> None:
    calibration = Calibration(least=0.6, least_other=0.3)
    assert [calibration.keeps(0.5, kind) for kind in ("statement", "attitude", "topic")] == [False, True, True]
    assert [calibration.keeps(0.7, kind) for kind in ("statement", "attitude", "topic")] == [True, True, True]


def test_the_articles_own_voice_is_not_a_quote() -> None:
    own = Attribution(SAID.content, SAID.cue, SAID.source, 1.0, kind="author")
    assert build_quotes(TEXT, [own]) == ()
