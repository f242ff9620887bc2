"""The progress of a batch as one line on a terminal, which is overwritten. In: the state of the batch. Out: the number of
articles, the speed and the time left. The speed counts from the first report, so that articles of an earlier run do not distort
it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from time import monotonic
from typing import TextIO

from attribution.batch.output import State

INTERVAL = 0.5
"""Seconds between two updates."""


def on_terminal(stream: TextIO) -> bool:
    """Whether a stream is shown on a terminal."""
    return stream.isatty()


class ProgressLine:
    """Writes the progress of a batch to `stream`."""

    def __init__(self, stream: TextIO, clock: Callable[[], float] = monotonic) -> None:
        self._stream, self._clock = stream, clock
        self._first: tuple[float, int, int] | None = None
        self._written, self._width = 0.0, 0

    def __call__(self, state: State, read: int, size: int) -> None:
        """Report the state, with `read` of `size` bytes read."""
        now = self._clock()
        since, first_done, first_read = self._first = self._first or (now, state.done, read)
        if now - max(since, self._written) >= INTERVAL:
            self._write(format_progress(state, read, size, now - since, state.done - first_done, read - first_read))
            self._written = now

    def _write(self, text: str) -> None:
        self._stream.write(f"\r{text:{self._width}}")
        self._stream.flush()
        self._width = len(text)

    def end(self) -> None:
        """End the line."""
        if self._width:
            self._stream.write("\n")


def format_progress(state: State, read: int, size: int, seconds: float, articles: int, bytes_read: int) -> str:
    """The text of the line; in this run, `seconds` passed for `articles` with `bytes_read`."""
    left = timedelta(seconds=round((size - read) * seconds / bytes_read)) if bytes_read else "unknown time"
    failed = f", {state.failed:,} could not be read" if state.failed else ""
    return f"{state.done:,} articles, {read / max(size, 1):.0%}, {articles / seconds:.1f} a second, {left} left{failed}"
