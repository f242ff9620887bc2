"""Two Markdown tables of a load test. In: its steps. Out: a row for each number of clients, and one for each kind of text too."""

from __future__ import annotations

from collections.abc import Sequence

from evaluation.clients import slowest
from evaluation.load import ARTICLE, BUSY, LONG, SHORT, Step
from evaluation.table import markdown

KINDS = (SHORT, ARTICLE, LONG)
HEALTH = "health check"
SUMMARY = (
    "clients",
    "articles/s",
    "characters/s",
    "503",
    "sent again",
    "then accepted",
    "other answers",
    "memory of each worker, MiB",
)
DETAILS = ("clients", "what", "answered", "p50 ms", "p95 ms", "p99 ms")


def table(steps: Sequence[Step]) -> str:
    """Both tables."""
    return f"{markdown(SUMMARY, map(_summary, steps))}\n\n{markdown(DETAILS, (row for step in steps for row in _details(step)))}"


def _summary(step: Step) -> list[str]:
    """What all clients got together."""
    read, statuses = step.read, step.statuses
    other = {status: number for status, number in statuses.items() if status not in ("200", BUSY)}
    characters = sum(each.characters for each in read)
    return [
        f"{step.clients}",
        f"{len(read) / step.seconds:,.1f}",
        f"{characters / step.seconds:,.0f}",
        *(f"{number:,}" for number in (statuses[BUSY], *step.retries)),
        ", ".join(f"{number} {status}" for status, number in sorted(other.items())) or "0",
        " + ".join(f"{held:.0f}" for held in step.memory) or "–",
    ]


def _details(step: Step) -> list[list[str]]:
    """How long each kind of text, and a health check, took to be answered with 200."""
    answers = {kind: step.answers(kind) for kind in KINDS} | {HEALTH: step.health}
    return [
        [
            f"{step.clients}",
            kind,
            f"{sum(answer.status == '200' for answer in found):,}",
            *(f"{1000 * slowest(found, percent):,.0f}" for percent in (50, 95, 99)),
        ]
        for kind, found in answers.items()
    ]
