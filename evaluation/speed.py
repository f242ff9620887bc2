"""Measures the speed of the library on one core, through its public interface.

In: texts and the function that reads one. Out: times and a report in plain text. It does not judge the answers; the scorers do.
"""

from __future__ import annotations

import os
import re
import resource
import statistics
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter

from attribution.watch import watched


@dataclass(frozen=True, slots=True)
class Speed:
    """The measurements. load: seconds until the first article was answered; seconds: of each article read after it; words: the
    total of all those articles; peak: the process's peak memory in MiB; parts: the seconds of each part of the work
    (`attribution.watch`) in each article.
    """

    load: float
    seconds: tuple[float, ...]
    words: int
    peak: float
    parts: Mapping[str, Sequence[float]]

    def report(self) -> str:
        """The figures as a plain-text table."""
        figures = {
            "articles": len(self.seconds),
            "words an article": self.words / len(self.seconds),
            "articles a second": len(self.seconds) / self.total,
            "words a second": self.words / self.total,
            "median ms an article": 1000 * statistics.median(self.seconds),
            "p95 ms an article": 1000 * percentile(self.seconds, 95),
            "load and first, s": self.load,
            "peak memory, MiB": self.peak,
        }
        lines = [figure_line(label, value) for label, value in figures.items()]
        for part, seconds in self.parts.items():
            median = figure_line(f"  {part}, median ms", 1000 * statistics.median(seconds))
            lines.append(f"{median}{sum(seconds) / self.total:>8.1%}")
        return "\n".join(lines)

    @property
    def total(self) -> float:
        """The seconds of all articles together."""
        return sum(self.seconds)


def figure_line(label: str, value: float) -> str:
    """A line of a report."""
    return f"{label:<24}{value:>10,.1f}"


def measure(texts: list[str], read: Callable[[str], object]) -> Speed:
    """Read the first text once to load and warm up, then time every text."""
    load, _ = _timed(read, texts[0])
    timed = [_timed(read, text) for text in texts]
    parts = {part: [spent[part] for _, spent in timed] for _, spent in timed[:1] for part in spent}
    seconds = tuple(took for took, _ in timed)
    return Speed(load, seconds, words=sum(len(text.split()) for text in texts), peak=peak_memory(), parts=parts)


def _timed(read: Callable[[str], object], text: str) -> tuple[float, defaultdict[str, float]]:
    """The seconds that a text took, in all and by part of the work."""
    spent = defaultdict[str, float](float)
    start = last = perf_counter()

    def note(part: str) -> None:
        nonlocal last
        now = perf_counter()
        spent[part] += now - last
        last = now

    with watched(note):
        read(text)
    return perf_counter() - start, spent


def percentile(values: Iterable[float], percent: int) -> float:
    """The smallest value that `percent` of the values do not exceed, e.g. `percentile([1, 2, 3, 4], 75) == 3`."""
    ranked = sorted(values)
    return ranked[max(0, -(-len(ranked) * percent // 100) - 1)]


def peak_memory() -> float:
    """The peak memory of this process so far, in MiB. The kernel counts in KiB, on macOS in bytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def stay_on_one_core() -> None:
    """Pin this process to one core, if the system supports it."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def cut(texts: Iterable[str], words: int) -> list[str]:
    """Join the texts and cut them into articles of `words` words each; a shorter remainder is dropped."""
    found = list(re.finditer(r"\S+\s*", "\n\n".join(texts)))
    return ["".join(word.group() for word in found[i : i + words]) for i in range(0, len(found) - words + 1, words)]
