"""What stands between the door and the core: room for each article, a limit to its time, and the counting.

In: the function that reads articles. Out: one that reads them likewise, but refuses what has no room, stops what takes too long,
and counts what was read. It keeps no text.
"""

from __future__ import annotations

from time import perf_counter
from typing import Any

from flask import g, has_request_context

from api.admission import Room
from api.metrics import Metrics
from api.problems import Problem
from api.reader import Extract
from attribution.data import Article
from attribution.watch import watched

PHASES = {"words": "read", "scores": "network"}
"""The phase that a part of the reading belongs to; all others belong to `speakers`."""


class Stopwatch:
    """Takes the time of every phase, and raises a `Problem` once the reading has taken longer than `limit` seconds."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._began = self._last = perf_counter()
        self.seconds = {"read": 0.0, "network": 0.0, "speakers": 0.0}

    def __call__(self, part: str) -> None:
        """Note that `part` is done."""
        self.seconds[PHASES.get(part, "speakers")] += self.lap()
        if self._last - self._began > self._limit:
            raise Problem(
                504,
                f"Reading the article took longer than the {self._limit} s that it may. Send it in parts, or when less is going "
                "on; whoever runs the service can raise ATTRIBUTION_TIME_LIMIT.",
                refused="time",
            )

    def lap(self) -> float:
        """Seconds since the last call."""
        before, self._last = self._last, perf_counter()
        return self._last - before


class Guard:
    """`extract`, in a process that has `room` for so many characters at once and `seconds` for each article."""

    def __init__(self, extract: Extract, *, room: Room, seconds: int, metrics: Metrics) -> None:
        self._extract = extract
        self._room = room
        self._seconds = seconds
        self._metrics = metrics

    def __call__(self, text: str, *, patient: bool = False, **options: Any) -> Article:
        """Read `text` if there is room; whoever is `patient` waits for it."""
        with self._room(len(text), patient=patient), self._metrics.reading(len(text)):
            stopwatch = Stopwatch(self._seconds)
            with watched(stopwatch):
                article = self._extract(text, **options)
        self._metrics.count(text, article, stopwatch.seconds)
        if has_request_context():
            g.stopwatch = stopwatch
        return article
