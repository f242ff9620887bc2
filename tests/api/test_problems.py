"""Every failure is an `application/problem+json` whose detail says how to fix it."""

import io
import re

import pytest
from checks import assert_problem
from gunicorn.http.errors import ChunkMissingTerminator, InvalidChunkSize, NoMoreData

from api import problems
from api.failures import Failure, failure_for
from attribution.errors import LanguageError, ModelError, TextError

JSON = "application/json"
FAILURES = {
    "no body": ({}, 400, "has no body"),
    "no body, but a type": ({"content_type": JSON}, 400, "has no body"),
    "no type": ({"data": b"Hi"}, 415, "no Content-Type"),
    "what curl -d sends": ({"data": {"text": "Hi"}}, 415, "With curl: "),
    "another type": ({"data": b"<a/>", "content_type": "text/xml"}, 415, "text/plain"),
    "another charset": ({"data": b"Hi", "content_type": "text/plain; charset=latin1"}, 415, "Convert the text to UTF-8"),
    "compressed otherwise": (
        {"data": b"Hi", "content_type": "text/plain", "headers": {"Content-Encoding": "br"}},
        415,
        "Send the body as gzip, as zstd or uncompressed.",
    ),
    "not UTF-8": ({"data": b"caf\xe9 noir", "content_type": "text/plain"}, 400, "byte 3 (0xE9)"),
    "not UTF-8, in JSON": ({"data": b'{"text": "caf\xe9"}', "content_type": JSON}, 400, "iconv"),
    "UTF-16": ({"data": "“Hi”".encode("utf-16"), "content_type": "text/plain"}, 400, "iconv -f UTF-16"),
    "a PDF": ({"data": b"%PDF-1.7\n%\xe2", "content_type": "text/plain"}, 422, "This is not a text file. Open it in its own"),
    "a Word file, as JSON": ({"data": b"PK\x03\x04\xe9", "content_type": JSON}, 422, "This is not a text file."),
    "malformed": ({"data": b'{"text": "He said "no"."}', "content_type": JSON}, 400, "line 1, column 20"),
    "several objects": ({"data": b'{"text": "a"}\n{"text": "b"}', "content_type": JSON}, 400, "to POST /v1/quotes/stream"),
    "nested too deep": ({"data": b"[" * 100_000, "content_type": JSON}, 400, "nested too deeply"),
    "a number too long": ({"data": b"9" * 5_000, "content_type": JSON}, 400, "a number that is too long"),
    "a key twice": ({"data": b'{"text": "Hi", "id": 1, "text": "Ho"}', "content_type": JSON}, 400, 'has the key "text" twice'),
    "a key twice, deeper": (
        {"data": b'{"text": "Hi", "known_speakers": [{"id": "1", "name": "A", "id": "2"}]}', "content_type": JSON},
        400,
        'A JSON object has the key "id" twice. Send it once.',
    ),
    "a key twice, written in two ways": ({"data": b'{"id": "1", "\\u0069d": "2"}', "content_type": JSON}, 400, '"id" twice'),
    "a lone surrogate twice": ({"data": b'{"\\udc00": 1, "\\udc00": 1}', "content_type": JSON}, 400, '"\udc00" twice'),
    "a key twice in the query": (
        {"json": {"text": "Hi"}, "query_string": 'known_speakers=[{"id":"1","name":"A","id":"2"}]'},
        400,
        '"id" twice',
    ),
    "a list": ({"json": ["Hi"]}, 422, "a list, not an object"),
    "a number": ({"json": 5}, 422, "a number, not an object"),
    "text missing": ({"json": {"id": "a"}}, 422, "text: Missing"),
    "text of the wrong type": ({"json": {"text": ["Hi"]}}, 422, "text: Must be a string."),
    "text null": ({"json": {"text": None}}, 422, "text: Must be a string, not null."),
    "text empty": ({"json": {"text": ""}}, 422, "The text is empty. Send the words"),
    "text blank": ({"data": b" \n", "content_type": "text/plain"}, 422, "The text is empty. Send the words"),
    "a lone surrogate": ({"data": b'{"text": "Hi \\ud83d!"}', "content_type": JSON}, 422, "Character 3 is \\ud83d"),
    "a lone surrogate as id": ({"data": b'{"text": "Hi", "id": "\\udc00"}', "content_type": JSON}, 422, "id: Character 0"),
    "a lone surrogate as name": ({"data": b'{"text": "Hi", "\\udc00": 1}', "content_type": JSON}, 422, "There is no such field"),
    "an unknown field": (
        {"json": {"txt": "Hi"}},
        422,
        "txt: There is no such field. Did you mean text? There are: text, html, id, ",
    ),
    "text and html": ({"json": {"text": "Hi", "html": "Hi"}}, 422, "html: Sent together with text. Send only one of them."),
    "a page as text": ({"json": {"text": "<!doctype html><p>Hi"}}, 422, "text: This is a page of HTML. Send it in the"),
    "a page as plain text": ({"data": b"<html>Hi", "content_type": "text/plain"}, 422, "or as text/html"),
    "a PDF in ASCII, as text": ({"json": {"text": "%PDF-1.4"}}, 422, "text: This is not a text file."),
    "RTF as html": ({"json": {"html": r"{\rtf1 Hi}"}}, 422, "html: This is not a text file."),
    "JSON as plain text": (
        {"data": b'{"text": "Hi"}', "content_type": "text/plain"},
        422,
        "This is JSON. Send it as application/j",
    ),
    "NDJSON as plain text": (
        {"data": b'{"text": "Hi"}\n{"text": "Ho"}\n', "content_type": "text/plain"},
        422,
        "as application/x-ndjson to POST /v1/quotes/stream.",
    ),
    "an address": ({"json": {"text": "https://example.org/a"}}, 422, "text: This is an address, and nothing is fetched: send"),
    "an address as html": ({"data": b"http://example.org\n", "content_type": "text/html"}, 422, "html: This is an address"),
    "html without words": ({"json": {"html": "<p></p>"}}, 422, "There are no words in the HTML"),
    "an article in the query": ({"json": {}, "query_string": "text=Hi"}, 422, "text: The query string is no place"),
    "a wrong word in a list": ({"json": {"text": "Hi", "types": ["dirct"]}}, 422, "types[0]: Must be one of direct, mixed, "),
    "a word for a list": ({"json": {"text": "Hi", "acts": "say"}}, 422, "acts: Must be a list of values from say, "),
    "an empty list": ({"json": {"text": "Hi", "types": []}}, 422, "types: Must not be empty. Omit the field to get all."),
    "a wrong word": ({"json": {"text": "Hi", "context": "page"}}, 422, "context: Must be one of none, sentence, paragraph."),
    "a string for a number": ({"json": {"text": "Hi", "min_confidence": "0.5"}}, 422, "min_confidence: Must be a number from 0"),
    "a number too large": ({"json": {"text": "Hi", "min_confidence": 90}}, 422, "min_confidence: Must be a number from 0 to 1."),
    "no number": ({"json": {"text": "Hi"}, "query_string": "min_confidence=NaN"}, 422, "Must be a number from 0 to 1."),
    "a number for a truth": ({"json": {"text": "Hi", "attitudes": 1}}, 422, "attitudes: Must be true or false."),
    "known speakers that are names": (
        {"json": {"text": "Hi", "known_speakers": ["Ann"]}},
        422,
        "known_speakers[0]: Must be an object",
    ),
    "a known speaker without a name": (
        {"json": {"text": "Hi", "known_speakers": [{"id": "1"}]}},
        422,
        "known_speakers[0].name: Missing",
    ),
    "known speakers that are no JSON": (
        {"json": {"text": "Hi"}, "query_string": "known_speakers=Ann"},
        422,
        "Must be a list of objects",
    ),
    "too many known speakers": (
        {"json": {"text": "Hi", "known_speakers": [{"id": "1", "name": "A"}] * 1001}},
        422,
        "known_speakers: More than 1,000.",
    ),
    "an unknown parameter": ({"json": {"text": "Hi"}, "query_string": "atitudes=true"}, 422, "Did you mean attitudes?"),
    "a wrong parameter that the body puts right": (
        {"json": {"text": "Hi", "types": ["direct"]}, "query_string": "types=dirct"},
        422,
        "types[0]: Must be one of direct, mixed, ",
    ),
    "a known speaker in the query without a name": (
        {"json": {"text": "Hi"}, "query_string": 'known_speakers=[{"id":"1"}]'},
        422,
        "known_speakers[0].name: Missing",
    ),
    "an option of the wrong type": ({"json": {"text": "Hi", "attitudes": "yes"}}, 422, "attitudes: Must be true or false."),
    "an id too long": ({"json": {"text": "Hi", "id": "a" * 257}}, 422, "id: Longer than 256 characters."),
}


