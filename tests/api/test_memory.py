"""How much memory a process has left, and what becomes of requests when there is none."""

import io
import json
import resource
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from checks import assert_problem

from api import examples, malformed, memory
from api.admission import MemoryBudget
from api.memory import needed
from api.problems import Problem
from api.worker import PatientPool

MIB = 1 << 20


def test_memory_in_use_is_no_longer_left(monkeypatch):
    """The limit is of address space, which a large object takes at once."""
    monkeypatch.setattr(resource, "getrlimit", lambda _: (1 << 50, 1 << 50))
    before = memory.room()
    held = bytearray(100 * MIB)
    assert 90 * MIB < before - memory.room() < 110 * MIB
    del held
    assert before - memory.room() < 10 * MIB


def test_without_a_limit_there_is_always_room():
    """Whatever the machine has."""
    assert resource.getrlimit(resource.RLIMIT_AS)[0] == resource.RLIM_INFINITY
    assert memory.room() > 1 << 60


def test_a_text_needs_memory_by_its_words():
    """A mark is a word too: a text of marks takes several times as much as prose of the same length."""
    assert needed("It is late. ") == 4 * needed("It")
    assert needed("=" * 100) == 100 * needed("It")


def test_an_article_for_which_there_is_no_memory_is_refused_before_it_is_read(make_client, monkeypatch, log):
    """A shorter one is read, and health checks go on."""
    monkeypatch.setattr(memory, "room", lambda: needed("Two words."))
    client = make_client()
    answer = client.post("/v1/quotes", json={"text": "Three more words."})
    assert assert_problem(answer, 503, "send the article in parts")["code"] == "out-of-memory"
    assert answer.headers["Retry-After"] == "5"
    assert json.loads(log.getvalue())["refused"] == "memory"
    assert client.post("/v1/quotes", json={"text": "Two words."}).status_code == 200
    assert client.get("/health/live").status_code == 200


def test_articles_that_are_read_at_the_same_time_share_the_memory():
    """What one has reserved is there for others once it is read."""
    budget = MemoryBudget(lambda: 10)
    with budget(6), pytest.raises(Problem), budget(5):
        pass
    with budget(10):
        pass


def test_memory_that_is_reserved_and_in_use_is_not_counted_twice():
    """But what else takes memory meanwhile is counted."""
    left = [10]
    budget = MemoryBudget(lambda: left[0])
    with budget(6):
        left[0] = 4
        with budget(4):
            pass
        left[0] = 3
        with pytest.raises(Problem), budget(4):
            pass


def test_a_line_of_a_stream_waits_for_memory():
    """But not for memory that nobody can release."""
    budget, begun = MemoryBudget(lambda: 10), threading.Event()
    with ThreadPoolExecutor(1) as threads:

        def read():
            begun.set()
            with budget(6, wait=True):
                return True

        with budget(6):
            later = threads.submit(read)
            assert begun.wait(20)
            assert not later.done()
        assert later.result(20)
    with pytest.raises(Problem), budget(11, wait=True):
        pass


def test_a_process_without_memory_tells_the_client_to_come_again(make_client):
    """The memory that the article took is free again, and the next one is read."""

    def extract(text, **options):
        if text == "long":
            raise MemoryError
        return examples.ARTICLE

    client = make_client(extract=extract)
    answer = client.post("/v1/quotes", json={"text": "long"})
    assert assert_problem(answer, 503, "has no memory")["code"] == "out-of-memory"
    lines = client.post("/v1/quotes/stream", data=b'{"text": "long"}\n{"text": "a"}', content_type="application/x-ndjson")
    first, second, _ = map(json.loads, lines.get_data(as_text=True).splitlines())
    assert (first["code"], second["id"]) == ("out-of-memory", examples.ARTICLE.id)


def test_memory_that_runs_out_after_the_view_is_no_internal_error(make_client):
    """While the answer is compressed, for example."""
    client = make_client()

    def fail(_):
        raise MemoryError

    client.application.after_request_funcs.setdefault(None, []).append(fail)
    answer = client.post("/v1/quotes", json={"text": "a"})
    assert (answer.status_code, answer.get_json()["code"]) == (503, "out-of-memory")


def test_a_request_that_there_is_no_memory_to_parse_gets_a_problem():
    """From the worker, because the app never sees it."""
    head, _, body = malformed.response_bytes(MemoryError(), "id").partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 503 ")
    assert b"\r\nRetry-After: 5" in head
    assert json.load(io.BytesIO(body))["code"] == "out-of-memory"


def test_a_request_waits_for_a_thread_if_the_system_grants_no_more(monkeypatch):
    """It used to end the worker, with all requests that it held."""
    with PatientPool(4) as pool:
        opened = threading.Event()
        first = pool.submit(opened.wait, 20)

        def refuse(_):
            raise RuntimeError("can't start new thread")

        monkeypatch.setattr(threading.Thread, "start", refuse)
        second = pool.submit(lambda: "answered")
        assert not second.done()
        opened.set()
        assert (first.result(20), second.result(20)) == (True, "answered")
