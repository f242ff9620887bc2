"""Runs the library's functions within limits on characters and time, and counts what was read.

In: a function of the library and a `Job`. Out: its answer, or a `Problem` if there is no capacity or the time runs out.
Extracting the article from HTML is under the same limits. No text is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from time import perf_counter
from typing import TypeVar

import structlog
from flask import g, has_request_context

from attribution.data import Article, Verification
from attribution.text.html import ArticleText
from attribution.watch import report_done, watched

from .admission import CharacterBudget, MemoryBudget
from .failures import Failure
from .jobs import Job
from .memory import BYTES_PER_MARKUP, needed
from .metrics import Metrics
from .problems import Problem

Answer = TypeVar("Answer", bound=Article | Verification)
"""What the library returns: an article's quotes, or a verification."""
PHASES = {"page": "read", "words": "read", "scores": "network"}
"""The phase that each part of the pipeline belongs to; the parts not listed belong to `speakers`."""
MARKUP_RATIO = 10
"""A page of HTML has about this many characters for each character of its article."""


class Stopwatch:
    """Measures each phase, and raises a `Problem` once all of them together take longer than `limit` seconds."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._last = perf_counter()
        self.seconds = {"read": 0.0, "network": 0.0, "speakers": 0.0}

    def __call__(self, part: str) -> None:
        """Record that `part` is done."""
        self.seconds[PHASES.get(part, "speakers")] += self.lap()
        if sum(self.seconds.values()) > self._limit:
            raise Problem(
                Failure.OUT_OF_TIME,
                f"Reading the article took longer than {self._limit} s. Send it in parts, or when the service is less busy. The "
                "operator can raise ATTRIBUTION_TIME_LIMIT.",
                refused="time",
            )

    def lap(self) -> float:
        """Seconds since the last call."""
        before, self._last = self._last, perf_counter()
        return self._last - before


class Guard:
    """Runs library functions within this process's `budget` of characters, its `memory`, and `seconds` for each article."""

    def __init__(self, *, budget: CharacterBudget, memory: MemoryBudget, seconds: int, metrics: Metrics) -> None:
        self._budget = budget
        self._memory = memory
        self._seconds = seconds
        self._metrics = metrics

    def __call__(self, work: Callable[..., Answer], job: Job, *, wait: bool = False) -> Answer:
        """Call `work` on a job's article. If the budget is used up, wait (not counted as its time) or, without `wait`, refuse."""
        stopwatch = Stopwatch(self._seconds)
        with watched(stopwatch):
            given = job.article_text() if job.page is None else self._article_of_page(job, stopwatch, wait=wait)
            text = given.text
            with self._reserved(len(text), needed(text), wait=wait), self._metrics.reading(len(text)):
                stopwatch.lap()
                answer = work(text=text, article_id=job.id, **job.options)
        self._metrics.count(text, answer.quotes if isinstance(answer, Article) else (), stopwatch.seconds)
        if not wait:
            structlog.contextvars.bind_contextvars(characters=len(text))
        if has_request_context():
            g.stopwatch = stopwatch
        return replace(answer, warnings=(*given.warnings, *answer.warnings))

    def _article_of_page(self, job: Job, stopwatch: Stopwatch, *, wait: bool) -> ArticleText:
        """The article of an HTML page, within a share of the budget that is released before the article reserves its own."""
        markup = len(job.page or "")
        with self._reserved(markup // MARKUP_RATIO, markup * BYTES_PER_MARKUP, wait=wait):
            stopwatch.lap()
            given = job.article_text()
            report_done("page")
        return given

    @contextmanager
    def _reserved(self, characters: int, size: int, *, wait: bool) -> Iterator[None]:
        """Room for so many characters and bytes."""
        with self._budget(characters, wait=wait), self._memory(size, wait=wait):
            yield
