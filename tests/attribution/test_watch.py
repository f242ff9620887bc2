"""A watcher is called after each part of a reading, and may stop it."""

from itertools import groupby

import pytest

import attribution
from attribution.watch import watched

TEXT = "“It is late,” said Ann Lee."


class EnoughError(Exception):
    """Raised by a watcher in these tests."""


def test_every_part_is_reported_in_order():
    """The parts of the network, and every later step."""
    parts = []
    with watched(parts.append):
        attribution.extract(TEXT)
    assert parts == ["words", "scores", "quotes", "verbs", "mentions", "entities", "speakers"]


def test_progress_of_a_long_text_is_reported_per_window():
    """So that a watcher can stop it early."""
    parts = []
    with watched(parts.append):
        attribution.extract(f"{TEXT}\n\n" * 200)
    assert {part: len(list(calls)) for part, calls in groupby(parts)}["scores"] > 3


def test_a_watcher_can_stop_a_reading():
    """The caller gets the watcher's error, no words stay in memory, and the next text is read."""
    remembered = len(attribution.load().vocab.strings)

    def stop(part):
        raise EnoughError(part)

    with pytest.raises(EnoughError, match="words"), watched(stop):
        attribution.extract("“Qwxyzzy plonkhurst,” said Ann Lee.")
    assert len(attribution.load().vocab.strings) == remembered
    assert len(attribution.extract(TEXT).quotes) == 1
