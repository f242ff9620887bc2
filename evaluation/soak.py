"""Keeps a service busy for a long time, and watches whether its answers, times, memory and open files stay stable.

In: a live service, articles, a number of minutes, and the load as a share of its capacity. Out: a `Minute` at a time, and at the
end how much its memory grew. One worker is killed after the first minute; only its requests may be lost. The other minutes of the
warm-up begin with a burst of requests, so that the workers hold as many as they accept before the growth of their memory counts.
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
"""Clients that send without pause while the capacity is measured."""
MAX_IN_FLIGHT = 128
"""The most requests in flight."""
SAMPLE = 5.0
"""Seconds between two samples of the memory."""
WARM = 10
"""Minutes of warm-up, after which memory should not grow."""
HEAD = """\
| minute | requests | 200 | told to retry | lost | unexpected 5xx | p50, ms | p99, ms | health p99, ms | RSS, MiB | open |
|---|---|---|---|---|---|---|---|---|---|---|"""


@dataclass(frozen=True, slots=True)
class Minute:
    """The outcome of one minute. memory, opened: MiB and open descriptors of each worker at its end, by process id."""

    number: int
    answers: Sequence[Answer]
    health: Sequence[Answer]
    memory: Mapping[int, float]
    opened: Mapping[int, int]

    @property
    def unexpected(self) -> int:
        """How many answers are unexpected server errors."""
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
    """A service under load, with the requests it is sent and the observations of it."""

    def __init__(self, service: Service, texts: Sequence[str]) -> None:
        self._service = service
        self._mixture = Mixture(texts)
        self._answers: list[Answer] = []
        self._health: list[Answer] = []
        self._grown: dict[int, list[tuple[float, float]]] = defaultdict(list)

    def capacity(self, seconds: float) -> float:
        """The requests per second that the service answers while CLIENTS send without pause."""
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
        """Send `rate` requests per second, and yield each minute, which lasts `seconds`."""
        ended, threads = Event(), ThreadPoolExecutor(MAX_IN_FLIGHT + 2)
        try:
            threads.submit(self._send_steadily, threads, rate, ended)
            threads.submit(self._check_health, ended)
            start = monotonic()
            for number in range(1, minutes + 1):
                if 1 < number <= WARM:
                    self._send_burst(threads)
                self._watch(start, start + number * seconds)
                yield self._minute(number)
                if number == 1 and minutes > 1:
                    os.kill(self._service.workers[0], signal.SIGKILL)
        finally:
            ended.set()
            threads.shutdown(cancel_futures=True)

    def slopes(self) -> dict[int, float]:
        """The growth of each worker's memory after the warm-up, in MiB per hour, by process id; empty with too few samples."""
        grown = {pid: list(zip(*samples, strict=True)) for pid, samples in self._grown.items() if len(samples) > 2}
        return {pid: 3600 * linear_regression(times, values).slope for pid, (times, values) in grown.items()}

    def _send_steadily(self, threads: ThreadPoolExecutor, rate: float, ended: Event) -> None:
        """Send each request when it is due, whether or not the previous ones were answered."""
        due = monotonic()
        while not ended.is_set():
            threads.submit(self._send, self._mixture.draw(), due)
            due += 1 / rate
            sleep(max(0.0, due - monotonic()))

    def _send_burst(self, threads: ThreadPoolExecutor) -> None:
        """Send as many requests at once as may be in flight."""
        for _ in range(MAX_IN_FLIGHT):
            threads.submit(self._send, self._mixture.draw(), monotonic())

    def _send(self, send: Send, due: float) -> None:
        """Send a request and time it from when it was due, so that waiting for others counts too."""
        late = monotonic() - due
        answer = send(self._service.url)
        self._answers.append(Answer(answer.status, late + answer.seconds))

    def _check_health(self, ended: Event) -> None:
        while not ended.is_set():
            self._health.append(send_request(f"{self._service.url}/health/ready"))
            sleep(PAUSE)

    def _watch(self, start: float, until: float) -> None:
        """Sample the memory until a minute is over."""
        while (now := monotonic()) < until:
            if now - start > WARM * 60:
                for pid in self._service.workers:
                    self._grown[pid].append((now, memory(pid)))
            sleep(min(SAMPLE, until - now))

    def _minute(self, number: int) -> Minute:
        """The observations since the previous minute."""
        answers, self._answers = self._answers, []
        health, self._health = self._health, []
        workers = self._service.workers
        held = {pid: memory(pid) for pid in workers}
        return Minute(number, answers, health, held, {pid: len(descriptors(pid)) for pid in workers})
