"""Bounds of shares, by drawing articles anew."""

from evaluation.intervals import interval


def test_the_same_counts_have_the_same_bounds_on_every_run() -> None:
    assert interval([3, 1, 2, 0], [4, 4, 4, 4]) == (12.5, 62.5)


def test_articles_that_are_all_alike_leave_no_doubt() -> None:
    assert interval([3] * 10, [4] * 10) == (75.0, 75.0)


def test_many_articles_leave_less_doubt_than_few() -> None:
    (low, high), (lower, higher) = interval([3, 1] * 50, [4] * 100) or (0, 0), interval([3, 1] * 5, [4] * 10) or (0, 0)
    assert lower < low < 50 < high < higher


def test_corpora_that_have_nothing_to_share_are_left_out() -> None:
    assert interval([1, 0, 0], [1, 0, 0]) == (100.0, 100.0)
    assert interval([0, 0], [0, 0]) is None
