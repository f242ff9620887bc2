"""How long an article may take."""

import json

import pytest
import standin
from checks import assert_problem

from api import examples, guard, jobs
from attribution import known
from attribution.errors import TextError
from attribution.watch import done


def test_an_article_that_takes_too_long_is_stopped(make_client, log, monkeypatch):
    """Between two parts of its reading; the answer names the cause, the log too, and the next article is read."""
    now = [0.0]
    monkeypatch.setattr(guard, "perf_counter", lambda: now[0])
    read = []

    def extract(text, **options):
        for part in ("words", "scores", "scores", "speakers"):
            now[0] += len(text)
            done(part)
            read.append(part)
        return examples.ARTICLE

    client = make_client(extract=extract, TIME_LIMIT=8)
    assert_problem(client.post("/v1/quotes", json={"text": "aaa"}), 504, "longer than 8 s")
    assert read == ["words", "scores"]
    assert json.loads(log.getvalue())["refused"] == "time"
    assert client.post("/v1/quotes", json={"text": "aa"}).status_code == 200


def test_the_pipeline_itself_can_be_stopped(service, monkeypatch):
    """The limit reaches into the network."""
    seconds = iter(range(0, 10_000, 100))
    monkeypatch.setattr(guard, "perf_counter", lambda: next(seconds))
    assert_problem(service.post("/v1/quotes", json=examples.REQUEST), 504, "ATTRIBUTION_TIME_LIMIT")


def test_known_speakers_that_take_too_long_to_match_are_stopped(make_client, monkeypatch):
    """There may be fifty thousand names of them."""
    now, looked_at = [0.0], []
    monkeypatch.setattr(guard, "perf_counter", lambda: now[0])

    def fold(name):
        now[0] += 1
        looked_at.append(name)
        return name

    monkeypatch.setattr(known, "_folded", fold)
    client = make_client(extract=standin.extract, TIME_LIMIT=8)
    people = [{"id": str(number), "name": str(number)} for number in range(100)]
    response = client.post("/v1/quotes", json={"text": "Ann: “Hi.”", "known_speakers": people})
    assert_problem(response, 504, "longer than 8 s")
    assert len(looked_at) < 20


def test_a_page_that_takes_too_long_is_stopped(make_client, monkeypatch):
    """What finds the article in it counts, and so does what reads it."""
    now = [0.0]
    monkeypatch.setattr(guard, "perf_counter", lambda: now[0])

    def find(page):
        now[0] += len(page)
        return "Hi"

    def extract(text, **options):
        now[0] += 5
        done("words")
        return examples.ARTICLE

    monkeypatch.setattr(jobs.html, "words", find)
    client = make_client(extract=extract, TIME_LIMIT=8)
    assert [client.post("/v1/quotes", json={"html": "a" * length}).status_code for length in (3, 4, 9)] == [200, 504, 504]


@pytest.mark.parametrize("path", ["/v1/quotes", "/v1/verify?quote=Hi"])
def test_a_page_has_room_while_its_article_is_sought(make_client, monkeypatch, path):
    """As much as an article of it may need; it is free again before the article takes its own, and whatever was found."""
    client = make_client(extract=lambda text, **options: examples.ARTICLE, verify=lambda **options: examples.VERIFICATION)
    room = client.application.extensions["reader"]._guard._budget
    taken = []

    def find(page):
        taken.append(room._used)
        if len(page) > 100:
            raise TextError("there are no words in it")
        return "Hi"

    monkeypatch.setattr(jobs.html, "words", find)
    pages = ["a" * 50, "a" * 200]
    statuses = [client.post(path, data=page, content_type="text/html").status_code for page in pages]
    assert (statuses, taken, room._used) == ([200, 422], [5, 20], 0)


def test_a_page_that_has_no_room_is_refused_before_anything_is_sought_in_it(make_client, monkeypatch):
    """Eight at once held the service for a hundred seconds."""
    client = make_client(CHARACTERS_IN_FLIGHT=100)
    monkeypatch.setattr(jobs.html, "words", None)
    with client.application.extensions["reader"]._guard._budget(95):
        assert_problem(client.post("/v1/quotes", json={"html": "a" * 100}), 503, "Send the same request again")
