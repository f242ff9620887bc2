"""Time and character limits of an article."""

import json

import pytest
import standin
from checks import assert_problem

from api import examples, guard, jobs
from attribution import known
from attribution.errors import TextError
from attribution.watch import report_done


def test_an_article_that_takes_too_long_is_stopped(make_client, log, monkeypatch):
    """It stops between two parts of the pipeline; answer and log give the reason, and the next article is read."""
    now = [0.0]
    monkeypatch.setattr(guard, "perf_counter", lambda: now[0])
    read = []

    def extract(text, **options):
        for part in ("words", "scores", "scores", "speakers"):
            now[0] += len(text)
            report_done(part)
            read.append(part)
        return examples.ARTICLE

    client = make_client(extract=extract, TIME_LIMIT=8)
    assert_problem(client.post("/v1/quotes", json={"text": "aaa"}), 504, "longer than 8 s")
    assert read == ["words", "scores"]
    assert json.loads(log.getvalue())["refused"] == "time"
    assert client.post("/v1/quotes", json={"text": "aa"}).status_code == 200


def test_the_pipeline_itself_can_be_stopped(service, monkeypatch):
    """The limit also applies inside the network."""
    seconds = iter(range(0, 10_000, 100))
    monkeypatch.setattr(guard, "perf_counter", lambda: next(seconds))
    assert_problem(service.post("/v1/quotes", json=examples.REQUEST), 504, "ATTRIBUTION_TIME_LIMIT")


def test_known_speakers_that_take_too_long_to_match_are_stopped(make_client, monkeypatch):
    """A request may have fifty thousand names."""
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
    """The limit covers extracting the article and reading it."""
    now = [0.0]
    monkeypatch.setattr(guard, "perf_counter", lambda: now[0])

    def find(page):
        now[0] += len(page)
        return jobs.html.ArticleText("Hi")

    def extract(text, **options):
        now[0] += 5
        report_done("words")
        return examples.ARTICLE

    monkeypatch.setattr(jobs.html, "extract", find)
    client = make_client(extract=extract, TIME_LIMIT=8)
    assert [client.post("/v1/quotes", json={"html": "a" * length}).status_code for length in (3, 4, 9)] == [200, 504, 504]


@pytest.mark.parametrize("path", ["/v1/quotes", "/v1/verify?quote=Hi"])
def test_a_page_uses_the_budget_while_its_article_is_extracted(make_client, monkeypatch, path):
    """Its share is released before the article reserves its own, and if no article is found."""
    client = make_client(extract=lambda text, **options: examples.ARTICLE, verify=lambda **options: examples.VERIFICATION)
    budget = client.application.extensions["reader"]._guard._budget
    used = []

    def find(page):
        used.append(budget._used)
        if len(page) > 100:
            raise TextError("there are no words in it")
        return jobs.html.ArticleText("Hi")

    monkeypatch.setattr(jobs.html, "extract", find)
    pages = ["a" * 50, "a" * 200]
    statuses = [client.post(path, data=page, content_type="text/html").status_code for page in pages]
    assert (statuses, used, budget._used) == ([200, 422], [5, 20], 0)


def test_a_page_over_the_budget_is_refused_before_it_is_parsed(make_client, monkeypatch):
    """Eight large pages at once used to block the service for a hundred seconds."""
    client = make_client(CHARACTERS_IN_FLIGHT=100)
    monkeypatch.setattr(jobs.html, "extract", None)
    with client.application.extensions["reader"]._guard._budget(95):
        assert_problem(client.post("/v1/quotes", json={"html": "a" * 100}), 503, "Send the same request again")
