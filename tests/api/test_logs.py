"""What the service logs about a request, and what it does not."""

import io
import json

import pytest
from checks import assert_problem

from api import create_app, examples


def lines(log):
    """The log as records."""
    return [json.loads(line) for line in log.getvalue().splitlines()]


def test_a_request_is_one_line_of_json(client, log):
    """It has the request, the status, the time, and the numbers of characters and quotes."""
    client.post("/v1/quotes", json=examples.REQUEST, headers={"X-Request-ID": "desk-7"})
    (line,) = lines(log)
    assert line.pop("ms") >= 0
    assert line.pop("timestamp")
    assert line == {
        "event": "request",
        "level": "info",
        "request_id": "desk-7",
        "method": "POST",
        "path": "/v1/quotes",
        "status": 200,
        "characters": len(examples.TEXT),
        "quotes": 2,
    }


def test_a_line_has_no_fields_of_an_earlier_request(client, log):
    """The numbers of an article belong to its request."""
    client.post("/v1/quotes", json=examples.REQUEST)
    client.get("/nowhere")
    assert "characters" not in lines(log)[1]


def test_no_word_of_an_article_is_logged(make_client, log):
    """Not even if reading fails with an exception that quotes the article."""

    def fail(text, **options):
        raise KeyError(text)

    make_client(extract=fail).post("/v1/quotes", json=examples.REQUEST)
    assert "bridge" not in log.getvalue()
    error, request = lines(log)
    assert error["kind"] == "KeyError"
    assert error["trace"][-1].endswith("fail")
    assert error["request_id"] == request["request_id"]


def test_a_request_id_is_echoed(client):
    """It links the client's log to the service's."""
    assert client.get("/health/live", headers={"X-Request-ID": "desk-7"}).headers["X-Request-ID"] == "desk-7"


@pytest.mark.parametrize("given", [None, "", "a b", "é", "a" * 129, '"}'])
def test_a_missing_or_unsafe_request_id_is_replaced(client, given):
    """Only safe characters are echoed and logged."""
    headers = {"X-Request-ID": given} if given is not None else {}
    made = client.get("/health/live", headers=headers).headers["X-Request-ID"]
    assert len(made) == 32
    assert made != client.get("/health/live", headers=headers).headers["X-Request-ID"]


@pytest.mark.parametrize(("level", "logged"), [("info", 0), ("debug", 1)])
def test_health_checks_are_logged_only_at_debug(make_client, log, level, logged):
    """They come every few seconds."""
    make_client(LOG_LEVEL=level).get("/health/live")
    assert len(lines(log)) == logged


class Full(io.StringIO):
    """A log on a disk that is full until `room` is set."""

    room = False

    def write(self, text):
        if not self.room:
            raise OSError(28, "No space left on device")
        return super().write(text)


@pytest.mark.parametrize(
    ("body", "status"), [(examples.REQUEST, 200), ({}, 422), ({"text": "break"}, 500)], ids=["read", "refused", "broken"]
)
def test_a_full_disk_for_the_log_does_not_affect_answers(body, status):
    """Logging resumes when there is space again."""

    def extract(text, **options):
        if text == "break":
            raise KeyError
        return examples.ARTICLE

    log = Full()
    client = create_app({}, extract=extract, trained=lambda: examples.ARTICLE.model, log_to=log).test_client()
    response = client.post("/v1/quotes", json=body)
    assert response.status_code == status
    if status != 200:
        assert_problem(response, status, "")
    stream = client.post("/v1/quotes/stream", data=json.dumps(body), content_type="application/x-ndjson")
    assert json.loads(stream.data.splitlines()[-1])["type"] == "end"
    assert log.getvalue() == ""
    log.room = True
    client.get("/v1/model")
    assert [line["path"] for line in lines(log)] == ["/v1/model"]
