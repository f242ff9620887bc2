"""Admission control: limits how much one process handles at a time, and refuses the rest immediately.

In: limits for this process: requests in progress, characters being read, bytes of bodies in memory, and the memory that the
system grants. Out: admission, or a `Problem` 503 with `Retry-After`. Requests do not queue, because their time would run out in
the queue, and some threads always stay free to refuse requests and to answer health checks. Admission looks at sizes only; it
parses nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Condition, Lock, Semaphore
from time import monotonic

from flask import Flask, Response, current_app, g

from .failures import Failure
from .problems import Problem, out_of_memory

EXPECTED_PACE = 20_000, 2.0
"""The pace that is assumed before a process has measured its own: characters, and the seconds to read them."""
LONGEST_WAIT = 60
"""Roughly the most seconds that a refused client is told to wait: those who were told before may never come back."""
SMALL_BODY = 65_536
"""Bytes of each body that do not count: clients that send large bodies slowly cannot keep ordinary articles out."""


class Pace:
    """How fast a process reads, and when a refused client may retry: after what is being read now, and after the clients that
    were refused before. `clock` returns seconds.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._characters, self._seconds = EXPECTED_PACE
        self._since = self._next = clock()

    def record(self, read: int, *, reading: bool) -> None:
        """Add the characters that were just read, and, if `reading`, the time since the last call."""
        now = self._clock()
        self._seconds += (now - self._since) * reading
        self._characters += read
        self._since = now

    def retry_after(self, characters: int, *, used: int) -> int:
        """The seconds, at least 1, until a client may retry with so many characters, while `used` others are being read."""
        now, each = self._clock(), self._seconds / self._characters
        turn = min(max(now + used * each, self._next), now + LONGEST_WAIT)
        self._next = turn + characters * each
        return 1 + int(turn - now)


class CharacterBudget:
    """Limits the `characters` of all articles being read at the same time. A larger article is read alone."""

    def __init__(self, characters: int, *, clock: Callable[[], float] = monotonic) -> None:
        self._limit = characters
        self._used = 0
        self._pace = Pace(clock)
        self._change = Condition()

    @contextmanager
    def __call__(self, characters: int, *, wait: bool = False) -> Iterator[None]:
        """Reserve characters while an article is read. If they do not fit, wait or, without `wait`, raise a Problem 503."""
        with self._change:
            if wait:
                self._change.wait_for(lambda: self._fits(characters))
            elif not self._fits(characters):
                raise busy("characters", after=self._pace.retry_after(characters, used=self._used))
            self._pace.record(0, reading=self._used > 0)
            self._used += characters
        try:
            yield
        finally:
            with self._change:
                self._pace.record(characters, reading=True)
                self._used -= characters
                self._change.notify_all()

    def _fits(self, characters: int) -> bool:
        return not self._used or self._used + characters <= self._limit


class MemoryBudget:
    """Reserves memory for what is being read, within the `room` that the process still has."""

    def __init__(self, room: Callable[[], float]) -> None:
        self._room = room
        self._limit = 0.0
        self._reserved = 0
        self._change = Condition()

    @contextmanager
    def __call__(self, size: int, *, wait: bool = False) -> Iterator[None]:
        """Reserve `size` bytes. If they are not free, wait until others are or, without `wait`, raise a Problem 503."""
        with self._change:
            if wait:
                self._change.wait_for(lambda: not self._reserved or self._fits(size))
            if not self._fits(size):
                raise out_of_memory()
            self._reserved += size
        try:
            yield
        finally:
            with self._change:
                self._reserved -= size
                self._change.notify_all()

    def _fits(self, size: int) -> bool:
        """Whether the bytes fit beside the reserved ones, some of which may be in use already."""
        left = self._room()
        if not self._reserved:
            self._limit = left
        return self._reserved + size <= self._limit and size <= left


class ByteBudget:
    """Limits the bytes of all bodies in memory, complete or not. The first SMALL_BODY bytes of each do not count."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._held = 0
        self._lock = Lock()

    def resize(self, before: int, after: int) -> None:
        """Let a body grow, or raise a Problem 503. A body larger than the limit is accepted if it is alone."""
        own, more = max(0, before - SMALL_BODY), max(0, after - SMALL_BODY) - max(0, before - SMALL_BODY)
        with self._lock:
            if more and self._held > own and self._held + more > self._limit:
                raise busy("bytes", after=1)
            self._held += more

    def release(self, size: int) -> None:
        """Return the bytes of a body of this size."""
        with self._lock:
            self._held -= max(0, size - SMALL_BODY)


def install(app: Flask) -> None:
    """Set up the limits of `app`. A slot is released with the response, or at the end of a stream; a body with its request."""
    app.extensions["slots"] = Semaphore(max(1, app.config["THREADS"] * 3 // 4))
    app.extensions["body_bytes"] = ByteBudget(app.config["BODY_BYTES_IN_FLIGHT"])

    def keep_slot_while_streaming(response: Response) -> Response:
        if response.is_streamed and "release_slot" in g:
            response.call_on_close(g.pop("release_slot"))
        return response

    def release(_: BaseException | None) -> None:
        if "release_slot" in g:
            g.pop("release_slot")()
        app.extensions["body_bytes"].release(g.pop("held_bytes", 0))

    app.after_request(keep_slot_while_streaming)
    app.teardown_request(release)


def take_slot() -> None:
    """Take a slot for the current request. Call this once its body is complete, so that slow clients hold no slots."""
    slots: Semaphore = current_app.extensions["slots"]
    if not slots.acquire(blocking=False):
        raise busy("places", after=1)
    g.release_slot = slots.release


def reserve_bytes(size: int) -> None:
    """Count `size` more bytes for the body of the current request, or raise a Problem 503."""
    before = g.get("held_bytes", 0)
    current_app.extensions["body_bytes"].resize(before, before + size)
    g.held_bytes = before + size


def busy(reason: str, *, after: int) -> Problem:
    """The refusal of a request when a limit is reached: of places, characters or bytes."""
    return Problem(
        Failure.BUSY,
        f"The service is busy: it cannot read more articles at once. Send the same request again in {after} s. If this happens "
        "often, the operator can give the service more cores (ATTRIBUTION_WORKERS).",
        refused=reason,
        headers={"Retry-After": str(after)},
    )
