"""Many articles in one request, one per line."""

import io
import json

import pytest
from checks import assert_problem

from api import examples, stream
from api.schemas.service import ProblemSchema, StreamEndSchema
from api.schemas.shape import ArticleSchema
from attribution.errors import ModelError

NDJSON = "application/x-ndjson"


def post(client, *lines, **options):
    """The response to these lines; a line that is not bytes is sent as JSON."""
    body = b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines)
    return client.post("/v1/quotes/stream", data=body, content_type=NDJSON, **options)


def answers(response):
    """The lines of a response, parsed."""
    assert response.status_code == 200
    assert response.content_type == NDJSON
    assert response.text.endswith("\n")
    return [json.loads(line) for line in response.text.splitlines()]


def test_articles_are_answered_in_order(client):
    """With a line for each, and a last line that marks the end."""
    first, second, end = answers(post(client, {"text": examples.TEXT, "id": "a"}, {"text": examples.TEXT, "id": "b"}))
    assert first == {**examples.ARTICLE.to_dict(), "id": "a"}
    assert second == {**examples.ARTICLE.to_dict(), "id": "b"}
    assert end == {"type": "end", "lines": 2, "failed": 0}


def test_an_answer_is_one_line_for_every_parser(client):
    """Some parsers end a line at characters that JSON allows in strings."""
    response = post(client, {"text": "Hi", "id": "a\u2028b\u2029c\x85d"})
    assert [answer.get("id") for answer in answers(response)] == ["a\u2028b\u2029c\x85d", None]


def test_an_invalid_option_in_the_query_fails_the_request(client):
    """It would be invalid for every line."""
    assert_problem(post(client, {"text": "Hi"}, query_string="types=dirct"), 422, "types[0]: Must be one of")


BAD = {
    "empty": ({"text": ""}, 422, "The text is empty"),
    "no JSON": (b'{"text": "He said "no"."}', 400, "not valid JSON"),
    "cut off": (b'{"text": "Hi"', 400, "Expecting ',' delimiter at line 1, column 14"),
    "several on a line": (b'{"text": "Hi"}{"text": "Ho"}', 400, "with curl use --data-binary instead of -d."),
    "a key twice": (b'{"text": "Hi", "text": "Ho"}', 400, 'has the key "text" twice'),
    "no object": ([1], 422, "a list, not an object"),
    "no UTF-8": (b'{"text": "caf\xe9"}', 400, "not UTF-8"),
    "a Word file": (b"PK\x03\x04\xe9", 422, "This is not a text file."),
    "an unknown field": ({"txt": "Hi"}, 422, "Did you mean text?"),
    "a lone surrogate": (b'{"text": "Hi", "id": "\\udc00"}', 422, "half of a surrogate pair"),
    "too long": ({"text": "a" * 201}, 413, "ATTRIBUTION_MAX_CHARACTERS"),
    "too large": ({"text": "a" * 500}, 413, "ATTRIBUTION_MAX_BODY_BYTES"),
}


@pytest.mark.parametrize(("line", "status", "remedy"), BAD.values(), ids=BAD)
def test_an_error_in_a_line_does_not_stop_the_stream(make_client, line, status, remedy):
    """The line yields a problem with its number, and the other lines yield results."""
    client = make_client(MAX_CHARACTERS=200, MAX_BODY_BYTES=400)
    good, bad, other, end = answers(post(client, {"text": "Hi"}, line, {"text": "Ho"}))
    assert (bad["status"], bad["line"]) == (status, 2)
    assert remedy in bad["detail"]
    assert ProblemSchema().validate(bad) == {}
    assert "quotes" in good
    assert "quotes" in other
    assert end == {"type": "end", "lines": 3, "failed": 1}


def test_a_problem_has_the_id_of_its_article(client):
    """If the id is valid, so that clients need not count lines."""
    assert answers(post(client, {"text": "", "id": "a"}))[0]["id"] == "a"
    assert "id" not in answers(post(client, {"text": "", "id": 7}))[0]


def test_empty_lines_are_skipped_but_numbered(client):
    """The number of a line is the one that an editor shows."""
    bad, end = answers(post(client, b"", b" \r", {"text": ""}, b""))
    assert bad["line"] == 3
    assert end == {"type": "end", "lines": 1, "failed": 1}


def test_options_in_the_query_apply_to_every_line_and_a_lines_own_take_precedence(make_client):
    """So they need not be repeated in each line."""
    seen = []

    def remember(text, *, article_id=None, **options):
        seen.append(options)
        return examples.ARTICLE

    lines = {"text": "Hi"}, {"text": "Hi", "context": "none"}
    answers(post(make_client(extract=remember), *lines, query_string="context=sentence&types=direct"))
    assert [options["context"] for options in seen] == ["sentence", "none"]
    assert [options["types"] for options in seen] == [["direct"], ["direct"]]


