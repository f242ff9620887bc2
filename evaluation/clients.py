"""Clients that send articles to a live service, and record the outcome of each request.

In: the address of a service, articles, the number of clients. Out: an `Answer` for each request: its HTTP status, `refused` if
the connection was refused, `lost` if it was accepted but no answer came. They know the service only by HTTP.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from http.client import HTTPConnection, HTTPException
from itertools import count
from threading import Event, Thread
from time import perf_counter, sleep
from types import TracebackType
from urllib.parse import urlsplit

from evaluation.speed import percentile

TEXT = {"Content-Type": "text/plain"}
PAUSE = 0.05
"""Seconds before a client sends again after an answer other than 200; in a long test, also between two health checks."""
HEALTH_PAUSE = 0.01
"""Seconds between health checks: few, so that the 99th percentile over a few seconds is not just the slowest check."""
RETRY = ("429", "503", "504")
"""The statuses by which the service tells a client to retry."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The outcome of a request: its status, the seconds it took, the checksum of the body, the `code` of a problem, and the
    seconds of `Retry-After`.
    """

    status: str
    seconds: float
    checksum: str = ""
    code: str = ""
    retry_after: float = 0.0

    @property
    def unexpected(self) -> bool:
        """Whether it is a server error that the service never answers by design."""
        return self.status.startswith("5") and self.status not in RETRY


def unexpected(answers: Iterable[Answer]) -> int:
    """How many answers are unexpected server errors."""
    return sum(answer.unexpected for answer in answers)


def told_to_retry(statuses: Mapping[str, int]) -> int:
    """How many requests were told to retry, given the number of requests by status."""
    return sum(statuses.get(status, 0) for status in RETRY)


def slowest(answers: Iterable[Answer], percent: int) -> float:
    """The percentile of seconds over the requests answered with 200; 0 if there are none."""
    return percentile([answer.seconds for answer in answers if answer.status == "200"] or [0.0], percent)


def send_request(
    url: str, body: bytes | None = None, headers: Mapping[str, str] | None = None, *, timeout: float = 120
) -> Answer:
    """Send a GET, or a POST if there is a body, over a new connection."""
    start, parts = perf_counter(), urlsplit(url)
    connection = HTTPConnection(parts.hostname or "", parts.port, timeout=timeout)
    try:
        connection.connect()
    except OSError:
        return Answer("refused", perf_counter() - start)
    try:
        connection.request("GET" if body is None else "POST", parts.path, body, dict(headers or {}))
        response = connection.getresponse()
        read = response.read()
        seconds, problem = perf_counter() - start, response.getheader("Content-Type") == "application/problem+json"
        code, after = json.loads(read)["code"] if problem else "", float(response.getheader("Retry-After", "0"))
        return Answer(str(response.status), seconds, sha256(read).hexdigest(), code, after)
    except (OSError, HTTPException):
        return Answer("lost", perf_counter() - start)
    finally:
        connection.close()


@dataclass(slots=True)
class Clients:
    """A number of clients that send articles without pause while the block lasts, and one that checks the health."""

    url: str
    texts: Sequence[str]
    number: int
    articles: list[tuple[int, Answer]] = field(default_factory=list)
    """The number of each article sent, and the outcome."""
    health: list[Answer] = field(default_factory=list)
    _ended: Event = field(default_factory=Event)
    _threads: list[Thread] = field(default_factory=list)

    def __enter__(self) -> Clients:
        self._threads += [Thread(target=self._send, args=(number,)) for number in range(self.number)]
        self._threads += [Thread(target=self._check_health)]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._ended.set()
        for thread in self._threads:
            thread.join()

    def _send(self, first: int) -> None:
        for number in count(first, self.number):
            if self._ended.is_set():
                return
            which = number % len(self.texts)
            answer = send_request(f"{self.url}/v1/quotes", self.texts[which].encode(), TEXT)
            self.articles.append((which, answer))
            if answer.status != "200":
                sleep(PAUSE)

    def _check_health(self) -> None:
        while not self._ended.is_set():
            self.health.append(send_request(f"{self.url}/health/ready"))
            sleep(HEALTH_PAUSE)

    @property
    def statuses(self) -> Counter[str]:
        """The number of articles by status."""
        return Counter(answer.status for _, answer in self.articles)

    @property
    def unexpected(self) -> int:
        """How many answers are unexpected server errors, health checks included."""
        return unexpected([*self.health, *(answer for _, answer in self.articles)])

    @property
    def different(self) -> int:
        """How many 200 answers differ from the first one to the same article."""
        first: dict[int, str] = {}
        read = [(which, answer.checksum) for which, answer in self.articles if answer.status == "200"]
        return sum(first.setdefault(which, checksum) != checksum for which, checksum in read)

    @property
    def slowest_health(self) -> float:
        """The 99th percentile of seconds over the successful health checks."""
        return slowest(self.health, 99)
