"""Clients that send articles to a live service, and note what became of each request.

In: the address of a service, articles, how many clients. Out: an `Answer` for each request: its status, `refused` where nobody
listened, `lost` where the connection was taken and no answer came. They know the service only by HTTP.
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
"""Seconds between two health checks, and before a client comes again that got no answer of its own."""
AGAIN = ("429", "503", "504")
"""What tells a client to come again, as the service is made to."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a request, after how many seconds, the body's checksum, and the `code` of a problem."""

    status: str
    seconds: float
    checksum: str = ""
    code: str = ""

    @property
    def unexpected(self) -> bool:
        """Whether it is a failure that the service is not made to answer."""
        return self.status.startswith("5") and self.status not in AGAIN


def unexpected(answers: Iterable[Answer]) -> int:
    """How many of some answers the service is not made to give."""
    return sum(answer.unexpected for answer in answers)


def told_to_retry(statuses: Mapping[str, int]) -> int:
    """How many requests were told to come again, of how many had which status."""
    return sum(statuses.get(status, 0) for status in AGAIN)


def slowest(answers: Iterable[Answer], percent: int) -> float:
    """Seconds that so many of 100 requests did not exceed, of those that were answered 200; 0 if none was."""
    return percentile([answer.seconds for answer in answers if answer.status == "200"] or [0.0], percent)


def send_request(
    url: str, body: bytes | None = None, headers: Mapping[str, str] | None = None, *, timeout: float = 120
) -> Answer:
    """Send a GET, or the POST of a body, on a connection of its own."""
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
        return Answer(str(response.status), seconds, sha256(read).hexdigest(), json.loads(read)["code"] if problem else "")
    except (OSError, HTTPException):
        return Answer("lost", perf_counter() - start)
    finally:
        connection.close()


@dataclass(slots=True)
class Clients:
    """So many clients, each of which sends article after article while the block lasts, and one that asks for the health."""

    url: str
    texts: Sequence[str]
    number: int
    articles: list[tuple[int, Answer]] = field(default_factory=list)
    """The article's number and what became of it."""
    health: list[Answer] = field(default_factory=list)
    _ended: Event = field(default_factory=Event)
    _threads: list[Thread] = field(default_factory=list)

    def __enter__(self) -> Clients:
        self._threads += [Thread(target=self._send, args=(number,)) for number in range(self.number)]
        self._threads += [Thread(target=self._look)]
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

    def _look(self) -> None:
        while not self._ended.is_set():
            self.health.append(send_request(f"{self.url}/health/ready"))
            sleep(PAUSE)

    @property
    def statuses(self) -> Counter[str]:
        """How many articles had which status."""
        return Counter(answer.status for _, answer in self.articles)

    @property
    def unexpected(self) -> int:
        """How many answers the service is not made to give, those to health checks among them."""
        return unexpected([*self.health, *(answer for _, answer in self.articles)])

    @property
    def different(self) -> int:
        """How many articles were answered 200, and not as they were first."""
        first: dict[int, str] = {}
        read = [(which, answer.checksum) for which, answer in self.articles if answer.status == "200"]
        return sum(first.setdefault(which, checksum) != checksum for which, checksum in read)

    @property
    def slowest_health(self) -> float:
        """Seconds that 99 of 100 health checks did not exceed, of those that were answered."""
        return slowest(self.health, 99)
