"""Report the progress of a reading. In: a function. Out: calls of it, each with the name of a finished part: `words`, `scores`
(once per window), then the extension of each later step, and `known` (once for each speaker that the caller knows, and, if there
are any, once for each speaker of the article).

The function may measure the time of each part, and it may raise an error to stop the reading, which then ends with that error.
Nothing here measures time. Without a watcher, nothing happens.

    with watched(print):
        attribution.extract(text)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Watcher = Callable[[str], None]

_watcher: ContextVar[Watcher | None] = ContextVar("watcher", default=None)


@contextmanager
def watched(watcher: Watcher) -> Iterator[None]:
    """Call `watcher` after every part of the readings in this block, in this thread."""
    token = _watcher.set(watcher)
    try:
        yield
    finally:
        _watcher.reset(token)


def report_done(part: str) -> None:
    """Tell the watcher, if there is one, that a part is done."""
    if watcher := _watcher.get():
        watcher(part)
