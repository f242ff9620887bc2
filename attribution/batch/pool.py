"""Read many articles in parallel. In: items, and processes. Out: an answer for each item, in the items' order.

At most a few hundred articles, and a few dozen megabytes, are in flight: an item is taken only when there is room for it. An
article that crashes its process (for lack of memory, say) loses only its own answer. The processes end with the one that started
them, however it ends.
"""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import Any

from attribution.batch.answers import Answer, failure
from attribution.batch.sources import Item
from attribution.errors import StoppedError

IN_FLIGHT_PER_WORKER, MAX_IN_FLIGHT = 16, 256
"""Articles in flight: per process, so that none is idle while one reads a long article, and in total."""
MAX_BYTES_IN_FLIGHT = 64 * 2**20
"""The most bytes of articles in flight; a single article may be larger."""
MAX_CRASHES_IN_A_ROW = 10
"""If this many articles in a row crash their process, the articles are not to blame."""
Reader = Callable[[Item], Answer]


def processes(workers: int, prepare: Callable[..., object], *settings: Any) -> ProcessPoolExecutor:
    """A pool of `workers` processes; each calls `prepare(*settings)` once."""
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_initialize, initargs=(prepare, *settings))


def _initialize(prepare: Callable[..., object], *settings: Any) -> None:
    """Ignore Ctrl-C, which the main process handles, and exit with the main process even if it is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_exit_with_parent, daemon=True).start()
    prepare(*settings)


def _exit_with_parent() -> None:
    if parent := parent_process():
        parent.join()
        os._exit(1)


def max_in_flight(workers: int) -> int:
    """The most articles in flight."""
    return min(IN_FLIGHT_PER_WORKER * workers, MAX_IN_FLIGHT)


def answers_in_order(
    items: Iterable[Item], start: Callable[[], Executor], reader: Reader, limit: int
) -> Generator[tuple[Item, Answer], None, None]:
    """Each item with its answer, in order; at most `limit` are in flight."""
    pool = _Pool(start, reader)
    try:
        for item in items:
            while not pool.has_room(item, limit):
                yield from pool.first()
            pool.add(item)
        while pool.waiting:
            yield from pool.first()
    finally:
        pool.shut_down()


class _Pool:
    """Processes, restarted after a crash, and the items that are `waiting` for their answers."""

    def __init__(self, start: Callable[[], Executor], reader: Reader) -> None:
        self.waiting: deque[tuple[Item, Future[Answer]]] = deque()
        self._start, self._reader = start, reader
        self._executor = start()
        self._crashes = 0

    def has_room(self, item: Item, limit: int) -> bool:
        """Whether there is room for one more item."""
        size = len(item.article.data) + sum(len(other.article.data) for other, _ in self.waiting)
        return len(self.waiting) < limit and (size <= MAX_BYTES_IN_FLIGHT or not self.waiting)

    def add(self, item: Item) -> None:
        """Submit one more item."""
        self.waiting.append((item, self._submit(item)))

    def first(self) -> Iterator[tuple[Item, Answer]]:
        """The item that has waited longest, with its answer. After a crash, all waiting items, each read on its own."""
        item, future = self.waiting.popleft()
        try:
            answer = future.result()
        except BrokenProcessPool:
            self._restart()
            pending = [item, *(other for other, _ in self.waiting)]
            self.waiting.clear()
            yield from ((one, self._read_alone(one)) for one in pending)
        else:
            yield item, answer

    def shut_down(self) -> None:
        """Wait for running readings, and start no more."""
        self._executor.shutdown(cancel_futures=True)

    def _submit(self, item: Item) -> Future[Answer]:
        try:
            return self._executor.submit(self._reader, item)
        except BrokenProcessPool as error:
            broken: Future[Answer] = Future()
            broken.set_exception(error)
            return broken

    def _restart(self) -> None:
        self.shut_down()
        self._executor = self._start()

    def _read_alone(self, item: Item) -> Answer:
        try:
            answer = self._submit(item).result()
        except BrokenProcessPool:
            self._restart()
            self._crashes += 1
            if self._crashes == MAX_CRASHES_IN_A_ROW:
                raise StoppedError(
                    "Every reading process crashes, perhaps for lack of memory. Finished work is kept: the same command resumes, "
                    "and needs less memory with fewer --workers"
                ) from None
            return failure(item.article, item.article.name, "reading this crashed the process, perhaps for lack of memory")
        self._crashes = 0
        return answer
