"""Which requests the service accepts under load, and how it refuses the others."""

import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from threading import Event, Thread

import pytest
from checks import assert_problem

from api import examples
from api.admission import SMALL_BODY, ByteBudget, CharacterBudget, take_slot
from api.problems import Problem


class Gate:
    """A pipeline that starts to read, and finishes when the gate opens."""

    def __init__(self):
        self.begun, self.opened = Event(), Event()

    def __call__(self, text, **options):
        self.begun.set()
        assert self.opened.wait(20)
        return examples.ARTICLE


@pytest.fixture
def busy(make_client):
    """Makes a service that reads a text until the gate opens or the test ends; returns the gate and a client."""
    with ThreadPoolExecutor(1) as threads, ExitStack() as stack:

        def make(text, **config):
            gate = Gate()
            client = make_client(extract=gate, **config)
            first = threads.submit(lambda: client.application.test_client().post("/v1/quotes", json={"text": text}).status_code)
            stack.callback(lambda: first.result() == 200 or pytest.fail("the first text was not read"))
            stack.callback(gate.opened.set)
            assert gate.begun.wait(20)
            return gate, client

        yield make


def test_an_article_over_the_character_budget_is_refused_at_once(busy, log):
    """The answer says when to retry, the log has the reason, and health checks still work."""
    _, client = busy("a" * 60, CHARACTERS_IN_FLIGHT=100)
    response = client.post("/v1/quotes", json={"text": "b" * 41})
    assert_problem(response, 503, "Send the same request again in 1 s")
    assert response.headers["Retry-After"] == "1"
    assert json.loads(log.getvalue())["refused"] == "characters"
    assert client.get("/health/live").status_code == 200


def test_a_long_article_leaves_capacity_for_short_ones(busy):
    """The budget counts characters, not requests."""
    gate, client = busy("a" * 60, CHARACTERS_IN_FLIGHT=100)
    gate.opened.set()
    assert client.post("/v1/quotes", json={"text": "b" * 40}).status_code == 200


def test_a_request_without_a_slot_is_refused_before_it_is_decoded(busy):
    """Three of four threads take articles, so that some stay free for health checks; here one of one."""
    _, client = busy("a", THREADS=1)
    assert_problem(client.post("/v1/quotes", data=b"\xff", content_type="text/plain"), 503, "Send the same request again")


def test_every_request_releases_its_slot(make_client):
    """Also after an invalid request or an error in the pipeline."""

    def fail(text, **options):
        raise KeyError

    client = make_client(extract=fail, THREADS=1)
    assert [client.post("/v1/quotes", json=body).status_code for body in ({}, {"text": "a"}, {"text": "a"})] == [422, 500, 500]


def test_a_stream_keeps_its_slot_to_its_end(make_client):
    """It goes on after the view has returned."""
    app = make_client(THREADS=1).application
    app.add_url_rule("/v1/lines", view_func=lambda: take_slot() or iter(["a", "b"]), methods=["POST"])
    client = app.test_client()
    stream = client.post("/v1/lines")
    assert client.post("/v1/lines").status_code == 503
    stream.close()
    assert client.post("/v1/quotes", json=examples.REQUEST).status_code == 200


def test_an_article_larger_than_the_budget_is_read_alone():
    """A limit that is too low does not refuse an article forever."""
    budget = CharacterBudget(10)
    with budget(100), pytest.raises(Problem), budget(1):
        pass
    with budget(1), pytest.raises(Problem), budget(100):
        pass


def test_a_refused_client_comes_back_when_what_is_being_read_is_done():
    """`Retry-After` follows from how fast this process has read so far, not from how fast a usual one does."""
    now = 0.0
    budget = CharacterBudget(100, clock=lambda: now)
    with budget(100_000):
        now += 1000  # a hundred characters a second
    now += 5000  # nothing is being read
    with budget(1000), pytest.raises(Problem) as refusal, budget(100):
        pass
    assert 8 <= int(refusal.value.headers["Retry-After"]) <= 10


def test_refused_clients_come_back_one_after_another():
    """Each is told to wait for those before it too, but no longer than a minute."""
    budget, waits = CharacterBudget(100_000, clock=lambda: 0.0), []
    with budget(100_000):
        for _ in range(10):
            with pytest.raises(Problem) as refusal, budget(100_000):
                pass
            waits.append(int(refusal.value.headers["Retry-After"]))
    assert waits == sorted(waits)
    assert waits[0] < waits[1] < 60 < waits[-1] < 70


def test_the_budget_is_released_after_a_failure():
    """Whatever the pipeline raises."""
    budget = CharacterBudget(10)
    for _ in range(2):
        with pytest.raises(KeyError), budget(10):
            raise KeyError


def test_a_caller_can_wait_for_the_budget():
    """The lines of an accepted stream are not refused."""
    budget, entered = CharacterBudget(10), Event()

    def wait():
        with budget(10, wait=True):
            entered.set()

    thread = Thread(target=wait)
    with budget(1):
        thread.start()
        assert not entered.is_set()
    thread.join()
    assert entered.is_set()


def test_retry_after_grows_with_the_load():
    """It follows from how fast a process reads."""
    waits = []
    for taken in (10, 400_000):
        budget = CharacterBudget(taken)
        with budget(taken), pytest.raises(Problem) as refusal, budget(1):
            pass
        waits.append(int(refusal.value.headers["Retry-After"]))
    assert waits[0] == 1 < waits[1]


def test_bodies_share_a_limit_and_one_alone_may_exceed_it():
    """A body that does not fit is refused until another is released."""
    bodies = ByteBudget(10)
    bodies.resize(0, SMALL_BODY + 6)
    with pytest.raises(Problem) as refusal:
        bodies.resize(0, SMALL_BODY + 5)
    assert (refusal.value.code, refusal.value.headers) == (503, {"Retry-After": "1"})
    bodies.release(SMALL_BODY + 6)
    bodies.resize(0, SMALL_BODY + 5)
    bodies.release(SMALL_BODY + 5)
    bodies.resize(0, SMALL_BODY + 1)
    bodies.resize(SMALL_BODY + 1, SMALL_BODY + 100)


def test_a_small_body_is_always_accepted():
    """Otherwise a client that sends a large body slowly would block all others."""
    bodies = ByteBudget(10)
    bodies.resize(0, SMALL_BODY + 10)
    bodies.resize(0, SMALL_BODY)


@pytest.mark.parametrize("body", [{"text": "a" * 70_000}, {"txt": "a" * 70_000}], ids=["read", "refused"])
def test_a_body_is_released_with_its_request(make_client, body):
    """Whether the request succeeds or not."""
    client = make_client(BODY_BYTES_IN_FLIGHT=1)
    client.post("/v1/quotes", json=body)
    assert client.application.extensions["body_bytes"]._held == 0
