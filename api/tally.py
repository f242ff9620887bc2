"""Where it is counted how often clients come, in one process: `limits`' storage in memory, by a clock that nobody sets.

In: a key, and how long it counts. Out: how often it has come, and when that is forgotten, by the clock on the wall. The one that
comes with `limits` remembers by that clock too: set back by a day, it would keep a client out for a day.
"""

from __future__ import annotations

import time
from heapq import heappop, heappush
from threading import Lock

from limits.storage import Storage


class Tally(Storage):
    """Counts, each of which ends when it has lasted; from then on nothing is kept of it."""

    STORAGE_SCHEME = ["memory"]  # noqa: RUF012, in place of the one that comes with `limits`, whose name for it this is
    base_exceptions = ValueError

    def __init__(self, uri: str | None = None, wrap_exceptions: bool = False, **options: float | str | bool) -> None:
        super().__init__(uri, wrap_exceptions=wrap_exceptions, **options)
        self._lock = Lock()
        self._counts: dict[str, int] = {}
        self._ends: dict[str, float] = {}
        self._order: list[tuple[float, str]] = []

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count a key, which lasts for `expiry` seconds from the first time on."""
        with self._lock:
            self._forget()
            if key not in self._ends:
                self._ends[key] = time.monotonic() + expiry
                heappush(self._order, (self._ends[key], key))
            self._counts[key] = self._counts.get(key, 0) + amount
            return self._counts[key]

    def get(self, key: str) -> int:
        """How often a key has come."""
        with self._lock:
            self._forget()
            return self._counts.get(key, 0)

    def get_expiry(self, key: str) -> float:
        """When a key will be forgotten."""
        now = time.monotonic()
        return time.time() + self._ends.get(key, now) - now

    def check(self) -> bool:
        """It is always there."""
        return True

    def reset(self) -> int:
        """Forget everything; gives how many keys that was."""
        with self._lock:
            count = len(self._counts)
            for kept in (self._counts, self._ends, self._order):
                kept.clear()
            return count

    def clear(self, key: str) -> None:
        """Forget a key's count."""
        with self._lock:
            self._counts.pop(key, None)

    def _forget(self) -> None:
        while self._order and self._order[0][0] <= time.monotonic():
            _, key = heappop(self._order)
            self._counts.pop(key, None)
            del self._ends[key]
