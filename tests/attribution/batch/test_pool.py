"""Many readings at once: in order, bounded, and with a loss where a process is lost."""

import json
from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool
from threading import Event

import batching
import pytest

from attribution.batch import pool
from attribution.batch.answers import Answer
from attribution.batch.sources import Item
from attribution.errors import StoppedError
from attribution.inputs import RawArticle


def items(*texts):
    """Articles."""
    return [Item(RawArticle(text, text, "text", text.encode()), 0) for text in texts]


def echo(item):
    """An answer that shows which article it is to."""
    return Answer(rows=item.piece.data)


class Losing(Executor):
    """An executor that is lost with every article that begins with an x."""

    begun = 0

    def __init__(self):
        Losing.begun += 1
        self.lost = False

    def submit(self, ask, item):
        if self.lost:
            raise BrokenProcessPool
        future = Future()
        self.lost = item.piece.name.startswith("x")
        if self.lost:
            future.set_exception(BrokenProcessPool())
        else:
            future.set_result(ask(item))
        return future

    def shutdown(self, wait=True, *, cancel_futures=False):
        """There is nothing to end."""


def test_answers_come_in_the_order_of_the_articles():
    """The first of two readers is done only when the second is."""
    second = Event()

    def ask(item):
        if item.piece.name == "one":
            second.wait()
        second.set()
        return echo(item)

    found = pool.in_order(items("one", "two", "three"), batching.threads, ask, 2)
    assert [answer.rows for _, answer in found] == [b"one", b"two", b"three"]


@pytest.mark.parametrize(("most", "most_bytes", "bound"), [(3, 1000, 3), (100, 8, 2), (100, 1, 1)])
def test_no_more_articles_are_taken_than_there_is_room_for(monkeypatch, most, most_bytes, bound):
    """However many there are: counted by number, and by bytes where there is more than one."""
    monkeypatch.setattr(pool, "MOST_BYTES", most_bytes)
    taken = []
    given = (taken.append(item) or item for item in items(*["four"] * 20))
    beyond = [len(taken) - number for number, _ in enumerate(pool.in_order(given, batching.threads, echo, most))]
    assert len(beyond) == 20
    assert max(beyond) == bound + 1


@pytest.mark.parametrize(("workers", "most"), [(1, 16), (2, 32), (500, 256)])
def test_however_many_cores_there_are_no_more_than_a_few_hundred_articles_are_on_their_way(workers, most):
    assert pool.ahead(workers) == most


def test_an_article_that_ends_its_process_costs_its_own_answer_only():
    """Those that were on their way with it are read again, and whatever comes after goes on."""
    names = ["a", "b", "x", "c", "d", "x2", "e"]
    found = {item.piece.name: answer for item, answer in pool.in_order(items(*names), Losing, echo, 3)}
    assert list(found) == names
    assert [name for name in names if found[name].rows != name.encode()] == ["x", "x2"]
    assert json.loads(found["x"].error)["reason"] == "to read this ended the process, perhaps for want of memory"


def test_where_every_process_is_ended_the_batch_stops():
    """And does not call a million articles bad."""
    found = pool.in_order(items(*(f"x{number}" for number in range(100))), Losing, echo, 3)
    with pytest.raises(StoppedError, match="What is done is kept: the same command goes on"):
        list(found)


def test_a_fault_of_a_reader_ends_the_readers():
    """Nothing goes on where nobody waits for it."""

    def ask(item):
        raise KeyError(item.piece.name)

    begun = []
    with pytest.raises(KeyError):
        list(pool.in_order(items("one", "two"), lambda: begun.append(batching.threads()) or begun[-1], ask, 2))
    with pytest.raises(RuntimeError, match="after shutdown"):
        begun[0].submit(ask, None)
