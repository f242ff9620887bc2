"""Counts requests in the memory of one process: a storage for `limits` that expires counts by the monotonic clock.

In: a key and its lifetime. Out: its count, and the wall-clock time when the count expires. The storage that comes with `limits`
expires by the wall clock: if that is set back by a day, a client stays locked out for a day.
"""

from __future__ import annotations

import time
from heapq import heappop, heappush
from threading import Lock

from limits.storage import Storage


class Tally(Storage):
    """Counts that are deleted when they expire."""

    STORAGE_SCHEME = ["memory"]  # noqa: RUF012, as declared by `limits`; this replaces its own storage of that name
    base_exceptions = ValueError

    def __init__(self, uri: str | None = None, wrap_exceptions: bool = False, **options: float | str | bool) -> None:
        super().__init__(uri, wrap_exceptions=wrap_exceptions, **options)
        self._lock = Lock()
        self._counts: dict[str, int] = {}
        self._ends: dict[str, float] = {}
        self._order: list[tuple[float, str]] = []

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Add to a key's count, which expires `expiry` seconds after its first request."""
        with self._lock:
            self._expire()
            if key not in self._ends:
                self._ends[key] = time.monotonic() + expiry
                heappush(self._order, (self._ends[key], key))
            self._counts[key] = self._counts.get(key, 0) + amount
            return self._counts[key]

    def get(self, key: str) -> int:
        """The count of a key."""
        with self._lock:
            self._expire()
            return self._counts.get(key, 0)

    def get_expiry(self, key: str) -> float:
        """The wall-clock time when a key's count expires."""
        now = time.monotonic()
        return time.time() + self._ends.get(key, now) - now

    def check(self) -> bool:
        """Always available."""
        return True

    def reset(self) -> int:
        """Delete all counts, and return how many there were."""
        with self._lock:
            count = len(self._counts)
            for collection in (self._counts, self._ends, self._order):
                collection.clear()
            return count

    def clear(self, key: str) -> None:
        """Delete a key's count."""
        with self._lock:
            self._counts.pop(key, None)

    def _expire(self) -> None:
        while self._order and self._order[0][0] <= time.monotonic():
            _, key = heappop(self._order)
            self._counts.pop(key, None)
            del self._ends[key]
