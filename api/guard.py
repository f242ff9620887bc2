"""What stands between the door and the core: room for each article, a limit to its time, and the counting.

In: what is to be done with an article, and the article. Out: the answer; what has no room is refused, what takes too long is
stopped, and what was read is counted. It keeps no text.
"""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter
from typing import Any, TypeVar

from flask import g, has_request_context

from api.admission import Room
from api.metrics import Metrics
from api.problems import Problem
from attribution.data import Article
from attribution.watch import watched

Answer = TypeVar("Answer")
"""What the core answers: an article's quotes, or a verification."""
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
    """What the core does, in a process that has `room` for so many characters at once and `seconds` for each article."""

    def __init__(self, *, room: Room, seconds: int, metrics: Metrics) -> None:
        self._room = room
        self._seconds = seconds
        self._metrics = metrics

    def __call__(self, work: Callable[..., Answer], text: str, *, patient: bool = False, **options: Any) -> Answer:
        """Do some work on `text` if there is room for it; whoever is `patient` waits."""
        with self._room(len(text), patient=patient), self._metrics.reading(len(text)):
            stopwatch = Stopwatch(self._seconds)
            with watched(stopwatch):
                answer = work(text=text, **options)
        self._metrics.count(text, answer.quotes if isinstance(answer, Article) else (), stopwatch.seconds)
        if has_request_context():
            g.stopwatch = stopwatch
        return answer
