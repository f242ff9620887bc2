"""What stands between the door and the core: room for each article, a limit to its time, and the counting.

In: what is to be done with an article, and the order for it. Out: the answer; what has no room is refused, what takes too long is
stopped, and what was read is counted. Finding the article in a page of HTML is part of it. It keeps no text.
"""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter
from typing import TypeVar

import structlog
from flask import g, has_request_context

from attribution.data import Article
from attribution.watch import report_done, watched

from .admission import Room
from .failures import Failure
from .metrics import Metrics
from .orders import Order
from .problems import Problem

Answer = TypeVar("Answer")
"""What the core answers: an article's quotes, or a verification."""
PHASES = {"page": "read", "words": "read", "scores": "network"}
"""The phase that a part of the reading belongs to; all others belong to `speakers`."""
MARKUP = 10
"""Of so many characters of a page, about one is of its article."""


class Stopwatch:
    """Takes the time of every phase, and raises a `Problem` once the reading has taken longer than `limit` seconds."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._last = perf_counter()
        self.seconds = {"read": 0.0, "network": 0.0, "speakers": 0.0}

    def __call__(self, part: str) -> None:
        """Note that `part` is done."""
        self.seconds[PHASES.get(part, "speakers")] += self.lap()
        if sum(self.seconds.values()) > self._limit:
            raise Problem(
                Failure.OUT_OF_TIME,
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

    def __call__(self, work: Callable[..., Answer], order: Order, *, patient: bool = False) -> Answer:
        """Do some work on an order's article if there is room for it; whoever is `patient` waits, which is no reading."""
        stopwatch = Stopwatch(self._seconds)
        with watched(stopwatch):
            text = order.words() if order.page is None else self._found(order, stopwatch, patient=patient)
            with self._room(len(text), patient=patient), self._metrics.reading(len(text)):
                stopwatch.lap()
                answer = work(text=text, article_id=order.id, **order.options)
        self._metrics.count(text, answer.quotes if isinstance(answer, Article) else (), stopwatch.seconds)
        if not patient:
            structlog.contextvars.bind_contextvars(characters=len(text))
        if has_request_context():
            g.stopwatch = stopwatch
        return answer

    def _found(self, order: Order, stopwatch: Stopwatch, *, patient: bool) -> str:
        """The article of a page, which has its own room: it is left before the article has one, so that nobody waits in it."""
        with self._room(len(order.page or "") // MARKUP, patient=patient):
            stopwatch.lap()
            text = order.words()
            report_done("page")
        return text
