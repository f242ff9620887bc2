"""Many readings at once, in order. In: items, and processes. Out: an answer for each item, in the items' order.

No more than a few hundred articles are on their way, and no more than some megabytes of them: an item is taken only when there is
room for it. An article that ends the process which reads it (for want of memory, say) costs its own answer only. Processes end
with the one that started them, however that ends.
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

from attribution.batch.answers import Answer, failed
from attribution.batch.sources import Item
from attribution.errors import StoppedError

AHEAD, MOST_AHEAD = 16, 256
"""Articles on their way for each process, so that none waits while one reads a long article; and for all of them."""
MOST_BYTES = 64 * 2**20
"""Of all articles on their way, where there is more than one."""
IN_A_ROW = 10
"""So many articles, each of which ended its process, are no fault of the articles."""
Read = tuple[Item, Answer]
Ask = Callable[[Item], Answer]


def processes(workers: int, prepare: Callable[..., object], *settled: Any) -> ProcessPoolExecutor:
    """As many processes, each made ready once by `prepare(*settled)`."""
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_begin, initargs=(prepare, *settled))


def _begin(prepare: Callable[..., object], *settled: Any) -> None:
    """Ctrl-C is for the first process, which ends the others; should it be killed, they end by themselves."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()
    prepare(*settled)


def _end_with_parent() -> None:
    if parent := parent_process():
        parent.join()
        os._exit(1)


def ahead(workers: int) -> int:
    """How many articles may be on their way."""
    return min(AHEAD * workers, MOST_AHEAD)


def in_order(items: Iterable[Item], begin: Callable[[], Executor], ask: Ask, most: int) -> Generator[Read, None, None]:
    """Each item and its answer, of which `most` are on their way at once."""
    pool = _Pool(begin, ask)
    try:
        for item in items:
            while not pool.room(item, most):
                yield from pool.first()
            pool.add(item)
        while pool.waiting:
            yield from pool.first()
    finally:
        pool.end()


class _Pool:
    """Processes, begun anew where one of them was ended, and the items that are `waiting` for their answers."""

    def __init__(self, begin: Callable[[], Executor], ask: Ask) -> None:
        self.waiting: deque[tuple[Item, Future[Answer]]] = deque()
        self._begin, self._ask = begin, ask
        self._executor = begin()
        self._in_a_row = 0

    def room(self, item: Item, most: int) -> bool:
        """Whether there is room for one more."""
        size = len(item.piece.data) + sum(len(other.piece.data) for other, _ in self.waiting)
        return len(self.waiting) < most and (size <= MOST_BYTES or not self.waiting)

    def add(self, item: Item) -> None:
        """Have one more read."""
        self.waiting.append((item, self._submit(item)))

    def first(self) -> Iterator[Read]:
        """The item that waits longest, and its answer; where a process was ended, all that wait, each read while no other is."""
        item, future = self.waiting.popleft()
        try:
            answer = future.result()
        except BrokenProcessPool:
            self._anew()
            alone = [item, *(other for other, _ in self.waiting)]
            self.waiting.clear()
            yield from ((one, self._alone(one)) for one in alone)
        else:
            yield item, answer

    def end(self) -> None:
        """Wait for what is being read, and begin nothing more."""
        self._executor.shutdown(cancel_futures=True)

    def _submit(self, item: Item) -> Future[Answer]:
        try:
            return self._executor.submit(self._ask, item)
        except BrokenProcessPool as error:
            broken: Future[Answer] = Future()
            broken.set_exception(error)
            return broken

    def _anew(self) -> None:
        self.end()
        self._executor = self._begin()

    def _alone(self, item: Item) -> Answer:
        try:
            answer = self._submit(item).result()
        except BrokenProcessPool:
            self._anew()
            self._in_a_row += 1
            if self._in_a_row == IN_A_ROW:
                raise StoppedError(
                    "Every process that is to read is ended, perhaps for want of memory. What is done is kept: the same command "
                    "goes on from there, and takes less memory with fewer --workers"
                ) from None
            return failed(item.piece, item.piece.name, "to read this ended the process, perhaps for want of memory")
        self._in_a_row = 0
        return answer
