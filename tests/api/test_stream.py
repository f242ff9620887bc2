"""Many articles a request, a line each."""

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
    """The response to these lines: JSON of what is no bytes."""
    body = b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines)
    return client.post("/v1/quotes/stream", data=body, content_type=NDJSON, **options)


def answers(response):
    """The lines of a response, each read."""
    assert response.status_code == 200
    assert response.content_type == NDJSON
    assert response.text.endswith("\n")
    return [json.loads(line) for line in response.text.splitlines()]


def test_articles_are_answered_in_their_order(client):
    """A line each in the one shape, and one that says that this was all."""
    first, second, end = answers(post(client, {"text": examples.TEXT, "id": "a"}, {"text": examples.TEXT, "id": "b"}))
    assert first == {**examples.ARTICLE.to_dict(), "id": "a"}
    assert second == {**examples.ARTICLE.to_dict(), "id": "b"}
    assert end == {"type": "end", "lines": 2, "failed": 0}


def test_an_answer_is_one_line_for_every_reader(client):
    """Some end a line at characters that JSON lets stand in a string."""
    response = post(client, {"text": "Hi", "id": "a\u2028b\u2029c\x85d"})
    assert [answer.get("id") for answer in answers(response)] == ["a\u2028b\u2029c\x85d", None]


def test_a_wrong_option_in_the_query_is_told_at_once(client):
    """It is wrong for every line."""
    assert_problem(post(client, {"text": "Hi"}, query_string="types=dirct"), 422, "types[0]: Must be one of")


BAD = {
    "empty": ({"text": ""}, 422, "The text is empty"),
    "no JSON": (b'{"text": "He said "no"."}', 400, "not valid JSON"),
    "a key twice": (b'{"text": "Hi", "text": "Ho"}', 400, 'has the key "text" twice'),
    "no object": ([1], 422, "a list, not an object"),
    "no UTF-8": (b'{"text": "caf\xe9"}', 400, "not UTF-8"),
    "an unknown field": ({"txt": "Hi"}, 422, "Did you mean text?"),
    "a lone surrogate": (b'{"text": "Hi", "id": "\\udc00"}', 422, "half of a surrogate pair"),
    "too long": ({"text": "a" * 201}, 413, "ATTRIBUTION_MAX_CHARACTERS"),
    "too large": ({"text": "a" * 500}, 413, "ATTRIBUTION_MAX_BODY_BYTES"),
}


@pytest.mark.parametrize(("line", "status", "remedy"), BAD.values(), ids=BAD)
def test_a_bad_line_costs_its_own_answer_only(make_client, line, status, remedy):
    """It is answered by a problem with its number, and the rest goes on."""
    client = make_client(MAX_CHARACTERS=200, MAX_BODY_BYTES=400)
    good, bad, other, end = answers(post(client, {"text": "Hi"}, line, {"text": "Ho"}))
    assert (bad["status"], bad["line"]) == (status, 2)
    assert remedy in bad["detail"]
    assert ProblemSchema().validate(bad) == {}
    assert "quotes" in good
    assert "quotes" in other
    assert end == {"type": "end", "lines": 3, "failed": 1}


def test_a_problem_names_the_article_where_it_has_a_name(client):
    """Whoever joins by id need not count lines."""
    assert answers(post(client, {"text": "", "id": "a"}))[0]["id"] == "a"
    assert "id" not in answers(post(client, {"text": "", "id": 7}))[0]


def test_empty_lines_are_passed_over_but_counted_as_an_editor_does(client):
    """The number of a bad line is the one that an editor shows."""
    bad, end = answers(post(client, b"", b" \r", {"text": ""}, b""))
    assert bad["line"] == 3
    assert end == {"type": "end", "lines": 1, "failed": 1}


def test_options_of_the_query_are_for_every_line_and_a_lines_own_win(make_client):
    """Nobody has to write them into each."""
    seen = []

    def remember(text, *, article_id=None, **options):
        seen.append(options)
        return examples.ARTICLE

    lines = {"text": "Hi"}, {"text": "Hi", "context": "none"}
    answers(post(make_client(extract=remember), *lines, query_string="context=sentence&types=direct"))
    assert [options["context"] for options in seen] == ["sentence", "none"]
    assert [options["types"] for options in seen] == [["direct"], ["direct"]]


@pytest.mark.parametrize(("error", "status"), [(ModelError("none"), 503), (KeyError("secret words"), 500)])
def test_what_breaks_behind_the_door_breaks_one_line(make_client, log, error, status):
    """And is logged as it is elsewhere, without a word of the article."""

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


def test_an_answer_to_a_line_that_is_wrong_is_short_however_much_is(client):
    """Nor does it give back a name that no article bears."""
    wrong = [{"text": "a", "types": ["x"] * 20_000}, {"text": "a", "id": "x" * 20_000}, {str(n): 1 for n in range(5_000)}]
    response = post(client, *wrong)
    assert answers(response)[-1]["failed"] == 3
    assert len(response.data) < 30_000


def test_a_line_that_is_too_large_is_not_held(make_client, monkeypatch):
    """Of one of fifty million bytes its beginning is enough, and the next is read as ever."""
    longest = []
    monkeypatch.setattr(stream, "_answer", lambda number, line, options: longest.append((number, len(line))) or {})
    answers(post(make_client(MAX_BODY_BYTES=100), b"a" * 1_000, b" " * 99, b"b" * 100, b" " * 200 + b"c"))
    assert longest == [(1, 101), (3, 101), (4, 101)]


def test_a_full_disk_is_no_secret(make_client, monkeypatch, log):
    """Nor a fault of this side: the client is told when to come again, and whoever runs the service finds the reason."""
    monkeypatch.setattr(stream, "SpooledTemporaryFile", lambda _: open("/dev/full", "w+b"))  # noqa: SIM115
    response = post(make_client(), {"text": "a" * 100_000})
    assert_problem(response, 503, "no disk space")
    assert response.headers["Retry-After"] == "60"
    assert json.loads(log.getvalue())["refused"] == "disk"


def test_answers_leave_as_they_are_ready(make_client):
    """The second article is not read before the first answer has gone."""
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
def test_a_stream_too_large_is_refused_whole(make_client, settings, remedy, chunked):
    """Before anything is read: half an answer would be a lie."""
    client = make_client(extract=None, **settings)
    body = b'{"text": "a"}\n' * 3
    environ = {"wsgi.input_terminated": True, "wsgi.input": io.BytesIO(body)} if chunked else {}
    response = client.post("/v1/quotes/stream", data=None if chunked else body, content_type=NDJSON, environ_overrides=environ)
    assert_problem(response, 413, remedy)


def test_a_stream_that_just_fits_is_read(make_client):
    """The limits themselves are allowed, and no limit of a single article is one of a stream."""
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
def test_what_is_no_stream_is_told_what_is(client, request_, status, remedy):
    """As a problem, with nothing read."""
    assert_problem(client.post("/v1/quotes/stream", **request_), status, remedy)


def test_the_examples_are_true_lines():
    """What the contract shows is what its schemas say."""
    article, problem, end = map(json.loads, examples.ANSWER_LINES.splitlines())
    assert ArticleSchema().validate(article) == {}
    assert ProblemSchema().validate(problem) == {}
    assert StreamEndSchema().validate(end) == {}


def test_the_example_is_answered_as_it_says(client):
    """Line by line."""
    kinds = [sorted(answer) for answer in answers(post(client, examples.LINES.encode()))]
    assert kinds == [sorted(answer) for answer in map(json.loads, examples.ANSWER_LINES.splitlines())]
