"""This library and its peers, side by side: how right and how fast, on the same articles, in turns on one core.

In: annotated articles and, by name, a function that reads a text. Out: a row each. Where a system raises, it found nothing there,
and the row says how often. The clock runs on one article for all systems before it goes on to the next, so that a machine that
slows down slows them all.
"""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

from evaluation import corpus, news
from evaluation.corpus import Article
from evaluation.pairs import is_news
from evaluation.peers import Answer, System
from evaluation.predict import outermost
from evaluation.speed import percentile

NOTHING: Answer = {"quotes": []}
FIGURES = {"found F1": ("found", "f"), "right F1": ("right", "f"), "P": ("found", "p"), "R": ("found", "r")}


@dataclass
class Run:
    """What one system did: its answers by article id, the seconds each took, and how many it could not read."""

    answers: dict[str, Answer] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)
    failed: int = 0

    def read(self, article: Article, read: System) -> None:
        """System one article under the clock."""
        start = perf_counter()
        try:
            answer = read(article["text"])
        except ValueError:
            answer, self.failed = NOTHING, self.failed + 1
        self.seconds.append(perf_counter() - start)
        self.answers[article["id"]] = answer


def measure(articles: Sequence[Article], systems: Mapping[str, System]) -> dict[str, dict[str, Any]]:
    """A row for each system."""
    runs = {name: Run() for name in systems}
    for read in systems.values():
        Run().read(articles[0], read)
    for article in articles:
        for name, read in systems.items():
            runs[name].read(article, read)
    words = sum(len(article["text"].split()) for article in articles)
    return {name: _right(articles, run) | _fast(run, words) for name, run in runs.items()}


def _right(articles: Sequence[Article], run: Run) -> dict[str, Any]:
    """How right the answers are: of news as an editor judges, of another corpus by relation F1."""
    if not is_news(articles):
        report = corpus.score(articles, {name: outermost(answer) for name, answer in run.answers.items()})
        return {f"relation F1, {subset}": rows["relation"]["f"] for subset, rows in report.items()}
    report = news.score(news.compare(articles, run.answers))
    return {label: report[hit][figure]["share"] or 0.0 for label, (hit, figure) in FIGURES.items()}


def _fast(run: Run, words: int) -> dict[str, Any]:
    total = sum(run.seconds)
    return {
        "words/s": round(words / total),
        "articles/s": round(len(run.seconds) / total, 1),
        "median ms": round(1000 * statistics.median(run.seconds), 1),
        "p99 ms": round(1000 * percentile(run.seconds, 99), 1),
        "not read": run.failed,
    }


def table(rows: Mapping[str, Mapping[str, Any]]) -> str:
    """The rows as a table in Markdown."""
    labels = list(next(iter(rows.values())))
    lines = [["", *labels], ["---", *("---:" for _ in labels)]]
    lines += [[name, *(f"{row[label]:,}" for label in labels)] for name, row in rows.items()]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
