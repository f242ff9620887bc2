"""Confidence: what the network says, led through a curve that the pipeline carries, and what is too unsure to be told."""

import pytest

from attribution.data import Attribution
from attribution.quoting.calibration import UNCALIBRATED, Calibration
from attribution.quoting.quotes import build

TEXT = "Ann said it was late."
SAID = Attribution(((9, 20),), (4, 8), (0, 3), 0.5)


def test_without_numbers_the_networks_word_is_taken() -> None:
    assert UNCALIBRATED(0.3, marked=True, nested=False) == pytest.approx(0.3)
    assert 0 < UNCALIBRATED(0.0, marked=False, nested=False) < UNCALIBRATED(1.0, marked=False, nested=False) < 1


def test_each_sort_of_quote_has_an_offset_of_its_own() -> None:
    doubt = Calibration(marked=2.0, unmarked=0.0, nested=-2.0)
    marked, unmarked = (doubt(0.5, marked=marks, nested=False) for marks in (True, False))
    assert marked > unmarked > doubt(0.5, marked=True, nested=True)


def test_what_is_less_sure_than_asked_is_no_quote_and_leaves_no_gap_in_the_ids() -> None:
    doubtful = Attribution(((0, 3),), None, None, 0.2)
    assert [(quote.id, quote.confidence) for quote in build(TEXT, [doubtful, SAID], Calibration(least=0.4))] == [("q1", 0.5)]


def test_what_the_article_says_in_its_own_voice_is_no_quote() -> None:
    own = Attribution(SAID.content, SAID.cue, SAID.source, 1.0, kind="author")
    assert build(TEXT, [own]) == ()