@pytest.mark.parametrize(("error", "status"), [(ModelError("none"), 503), (KeyError("secret words"), 500)])
def test_an_error_of_the_pipeline_affects_one_line(make_client, log, error, status):
    """It is logged as usual, without any words of the article."""

    def fail(text, **options):
        if text == "bad":
            raise error
        return examples.ARTICLE

    bad, good, end = answers(post(make_client(extract=fail), {"text": "bad"}, {"text": "good"}))
    assert bad["status"] == status
    assert "quotes" in good
    assert end["failed"] == 1
    assert "secret" not in log.getvalue()
    assert json.loads(log.getvalue().splitlines()[-1])["failed"] == 1


def test_a_problem_of_a_line_is_short_however_much_is_invalid(client):
    """Nor does it repeat an invalid id."""
    wrong = [{"text": "a", "types": ["x"] * 20_000}, {"text": "a", "id": "x" * 20_000}, {str(n): 1 for n in range(5_000)}]
    response = post(client, *wrong)
    assert answers(response)[-1]["failed"] == 3
    assert len(response.data) < 30_000


def test_a_line_that_is_too_large_is_not_kept_in_memory(make_client, monkeypatch):
    """Only its beginning is read, even of fifty million bytes, and the next line is not affected."""
    longest = []
    monkeypatch.setattr(stream, "_answer", lambda number, line, options: longest.append((number, len(line))) or {})
    answers(post(make_client(MAX_BODY_BYTES=100), b"a" * 1_000, b" " * 99, b"b" * 100, b" " * 200 + b"c"))
    assert longest == [(1, 101), (3, 101), (4, 101)]


def test_a_full_disk_is_reported(make_client, monkeypatch, log):
    """The client learns when to retry, and the log has the reason."""
    monkeypatch.setattr(stream, "SpooledTemporaryFile", lambda _: open("/dev/full", "w+b"))  # noqa: SIM115
    response = post(make_client(), {"text": "a" * 100_000})
    assert_problem(response, 503, "no disk space")
    assert response.headers["Retry-After"] == "60"
    assert json.loads(log.getvalue())["refused"] == "disk"


def test_each_answer_is_sent_when_it_is_ready(make_client):
    """The second article is not read before the first answer is sent."""
    read = []

    def remember(text, **options):
        read.append(text)
        return examples.ARTICLE

    lines = post(make_client(extract=remember), {"text": "a"}, {"text": "b"}).response
    next(iter(lines))
    assert read == ["a"]


@pytest.mark.parametrize(
    ("settings", "remedy"),
    [({"MAX_STREAM_BYTES": 20}, "ATTRIBUTION_MAX_STREAM_BYTES"), ({"MAX_STREAM_LINES": 2}, "ATTRIBUTION_MAX_STREAM_LINES")],
)
@pytest.mark.parametrize("chunked", [False, True])
def test_a_stream_too_large_is_refused_before_anything_is_read(make_client, settings, remedy, chunked):
    """There is no partial answer."""
    client = make_client(extract=None, **settings)
    body = b'{"text": "a"}\n' * 3
    environ = {"wsgi.input_terminated": True, "wsgi.input": io.BytesIO(body)} if chunked else {}
    response = client.post("/v1/quotes/stream", data=None if chunked else body, content_type=NDJSON, environ_overrides=environ)
    assert_problem(response, 413, remedy)


def test_a_stream_of_exactly_the_limits_is_read(make_client):
    """The limit of a single article does not apply to the whole stream."""
    body = b'{"text": "a"}\n' * 3
    client = make_client(MAX_STREAM_BYTES=len(body), MAX_STREAM_LINES=3, MAX_BODY_BYTES=20)
    assert answers(client.post("/v1/quotes/stream", data=body, content_type=NDJSON))[-1]["lines"] == 3


@pytest.mark.parametrize(
    ("request_", "status", "remedy"),
    [
        ({"data": b"", "content_type": NDJSON}, 400, "Send lines of JSON"),
        ({"data": b"\n \n", "content_type": NDJSON}, 400, "Send lines of JSON"),
        ({"json": {"text": "Hi"}}, 415, "as application/x-ndjson"),
        ({"data": b"{}", "content_type": NDJSON, "query_string": "text=a"}, 422, "Send it in the body"),
    ],
)
def test_an_invalid_stream_gets_a_problem(client, request_, status, remedy):
    """For the whole request."""
    assert_problem(client.post("/v1/quotes/stream", **request_), status, remedy)


def test_the_example_lines_are_valid():
    """They match the schemas of the contract."""
    article, problem, end = map(json.loads, examples.ANSWER_LINES.splitlines())
    assert ArticleSchema().validate(article) == {}
    assert ProblemSchema().validate(problem) == {}
    assert StreamEndSchema().validate(end) == {}


def test_the_example_gets_the_answer_that_the_contract_shows(client):
    """Line by line."""
    kinds = [sorted(answer) for answer in answers(post(client, examples.LINES.encode()))]
    assert kinds == [sorted(answer) for answer in map(json.loads, examples.ANSWER_LINES.splitlines())]
