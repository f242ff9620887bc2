"""What the metrics count, and what they do not."""

from dataclasses import replace

import pytest
from prometheus_client.parser import text_string_to_metric_families

from api import examples, guard, keys
from attribution.errors import TextError
from attribution.watch import report_done


@pytest.fixture
def counted():
    """Returns the metrics of a client's service that are not zero, by name and labels."""

    def nonzero(client):
        samples = [sample for family in text_string_to_metric_families(client.get("/metrics").text) for sample in family.samples]
        return {
            (sample.name.removeprefix("attribution_"), *(value for _, value in sorted(sample.labels.items()))): sample.value
            for sample in samples
            if sample.value and not sample.name.endswith(("_bucket", "_created"))
        }

    return nonzero


def test_an_article_is_counted(make_client, counted):
    """Requests by route, words, quotes, quotes without a speaker, and the time of each phase."""

    def extract(text, **options):
        for part in ("words", "scores", "scores", "speakers"):
            report_done(part)
        said, warned = examples.ARTICLE.quotes
        return replace(examples.ARTICLE, quotes=(said, replace(warned, speaker=None)))

    client = make_client(extract=extract)
    for _ in range(2):
        client.post("/v1/quotes", json=examples.REQUEST)
    found = counted(client)
    assert found["requests_total", "POST", "/v1/quotes", "200"] == 2
    assert found["request_seconds_count", "/v1/quotes"] == 2
    assert found["words_total",] == 2 * len(examples.TEXT.split())
    assert (found["quotes_total",], found["quotes_without_speaker_total",]) == (4, 2)
    phases = {name[1]: value for name, value in found.items() if name[0] == "phase_seconds_count"}
    assert phases == {"read": 2, "network": 2, "speakers": 2, "write": 2}


def test_an_article_is_in_flight_only_while_it_is_read(make_client, counted):
    """Also if reading it fails."""
    seen = []

    def extract(text, **options):
        seen.append(counted(client))
        raise TextError("No.")

    client = make_client(extract=extract)
    client.post("/v1/quotes", json={"text": "abc"})
    assert (seen[0]["articles_in_flight",], seen[0]["characters_in_flight",]) == (1, 3)
    assert not {name for name in counted(client) if "in_flight" in name[0]}


def test_refusals_are_counted_by_reason(make_client, counted):
    """They show the operator what the service lacks."""
    client = make_client(API_KEYS=f"desk:{keys.digest_of('a')}", RATE_LIMIT="1 per hour")
    key = {"X-API-Key": "a"}
    for header in ({}, key, key, key):
        client.post("/v1/quotes", json=examples.REQUEST, headers=header)
    client.environ_base["HTTP_X_API_KEY"] = "a"
    found = counted(client)
    assert {name[1]: value for name, value in found.items() if name[0] == "refusals_total"} == {"key": 1, "rate": 2}


def test_a_line_of_a_stream_that_runs_out_of_time_is_counted(make_client, counted, monkeypatch):
    """Its request has already been answered 200."""
    seconds = iter(range(100))
    monkeypatch.setattr(guard, "perf_counter", lambda: next(seconds))

    def extract(text, **options):
        for part in text.split():
            report_done(part)
        return examples.ARTICLE

    client = make_client(extract=extract, TIME_LIMIT=2)
    lines = b'{"text": "one"}\n{"text": "one two three"}\n{"text": "one two three"}\n'
    assert client.post("/v1/quotes/stream", data=lines, content_type="application/x-ndjson").text.count("504") == 2
    found = counted(client)
    assert found["refusals_total", "time"] == 2
    assert found["requests_total", "POST", "/v1/quotes/stream", "200"] == 1


def test_unknown_paths_and_methods_are_counted_together(client, counted):
    """Otherwise a client could fill the memory with made-up paths."""
    for path, method in [("/a", "GET"), ("/b", "GET"), ("/v1/quotes", "A"), ("/v1/quotes", "B")]:
        client.open(path, method=method)
    found = {name: value for name, value in counted(client).items() if name[0] == "requests_total"}
    assert found == {("requests_total", "", "", "404"): 2, ("requests_total", "", "", "405"): 2}


def test_warming_up_is_not_counted(client, counted):
    """It is not a request."""
    client.get("/health/ready")
    assert ("words_total",) not in counted(client)


def test_the_metrics_contain_no_words_of_an_article(client):
    """Nor its id."""
    client.post("/v1/quotes?id=secret", data=b"secret words", content_type="text/plain")
    assert "secret" not in client.get("/metrics").text
