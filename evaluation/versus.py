"""Compares the accuracy and speed of this library and other systems on the same articles, in turns on one core.

In: annotated articles and, by name, a function that reads a text. Out: one row per system. If a system raises on an article, it
found nothing there; the row counts this. All systems read an article before the next one, so a slower machine slows them all.
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
from evaluation.table import markdown

NOTHING: Answer = {"quotes": []}
FIGURES = {"found F1": ("found", "f"), "right F1": ("right", "f"), "P": ("found", "p"), "R": ("found", "r")}


@dataclass
class Run:
    """The run of one system: its answers by article id, the seconds of each, and how many articles it could not read."""

    answers: dict[str, Answer] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)
    failed: int = 0

    def add(self, article: Article, system: System) -> None:
        """Let a system read one article, and time it."""
        start = perf_counter()
        try:
            answer = system(article["text"])
        except ValueError:
            answer, self.failed = NOTHING, self.failed + 1
        self.seconds.append(perf_counter() - start)
        self.answers[article["id"]] = answer


def measure(articles: Sequence[Article], systems: Mapping[str, System]) -> dict[str, dict[str, Any]]:
    """A row for each system."""
    runs = {name: Run() for name in systems}
    for system in systems.values():  # warm up
        Run().add(articles[0], system)
    for article in articles:
        for name, system in systems.items():
            runs[name].add(article, system)
    words = sum(len(article["text"].split()) for article in articles)
    return {name: _accuracy(articles, run) | _speed(run, words) for name, run in runs.items()}


def _accuracy(articles: Sequence[Article], run: Run) -> dict[str, Any]:
    """The accuracy of the answers: the figures of `news` for news, relation F1 for another corpus."""
    if not is_news(articles):
        report = corpus.score(articles, {name: outermost(answer) for name, answer in run.answers.items()})
        return {f"relation F1, {subset}": rows["relation"]["f"] for subset, rows in report.items()}
    report = news.score(news.compare(articles, run.answers))
    return {label: report[hit][figure]["share"] or 0.0 for label, (hit, figure) in FIGURES.items()}


def _speed(run: Run, words: int) -> dict[str, Any]:
    total = sum(run.seconds)
    return {
        "words/s": round(words / total),
        "articles/s": round(len(run.seconds) / total, 1),
        "median ms": round(1000 * statistics.median(run.seconds), 1),
        "p99 ms": round(1000 * percentile(run.seconds, 99), 1),
        "not read": run.failed,
    }


def table(rows: Mapping[str, Mapping[str, Any]]) -> str:
    """The rows as a Markdown table."""
    labels = list(next(iter(rows.values())))
    lines = [[name, *(f"{row[label]:,}" for label in labels)] for name, row in rows.items()]
    return markdown(["", *labels], lines, labels=1)
