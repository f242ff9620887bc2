"""Bounds of shares, from resampled articles."""

from evaluation.intervals import interval


def test_the_same_counts_have_the_same_bounds_on_every_run() -> None:
    assert interval([3, 1, 2, 0], [4, 4, 4, 4]) == (12.5, 62.5)


def test_equal_articles_have_an_interval_of_width_zero() -> None:
    assert interval([3] * 10, [4] * 10) == (75.0, 75.0)


def test_more_articles_have_a_narrower_interval() -> None:
    (low, high), (lower, higher) = interval([3, 1] * 50, [4] * 100) or (0, 0), interval([3, 1] * 5, [4] * 10) or (0, 0)
    assert lower < low < 50 < high < higher


def test_samples_with_an_empty_whole_are_left_out() -> None:
    assert interval([1, 0, 0], [1, 0, 0]) == (100.0, 100.0)
    assert interval([0, 0], [0, 0]) is None
