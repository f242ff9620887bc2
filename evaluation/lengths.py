"""Measures how the time of an article depends on its length, on one core.

In: texts, and the function that reads one. Out: a row for each length, in plain text. The articles are the texts, joined and cut
after so many words. A length is left out if the texts are shorter than it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from evaluation.speed import cut, measure, percentile

LENGTHS = (100, 500, 1_500, 10_000)
"""The words of an article: a report, a common article, a long one, a document."""
HEAD = f"{'words an article':<24}{'articles':>10}{'words/s':>10}{'p50 ms':>10}{'p95 ms':>10}{'p99 ms':>10}"


def rows(texts: Sequence[str], read: Callable[[str], object], lengths: Sequence[int] = LENGTHS) -> Iterator[str]:
    """A line for each length, as it is measured."""
    for words in lengths:
        if articles := cut(texts, words):
            speed = measure(articles, read)
            times = "".join(f"{1000 * percentile(speed.seconds, percent):>10,.1f}" for percent in (50, 95, 99))
            yield f"{words:<24,}{len(articles):>10,}{speed.words / speed.total:>10,.0f}{times}"
