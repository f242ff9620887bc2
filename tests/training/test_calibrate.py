"""The confidence is fitted to the share of right quotes, by sort, and its thresholds to the best F1."""

import pytest

from attribution.quoting.calibration import Calibration
from training.calibrate import JudgedQuote, best_threshold, fit


def quotes(sure: float, sort: str, right: int, wrong: int) -> list[JudgedQuote]:
    return [JudgedQuote(sure, sort, True, each < right) for each in range(right + wrong)]


def test_the_curve_gives_the_share_of_such_quotes_that_are_right() -> None:
    judged = (
        quotes(0.9, "marked", 95, 5)
        + quotes(0.5, "marked", 70, 30)
        + quotes(0.9, "nested", 60, 40)
        + quotes(0.5, "nested", 20, 80)
    )
    doubt = fit(judged)
    for sure, sort, share in ((0.9, "marked", 0.95), (0.5, "marked", 0.7), (0.9, "nested", 0.6), (0.5, "nested", 0.2)):
        assert doubt(sure, sort) == pytest.approx(share, abs=0.05)
    assert doubt.unmarked == 0


def test_the_threshold_has_the_best_f1() -> None:
    judged = quotes(0.9, "marked", 9, 1) + quotes(0.6, "unmarked", 5, 5) + quotes(0.2, "unmarked", 1, 9)
    assert best_threshold(judged, Calibration(), 20) == pytest.approx(0.6)
    assert best_threshold(judged, Calibration(), 200) == pytest.approx(0.2)
    assert best_threshold([], Calibration(), 0) == 0
