"""Whoever watches a reading is told of its parts, and may stop it."""

from itertools import groupby

import pytest

import attribution
from attribution.watch import watched

TEXT = "“It is late,” said Ann Lee."


class EnoughError(Exception):
    """What a watcher of these tests raises."""


def test_every_part_is_told_in_the_order_it_is_done():
    """The parts of the network and every step behind it."""
    told = []
    with watched(told.append):
        attribution.extract(TEXT)
    assert told == ["words", "scores", "quotes", "verbs", "mentions", "entities", "speakers"]


def test_a_long_text_is_told_of_a_portion_at_a_time():
    """So whoever wants to stop it need not wait for its end."""
    told = []
    with watched(told.append):
        attribution.extract(f"{TEXT}\n\n" * 200)
    assert {part: len(list(calls)) for part, calls in groupby(told)}["scores"] > 3


def test_a_watcher_stops_a_reading_and_the_next_is_read():
    """Its own error comes out, nothing hangs, nothing is left."""
    remembered = len(attribution.load().vocab.strings)

    def stop(part):
        raise EnoughError(part)

    with pytest.raises(EnoughError, match="words"), watched(stop):
        attribution.extract("“Qwxyzzy plonkhurst,” said Ann Lee.")
    assert len(attribution.load().vocab.strings) == remembered
    assert len(attribution.extract(TEXT).quotes) == 1
