"""Parallel reading: answers in order, bounded memory, and crashes that cost one article."""

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
    """An answer that shows which article it belongs to."""
    return Answer(rows=item.article.data)


class Losing(Executor):
    """An executor that breaks with every article that begins with an x."""

    begun = 0

    def __init__(self):
        Losing.begun += 1
        self.lost = False

    def submit(self, ask, item):
        if self.lost:
            raise BrokenProcessPool
        future = Future()
        self.lost = item.article.name.startswith("x")
        if self.lost:
            future.set_exception(BrokenProcessPool())
        else:
            future.set_result(ask(item))
        return future

    def shutdown(self, wait=True, *, cancel_futures=False):
        """There is nothing to shut down."""


def test_answers_come_in_the_order_of_the_articles():
    """Even if the first reader finishes after the second."""
    second = Event()

    def ask(item):
        if item.article.name == "one":
            second.wait()
        second.set()
        return echo(item)

    found = pool.answers_in_order(items("one", "two", "three"), batching.threads, ask, 2)
    assert [answer.rows for _, answer in found] == [b"one", b"two", b"three"]


@pytest.mark.parametrize(("most", "most_bytes", "bound"), [(3, 1000, 3), (100, 8, 2), (100, 1, 1)])
def test_only_as_many_articles_are_in_flight_as_there_is_room_for(monkeypatch, most, most_bytes, bound):
    """Limited by number and by bytes; a single article may be larger."""
    monkeypatch.setattr(pool, "MAX_BYTES_IN_FLIGHT", most_bytes)
    taken = []
    given = (taken.append(item) or item for item in items(*["four"] * 20))
    beyond = [len(taken) - number for number, _ in enumerate(pool.answers_in_order(given, batching.threads, echo, most))]
    assert len(beyond) == 20
    assert max(beyond) == bound + 1


@pytest.mark.parametrize(("workers", "most"), [(1, 16), (2, 32), (500, 256)])
def test_even_with_many_cores_at_most_256_articles_are_in_flight(workers, most):
    assert pool.max_in_flight(workers) == most


def test_an_article_that_crashes_its_process_loses_only_its_own_answer():
    """Those in flight with it are read again, and the following ones as usual."""
    names = ["a", "b", "x", "c", "d", "x2", "e"]
    found = {item.article.name: answer for item, answer in pool.answers_in_order(items(*names), Losing, echo, 3)}
    assert list(found) == names
    assert [name for name in names if found[name].rows != name.encode()] == ["x", "x2"]
    assert json.loads(found["x"].error)["reason"] == "reading this crashed the process, perhaps for lack of memory"


def test_a_batch_stops_if_every_process_crashes():
    """Instead of reporting a million articles as bad."""
    found = pool.answers_in_order(items(*(f"x{number}" for number in range(100))), Losing, echo, 3)
    with pytest.raises(StoppedError, match="Finished work is kept: the same command resumes"):
        list(found)


def test_an_error_in_a_reader_shuts_down_the_pool():

    def ask(item):
        raise KeyError(item.article.name)

    begun = []
    with pytest.raises(KeyError):
        list(pool.answers_in_order(items("one", "two"), lambda: begun.append(batching.threads()) or begun[-1], ask, 2))
    with pytest.raises(RuntimeError, match="after shutdown"):
        begun[0].submit(ask, None)
