"""How far a batch is, on a terminal: one line, written over again and again. In: how far it is. Out: how many articles, how fast,
how long it will take. It counts from when it is first told: what an earlier run did says nothing of how fast this one is.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from time import monotonic
from typing import TextIO

from attribution.batch.output import State

OFTEN = 0.5
"""Seconds between two lines; nobody reads faster."""


class Line:
    """Is told how far a batch is, and writes it to `stream`."""

    def __init__(self, stream: TextIO, clock: Callable[[], float] = monotonic) -> None:
        self._stream, self._clock = stream, clock
        self._first: tuple[float, int, int] | None = None
        self._written, self._width = 0.0, 0

    def __call__(self, state: State, read: int, size: int) -> None:
        """So far it is; `read` bytes of `size`."""
        now = self._clock()
        since, done, begun = self._first = self._first or (now, state.done, read)
        if now - max(since, self._written) >= OFTEN:
            self._write(described(state, read, size, now - since, state.done - done, read - begun))
            self._written = now

    def _write(self, text: str) -> None:
        self._stream.write(f"\r{text:{self._width}}")
        self._stream.flush()
        self._width = len(text)

    def end(self) -> None:
        """Leave the line as it is, and go to the next."""
        if self._width:
            self._stream.write("\n")


def described(state: State, read: int, size: int, seconds: float, articles: int, bytes_read: int) -> str:
    """So far it is; in so many seconds there were so many articles, of so many bytes."""
    left = timedelta(seconds=round((size - read) * seconds / bytes_read)) if bytes_read else "unknown time"
    failed = f", {state.failed:,} could not be read" if state.failed else ""
    return f"{state.done:,} articles, {read / max(size, 1):.0%}, {articles / seconds:.1f} a second, {left} left{failed}"
