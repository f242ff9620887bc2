"""Keep a service busy for long, and see whether it stays as it was: its answers, its times, its memory, what it has open.

In: a live service, articles, for how many minutes, at what share of the load that it can bear. Out: a `Minute` at a time, and at
the end by how much its memory grew. A worker is killed once, after the first minute; its requests are lost, and none but those.
"""

from __future__ import annotations

import os
import signal
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from statistics import linear_regression
from threading import Event
from time import monotonic, sleep

from evaluation.clients import PAUSE, Answer, send_request, slowest, told_to_retry, unexpected
from evaluation.mixture import Mixture, Send
from evaluation.service import Service, descriptors, memory

CLIENTS = 8
"""So many send without pause while it is measured what the service can bear."""
MOST = 128
"""So many requests are under way at most."""
SAMPLE = 5.0
"""Seconds between two looks at the memory."""
WARM = 10
"""Minutes after which memory is to stay."""
HEAD = """\
| minute | requests | answered 200 | come again | lost | unexpected 5xx | p50, ms | p99, ms | health p99, ms | RSS, MiB | open |
|---|---|---|---|---|---|---|---|---|---|---|"""


@dataclass(frozen=True, slots=True)
class Minute:
    """What came of a minute. memory, opened: MiB and descriptors of each worker at its end, by process id."""

    number: int
    answers: Sequence[Answer]
    health: Sequence[Answer]
    memory: Mapping[int, float]
    opened: Mapping[int, int]

    @property
    def unexpected(self) -> int:
        """How many answers the service is not made to give."""
        return unexpected([*self.answers, *self.health])

    def line(self) -> str:
        """The row of the table."""
        counts = Counter(answer.status for answer in self.answers)
        numbers = (self.number, len(self.answers), counts["200"], told_to_retry(counts), counts["lost"], self.unexpected)
        times = (slowest(self.answers, 50), slowest(self.answers, 99), slowest(self.health, 99))
        cells = [*(f"{number:,}" for number in numbers), *(f"{1000 * seconds:,.0f}" for seconds in times)]
        cells += [" + ".join(f"{value:.0f}" for value in each.values()) for each in (self.memory, self.opened)]
        return f"| {' | '.join(cells)} |"


class Soak:
    """A service, what it is sent, and what is seen of it meanwhile."""

    def __init__(self, service: Service, texts: Sequence[str]) -> None:
        self._service = service
        self._mixture = Mixture(texts)
        self._answers: list[Answer] = []
        self._health: list[Answer] = []
        self._grown: dict[int, list[tuple[float, float]]] = defaultdict(list)

    def capacity(self, seconds: float) -> float:
        """How many requests a second the service answers while some clients send without pause."""
        until = monotonic() + seconds

        def send_on(_: int) -> int:
            sent = 0
            while monotonic() < until or not sent:
                self._mixture.draw()(self._service.url)
                sent += 1
            return sent

        start = monotonic()
        with ThreadPoolExecutor(CLIENTS) as threads:
            sent = sum(threads.map(send_on, range(CLIENTS)))
        return sent / (monotonic() - start)

    def run(self, minutes: int, rate: float, *, seconds: float = 60.0) -> Iterator[Minute]:
        """Send `rate` requests a second, and tell of each minute, of so many seconds."""
        ended, threads = Event(), ThreadPoolExecutor(MOST + 2)
        try:
            threads.submit(self._send_steadily, threads, rate, ended)
            threads.submit(self._look, ended)
            start = monotonic()
            for number in range(1, minutes + 1):
                self._watch(start, start + number * seconds)
                yield self._minute(number)
                if number == 1 and minutes > 1:
                    os.kill(self._service.workers[0], signal.SIGKILL)
        finally:
            ended.set()
            threads.shutdown(cancel_futures=True)

    def slopes(self) -> dict[int, float]:
        """By how many MiB an hour the memory of each worker grew after the first minutes, by process id; empty if it was not
        looked at often enough.
        """
        grown = {pid: list(zip(*samples, strict=True)) for pid, samples in self._grown.items() if len(samples) > 2}
        return {pid: 3600 * linear_regression(times, values).slope for pid, (times, values) in grown.items()}

    def _send_steadily(self, threads: ThreadPoolExecutor, rate: float, ended: Event) -> None:
        """Send each request at its time, whatever became of those before."""
        due = monotonic()
        while not ended.is_set():
            threads.submit(self._send, self._mixture.draw(), due)
            due += 1 / rate
            sleep(max(0.0, due - monotonic()))

    def _send(self, send: Send, due: float) -> None:
        """Note a request as taking from when it was due: one that had to wait for others was slow as well."""
        late = monotonic() - due
        answer = send(self._service.url)
        self._answers.append(Answer(answer.status, late + answer.seconds))

    def _look(self, ended: Event) -> None:
        while not ended.is_set():
            self._health.append(send_request(f"{self._service.url}/health/ready"))
            sleep(PAUSE)

    def _watch(self, start: float, until: float) -> None:
        """Look at the memory until a minute is over."""
        while (now := monotonic()) < until:
            if now - start > WARM * 60:
                for pid in self._service.workers:
                    self._grown[pid].append((now, memory(pid)))
            sleep(min(SAMPLE, until - now))

    def _minute(self, number: int) -> Minute:
        """What was noted since the last one."""
        answers, self._answers = self._answers, []
        health, self._health = self._health, []
        workers = self._service.workers
        held = {pid: memory(pid) for pid in workers}
        return Minute(number, answers, health, held, {pid: len(descriptors(pid)) for pid in workers})
