"""Who is let in: an app that reads as much at once as it can, and says so to whoever comes when that is reached.

In: how many requests may be in hand at once in this process, how many characters of their articles may be read, and how many
bytes of bodies may be held. Out: a place and room, or a `Problem` 503 with `Retry-After`, at once. Nobody is put into a queue
where the time would run out unseen, and threads are always left to refuse and to answer health checks. Admission decides by size;
it reads nothing itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition, Lock, Semaphore

from flask import Flask, Response, current_app, g

from .failures import Failure
from .problems import Problem

PACE = 20_000
"""Characters that a process reads in a second, give or take: by it a client is told when to come again."""
SMALL = 65_536
"""Bytes that any body may hold, however many others do: whoever sends much and then stops keeps no ordinary article out."""


class Room:
    """Room for so many `characters` of articles that are read at the same time. An article that is larger has it alone."""

    def __init__(self, characters: int) -> None:
        self._limit = characters
        self._taken = 0
        self._change = Condition()

    @contextmanager
    def __call__(self, characters: int, *, patient: bool = False) -> Iterator[None]:
        """Take room for an article while it is read. Where there is none, whoever is `patient` waits; all others are refused."""
        with self._change:
            if patient:
                self._change.wait_for(lambda: self._fits(characters))
            elif not self._fits(characters):
                raise busy("characters", after=1 + self._taken // PACE)
            self._taken += characters
        try:
            yield
        finally:
            with self._change:
                self._taken -= characters
                self._change.notify_all()

    def _fits(self, characters: int) -> bool:
        return not self._taken or self._taken + characters <= self._limit


class Bodies:
    """How many bytes a process holds of bodies, those that are still coming too: at most `limit`, not counting what is SMALL."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._held = 0
        self._lock = Lock()

    def grow(self, before: int, after: int) -> None:
        """Let a body grow, or refuse it. One that is larger than the limit may be held alone."""
        own, more = max(0, before - SMALL), max(0, after - SMALL) - max(0, before - SMALL)
        with self._lock:
            if more and self._held > own and self._held + more > self._limit:
                raise busy("bytes", after=1)
            self._held += more

    def leave(self, size: int) -> None:
        """Let a body of that size go."""
        with self._lock:
            self._held -= max(0, size - SMALL)


def install(app: Flask) -> None:
    """Make places in `app`, and let each that is taken go when the answer is there; that of a stream, at its end. A body goes
    with its request.
    """
    app.extensions["places"] = Semaphore(max(1, app.config["THREADS"] * 3 // 4))
    app.extensions["bodies"] = Bodies(app.config["BODY_BYTES_IN_FLIGHT"])

    def stay(response: Response) -> Response:
        if response.is_streamed and "leave" in g:
            response.call_on_close(g.pop("leave"))
        return response

    def leave(_: BaseException | None) -> None:
        if "leave" in g:
            g.pop("leave")()
        app.extensions["bodies"].leave(g.pop("held", 0))

    app.after_request(stay)
    app.teardown_request(leave)


def enter() -> None:
    """Give the request in hand a place. Its body is there: whoever is slow to send one takes no place from others."""
    places: Semaphore = current_app.extensions["places"]
    if not places.acquire(blocking=False):
        raise busy("places", after=1)
    g.leave = places.release


def hold(size: int) -> None:
    """Let the request in hand hold so many bytes more of its body; whoever cannot is refused, and what they hold let go."""
    before = g.get("held", 0)
    current_app.extensions["bodies"].grow(before, before + size)
    g.held = before + size


def busy(reason: str, *, after: int) -> Problem:
    """The answer to whoever comes when there is no more place, or no more room for characters or bytes."""
    return Problem(
        Failure.BUSY,
        f"As many articles are being sent or read as can be at once. Send the same request again in {after} s; if this happens "
        "often, whoever runs the service can give it more cores (ATTRIBUTION_WORKERS).",
        refused=reason,
        headers={"Retry-After": str(after)},
    )
