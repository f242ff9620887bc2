"""What a text's reading tells while it goes on. In: a function to tell it to. Out: its calls, each with the name of the part that
is done: `words`, `scores` (once a window), then whatever each later step found, and `known` (once for each speaker that the
caller knows, and once for each of the article's, where they know any).

The function may measure how long a part took, and it may raise to stop the reading, which then ends with that error. Nothing here
keeps time, and nobody who does not watch notices anything.

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
    """Let `watcher` be told of every part of what is read within, in this thread."""
    token = _watcher.set(watcher)
    try:
        yield
    finally:
        _watcher.reset(token)


def done(part: str) -> None:
    """Tell whoever watches that a part is done."""
    if watcher := _watcher.get():
        watcher(part)
