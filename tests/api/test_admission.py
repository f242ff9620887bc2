"""Who is let in when there is much to read, and what is said to the others."""

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
    """A pipeline whose readings begin, and end when the gate is opened."""

    def __init__(self):
        self.begun, self.opened = Event(), Event()

    def __call__(self, text, **options):
        self.begun.set()
        assert self.opened.wait(20)
        return examples.ARTICLE


@pytest.fixture
def busy(make_client):
    """Makes a service that is reading a text, and stays with it until the test ends; gives the gate and a way to send more."""
    with ThreadPoolExecutor(1) as threads, ExitStack() as stack:

        def make(text, **config):
            gate = Gate()
            client = make_client(extract=gate, **config)
            first = threads.submit(lambda: client.application.test_client().post("/v1/quotes", json={"text": text}).status_code)
            stack.callback(lambda: first.result() == 200 or pytest.fail("the first was not read"))
            stack.callback(gate.opened.set)
            assert gate.begun.wait(20)
            return gate, client

        yield make


def test_what_has_no_room_is_refused_at_once(busy, log):
    """With when to come again, and the reason in the log; a probe is answered."""
    _, client = busy("a" * 60, CHARACTERS_IN_FLIGHT=100)
    response = client.post("/v1/quotes", json={"text": "b" * 41})
    assert_problem(response, 503, "Send the same request again in 1 s")
    assert response.headers["Retry-After"] == "1"
    assert json.loads(log.getvalue())["refused"] == "characters"
    assert client.get("/health/live").status_code == 200


def test_a_long_article_leaves_room_for_short_ones(busy):
    """Characters count, not requests."""
    gate, client = busy("a" * 60, CHARACTERS_IN_FLIGHT=100)
    gate.opened.set()
    assert client.post("/v1/quotes", json={"text": "b" * 40}).status_code == 200


def test_what_has_no_place_is_refused_before_it_is_decoded(busy):
    """Threads are left for probes: of four, three take articles; here of one, one."""
    _, client = busy("a", THREADS=1)
    assert_problem(client.post("/v1/quotes", data=b"\xff", content_type="text/plain"), 503, "Send the same request again")


def test_a_place_is_free_again_whatever_became_of_the_request(make_client):
    """A wrong request and a broken pipeline too."""

    def fail(text, **options):
        raise KeyError

    client = make_client(extract=fail, THREADS=1)
    assert [client.post("/v1/quotes", json=body).status_code for body in ({}, {"text": "a"}, {"text": "a"})] == [422, 500, 500]


def test_a_stream_keeps_its_place_to_its_end(make_client):
    """It goes on long after the view has returned."""
    app = make_client(THREADS=1).application
    app.add_url_rule("/v1/lines", view_func=lambda: take_slot() or iter(["a", "b"]), methods=["POST"])
    client = app.test_client()
    stream = client.post("/v1/lines")
    assert client.post("/v1/lines").status_code == 503
    stream.close()
    assert client.post("/v1/quotes", json=examples.REQUEST).status_code == 200


def test_an_article_larger_than_all_the_room_has_it_alone():
    """A limit set too low refuses nobody for ever."""
    room = CharacterBudget(10)
    with room(100), pytest.raises(Problem), room(1):
        pass
    with room(1), pytest.raises(Problem), room(100):
        pass


def test_room_is_free_again_after_a_failure():
    """Whatever the reading raises."""
    room = CharacterBudget(10)
    for _ in range(2):
        with pytest.raises(KeyError), room(10):
            raise KeyError


def test_whoever_is_patient_waits_for_room():
    """A line of a stream that has been let in is not refused."""
    room, entered = CharacterBudget(10), Event()

    def wait():
        with room(10, wait=True):
            entered.set()

    thread = Thread(target=wait)
    with room(1):
        thread.start()
        assert not entered.is_set()
    thread.join()
    assert entered.is_set()


def test_the_fuller_it_is_the_later_a_client_is_to_come_again():
    """By how fast a process reads."""
    waits = []
    for taken in (10, 400_000):
        room = CharacterBudget(taken)
        with room(taken), pytest.raises(Problem) as refusal, room(1):
            pass
        waits.append(int(refusal.value.headers["Retry-After"]))
    assert waits[0] == 1 < waits[1]


def test_bodies_may_hold_so_much_together_and_one_may_hold_it_alone():
    """Who would hold more is refused, and may come when another has gone."""
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


def test_a_small_body_may_be_held_however_much_others_hold():
    """Whoever sends a large one, and then waits, would else keep everybody out."""
    bodies = ByteBudget(10)
    bodies.resize(0, SMALL_BODY + 10)
    bodies.resize(0, SMALL_BODY)


@pytest.mark.parametrize("body", [{"text": "a" * 70_000}, {"txt": "a" * 70_000}], ids=["read", "refused"])
def test_a_body_is_let_go_with_its_request(make_client, body):
    """Whatever became of it."""
    client = make_client(BODY_BYTES_IN_FLIGHT=1)
    client.post("/v1/quotes", json=body)
    assert client.application.extensions["body_bytes"]._held == 0