@pytest.mark.parametrize(("request_", "status", "remedy"), FAILURES.values(), ids=FAILURES)
def test_an_invalid_request_gets_a_problem_with_the_remedy(client, request_, status, remedy):
    """Whatever is wrong with it."""
    assert_problem(client.post("/v1/quotes", **request_), status, remedy)


CODES = {
    "no body": "no-body",
    "what curl -d sends": "unknown-type",
    "another charset": "unknown-charset",
    "UTF-16": "not-utf-8",
    "a PDF": "unreadable-text",
    "malformed": "malformed-json",
    "a key twice": "duplicate-key",
    "a list": "not-an-object",
    "text blank": "wrong-fields",
    "html without words": "unreadable-text",
    "an article in the query": "wrong-fields",
}


@pytest.mark.parametrize(("name", "code"), CODES.items(), ids=CODES)
def test_the_code_identifies_the_failure(client, name, code):
    """One status may have many causes; programs distinguish them by the code."""
    problem = client.post("/v1/quotes", **FAILURES[name][0]).json
    assert (problem["code"], problem["type"]) == (code, f"urn:quote-attribution:problem:{code}")


def test_codes_are_unique_and_their_statuses_have_titles():
    """And no title is unused."""
    codes = [failure.code for failure in Failure]
    assert len({*codes}) == len(codes)
    assert all(re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", code) for code in codes)
    assert {failure.status for failure in Failure} == set(problems.TITLES)


@pytest.mark.parametrize(
    ("status", "code"), [(404, "not-found"), (416, "bad-range"), (418, "bad-request"), (507, "internal-error")]
)
def test_errors_of_flask_have_codes_too(status, code):
    """Unexpected statuses get a general code."""
    assert failure_for(status).code == code


def test_all_invalid_fields_are_listed_at_once(client):
    """A client need not correct them one request at a time."""
    problem = client.post("/v1/quotes", json={"text": 1, "attitudes": 2}).json
    assert {error["field"]: error["detail"] for error in problem["errors"]} == {
        "text": "Must be a string.",
        "attitudes": "Must be true or false.",
    }


@pytest.mark.parametrize(
    ("fields", "detail"),
    [
        ({"known_speakers": [1] * 20_000}, "known_speakers: More than 1,000. Send only those who may be in the article."),
        ({"known_speakers": [{"id": "1", "name": "A", "aliases": [1] * 20_000}]}, "aliases: More than 50. Send those that"),
        ({"known_speakers": [{}] * 1_000}, "1,980 more are invalid."),
        ({"known_speakers": [{str(number): 1 for number in range(5_000)}]}, "4,982 more are invalid."),
        ({"types": ["x"] * 20_000}, "types: More than 100. Name each once."),
        ({"types": ["x"] * 100}, "80 more are invalid."),
        ({"acts": [[]] * 20_000}, "acts: More than 100."),
        ({"include": [{}] * 20_000}, "include: More than 100."),
        ({str(number): 1 for number in range(5_000)}, "4,980 more are invalid."),
        ({"x" * 100_000: 1}, "xx…: There is no such field."),
    ],
)
def test_a_problem_is_short_however_many_fields_are_invalid(client, fields, detail):
    """Otherwise a small request could cause a huge response."""
    response = client.post("/v1/quotes", json={"text": "Hi", **fields})
    assert detail in assert_problem(response, 422, detail)["detail"]
    assert len(response.data) < 20_000


@pytest.mark.parametrize(
    "query",
    [
        "types=" + "x," * 2_000,
        "known_speakers=[" + "1," * 2_000 + "1]",
        "&".join(f"{number}=1" for number in range(900)),
        "x" * 60_000,
        "context=" + "x" * 60_000,
    ],
)
def test_a_problem_is_short_however_much_of_the_query_is_invalid(client, query):
    """At any length that a gateway lets through."""
    response = client.post("/v1/quotes", data=b"Hi", content_type="text/plain", query_string=query)
    assert_problem(response, 422, "")
    assert len(response.data) < 20_000


@pytest.mark.parametrize(
    "request_",
    [
        {"path": f"/{'x' * 60_000}"},
        {"path": "/v1/quotes", "method": "X" * 60_000},
        {"content_type": "x" * 60_000},
        {"content_type": f"text/plain; charset={'x' * 60_000}"},
        {"content_type": "text/plain", "headers": {"Content-Encoding": "x" * 60_000}},
    ],
)
def test_a_problem_repeats_only_the_beginning_of_a_long_value(client, request_):
    """Enough to recognise it."""
    response = client.open(**{"path": "/v1/quotes", "method": "POST", "data": b"Hi", **request_})
    assert response.status_code in (404, 405, 415)
    assert len(response.data) < 1_000


def test_duplicate_keys_are_found_quickly_among_many(client):
    """Wherever they are. A long key is shortened in the answer."""
    keys = [f"k{number}" for number in range(100_000)]
    for duplicate in (keys[-1], "x" * 100_000):
        body = "{" + ", ".join(f'"{key}": 1' for key in [*keys, duplicate, duplicate]) + "}"
        response = client.post("/v1/quotes", data=body.encode(), content_type=JSON)
        assert_problem(response, 400, "twice")
        assert len(response.data) < 1_000


def test_the_answer_to_an_unknown_path_names_the_right_one(client):
    """Where to send articles."""
    assert_problem(client.get("/v1/quote"), 404, "POST /v1/quotes")


def test_the_answer_to_a_wrong_method_names_the_right_one(client):
    """In the header for programs, in the detail for people."""
    response = client.get("/v1/quotes")
    assert_problem(response, 405, "Use POST.")
    assert "POST" in response.headers["Allow"]


def chunked(client, body):
    """Send `body` without Content-Length, as a server passes a chunked request to the app."""
    environ = {"wsgi.input_terminated": True, "wsgi.input": io.BytesIO(body)}
    return client.post("/v1/quotes", content_type="text/plain", environ_overrides=environ)


def test_a_body_of_exactly_the_limit_is_read(make_client):
    """With or without Content-Length."""
    client = make_client(MAX_BODY_BYTES=100)
    assert client.post("/v1/quotes", data=b"a" * 100, content_type="text/plain").status_code == 200
    assert chunked(client, b"a" * 100).status_code == 200


def test_a_body_too_large_is_refused(make_client):
    """The answer says how to raise the limit."""
    response = make_client(MAX_BODY_BYTES=100).post("/v1/quotes", data=b"a" * 101, content_type="text/plain")
    assert_problem(response, 413, "ATTRIBUTION_MAX_BODY_BYTES")


@pytest.mark.parametrize("size", [101, 102, 300])
def test_a_chunked_body_too_large_is_refused_not_truncated(make_client, size):
    """Werkzeug truncates it silently, so that the answer would cover half an article."""
    assert_problem(chunked(make_client(MAX_BODY_BYTES=100), b"a" * size), 413, "larger than 100 bytes")


class Broken(io.RawIOBase):
    """A body that raises an error when it is read."""

    def __init__(self, error):
        self.error = error

    def readable(self):
        return True

    def readinto(self, buffer):
        raise self.error


@pytest.mark.parametrize(
    "error",
    [InvalidChunkSize(b"zz"), ChunkMissingTerminator(b""), NoMoreData(), ConnectionResetError()],
    ids=lambda e: type(e).__name__,
)
@pytest.mark.parametrize(
    ("path", "content_type"), [("/v1/quotes", "text/plain"), ("/v1/verify", JSON), ("/v1/quotes/stream", "application/x-ndjson")]
)
def test_an_incomplete_body_is_a_client_error(client, path, content_type, error):
    """So is a malformed chunk."""
    environ = {"wsgi.input_terminated": True, "wsgi.input": Broken(error)}
    assert_problem(client.post(path, content_type=content_type, environ_overrides=environ), 400, "The body is incomplete")


@pytest.mark.parametrize("path", ["/v1/quotes", "/v1/verify", "/v1/quotes/stream"])
def test_a_late_body_takes_no_slot(make_client, path):
    """It is answered 408, and the only slot is still free for another request."""
    client, kind = make_client(THREADS=1), "application/x-ndjson" if path.endswith("stream") else JSON
    environ = {"wsgi.input_terminated": True, "wsgi.input": Broken(TimeoutError())}
    for _ in range(2):
        assert_problem(client.post(path, content_type=kind, environ_overrides=environ), 408, "ATTRIBUTION_BODY_SECONDS")
    assert client.post("/v1/quotes", json={"text": "Hi"}).status_code == 200


def test_a_text_too_long_is_refused(make_client):
    """Characters are counted, not bytes."""
    client = make_client(MAX_CHARACTERS=3)
    assert client.post("/v1/quotes", json={"text": "“é”"}).status_code == 200
    assert_problem(client.post("/v1/quotes", json={"text": "“éé”"}), 413, "ATTRIBUTION_MAX_CHARACTERS")


@pytest.mark.parametrize(
    ("error", "status", "code", "remedy"),
    [
        (TextError("the text is odd: send another"), 422, "unreadable-text", "The text is odd: send another."),
        (LanguageError("the text is German", "de"), 422, "not-english", "The text is German."),
        (ModelError("no secret/model"), 503, "no-model", "ask the operator"),
        (ZeroDivisionError("secret words"), 500, "internal-error", "X-Request-ID"),
    ],
)
def test_an_error_of_the_library_becomes_a_problem(make_client, error, status, code, remedy):
    """Errors of the text are reported in the library's words; internal errors are only logged."""

    def fail(text, **options):
        raise error

    response = make_client(extract=fail).post("/v1/quotes", json={"text": "Hi"})
    problem = assert_problem(response, status, remedy)
    assert problem["code"] == code
    assert "secret" not in problem["detail"]
