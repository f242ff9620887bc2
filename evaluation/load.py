"""Measures how a live service answers articles of mixed lengths and health checks, with a number of clients at once.

In: the address of a service, articles, and for how long they are sent. Out: the outcome of each request. Half of the texts are
short, nearly half are the articles themselves, and one in twenty is long. A client that gets 503 waits for the seconds of
`Retry-After` and sends the same text again: if it is refused again, the service named too short a time. Nothing is judged.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain, count
from time import monotonic, sleep

from evaluation.clients import PAUSE, TEXT, Answer, send_request
from evaluation.service import memory, reset_peak_memory

SHORT, ARTICLE, LONG = "400 characters", "an article", "120,000 characters"
CHARACTERS = {SHORT: 400, LONG: 120_000}
ORDER = (*(SHORT, ARTICLE) * 9, SHORT, LONG)
"""The kinds of text that a client sends in turn."""
STRIDE = 7
"""Each client starts this many places of ORDER after the one before."""
BUSY = "503"


@dataclass(frozen=True, slots=True)
class Attempt:
    """A text that was sent: its kind and length, the answer, and whether it was sent again after the time in `Retry-After`."""

    kind: str
    characters: int
    answer: Answer
    again: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """The outcome for one number of clients: what they sent in how many seconds, the health checks meanwhile, and the peak
    `memory` of each worker in MiB.
    """

    clients: int
    seconds: float
    attempts: Sequence[Attempt]
    health: Sequence[Answer]
    memory: Sequence[float] = ()

    @property
    def read(self) -> list[Attempt]:
        """The attempts that were answered with 200."""
        return [each for each in self.attempts if each.answer.status == "200"]

    @property
    def statuses(self) -> Counter[str]:
        """How many attempts had each status."""
        return Counter(each.answer.status for each in self.attempts)

    @property
    def retries(self) -> tuple[int, int]:
        """How many texts were sent again after the time in `Retry-After`, and how many of these were not refused."""
        again = [each.answer.status != BUSY for each in self.attempts if each.again]
        return len(again), sum(again)

    def answers(self, kind: str) -> list[Answer]:
        """The answers to texts of a kind."""
        return [each.answer for each in self.attempts if each.kind == kind]


def measure(url: str, texts: Sequence[str], *, clients: int, seconds: float, pids: Sequence[int] = ()) -> Step:
    """Let a number of clients send for some seconds. Each sends at least one text, and waits for its last answer. `pids` are the
    workers of the service, if they run on this machine.
    """
    for pid in pids:
        reset_peak_memory(pid)
    start = monotonic()
    until = start + seconds
    with ThreadPoolExecutor(clients + 1) as threads:
        health = threads.submit(lambda: list(_health(url, until)))
        sent = list(chain(*threads.map(lambda number: list(_client(url, texts, number, until)), range(clients))))
    return Step(clients, monotonic() - start, sent, health.result(), [memory(pid, "VmHWM") for pid in pids])


def _client(url: str, texts: Sequence[str], number: int, until: float) -> Iterator[Attempt]:
    """What one client sends until the time is over."""
    for kind, text in _texts(texts, number * STRIDE):
        yield from _deliver(url, kind, text, until)
        if monotonic() > until:
            return


def _deliver(url: str, kind: str, text: str, until: float) -> Iterator[Attempt]:
    """Send a text until it is accepted or the time is over."""
    again = False
    while True:
        answer = send_request(f"{url}/v1/quotes", text.encode(), TEXT, timeout=300)
        yield Attempt(kind, len(text), answer, again)
        if answer.status != BUSY or monotonic() + answer.retry_after > until:
            return
        sleep(answer.retry_after)
        again = True


def _texts(texts: Sequence[str], first: int) -> Iterator[tuple[str, str]]:
    """The texts that a client sends, each with its kind. The long one is all articles in a row."""
    joined = "\n\n".join(texts)
    long = joined * (CHARACTERS[LONG] // len(joined) + 1)
    for place in count(first):
        kind = ORDER[place % len(ORDER)]
        text = long if kind == LONG else texts[place % len(texts)]
        yield kind, text[: CHARACTERS.get(kind)]


def _health(url: str, until: float) -> Iterator[Answer]:
    """Check the health until the time is over, at least once."""
    while True:
        yield send_request(f"{url}/health/ready")
        if monotonic() > until:
            return
        sleep(PAUSE)
