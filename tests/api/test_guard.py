"""How long an article may take."""

import json

from checks import assert_problem

from api import examples, guard
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
    assert_problem(client.post("/v1/quotes", json={"text": "aaa"}), 504, "longer than the 8 s that it may")
    assert read == ["words", "scores"]
    assert json.loads(log.getvalue())["refused"] == "time"
    assert client.post("/v1/quotes", json={"text": "aa"}).status_code == 200


def test_the_pipeline_itself_can_be_stopped(service, monkeypatch):
    """The limit reaches into the network."""
    seconds = iter(range(0, 10_000, 100))
    monkeypatch.setattr(guard, "perf_counter", lambda: next(seconds))
    assert_problem(service.post("/v1/quotes", json=examples.REQUEST), 504, "ATTRIBUTION_TIME_LIMIT")
