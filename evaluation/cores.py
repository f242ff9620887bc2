"""Measures how much all cores read together, with a process for each.

In: texts, and a function that reads one and can be pickled. Out: articles and words a second. Every process has read a text when
the clock starts, so loading does not count. Each process needs memory for its own model.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from threading import Barrier
from time import perf_counter

from evaluation.speed import figure_line

Read = Callable[[str], object]
PATIENCE = 600
"""Seconds to wait until every process has loaded."""


@dataclass(frozen=True, slots=True)
class Throughput:
    """The numbers of articles and words that all `processes` together read in some `seconds`."""

    processes: int
    articles: int
    words: int
    seconds: float

    def report(self) -> str:
        """The figures as a plain-text table."""
        figures = {
            "processes, one a core": self.processes,
            "articles a second": self.articles / self.seconds,
            "words a second": self.words / self.seconds,
        }
        return "\n".join(figure_line(label, value) for label, value in figures.items())


def measure(texts: Sequence[str], read: Read, processes: int | None = None) -> Throughput:
    """Read all texts once, with a process for each core of this machine unless another number is given."""
    number = processes or os.cpu_count() or 1
    context = get_context("spawn")
    loaded = context.Barrier(number + 1)
    with context.Pool(number, _load, (read, texts[0], loaded)) as pool:
        loaded.wait(PATIENCE)
        start = perf_counter()
        for _ in pool.imap_unordered(_read, texts):
            pass
        seconds = perf_counter() - start
    return Throughput(number, len(texts), sum(len(text.split()) for text in texts), seconds)


_READ: list[Read] = []
"""How this process reads."""


def _load(read: Read, first: str, loaded: Barrier) -> None:
    read(first)
    _READ[:] = [read]
    loaded.wait(PATIENCE)


def _read(text: str) -> None:
    """Read a text; the answer stays in the process."""
    _READ[0](text)
