"""Bodies that come as gzip: what is read of them, and what is not."""

import gzip
import io
import json
import random
import tracemalloc
import zlib

import pytest
from checks import assert_problem

from api import examples
from api.problems import Problem
from api.unpack import decompress

NDJSON = "application/x-ndjson"
ARTICLE = json.dumps(examples.REQUEST).encode()


def post(client, path, body, kind="application/json", coding="gzip", **more):
    """The response to a body that says how it is compressed."""
    return client.post(path, data=body, content_type=kind, headers={"Content-Encoding": coding}, **more)


@pytest.mark.parametrize("coding", ["gzip", "GZIP", "x-gzip", " gzip "])
def test_an_article_may_come_as_gzip(client, coding):
    """However its name is written, and as whatever it comes."""
    assert post(client, "/v1/quotes", gzip.compress(ARTICLE), coding=coding).json == examples.ARTICLE.to_dict()
    text = gzip.compress(examples.TEXT.encode())
    assert post(client, "/v1/quotes?id=bridge", text, "text/plain", coding).json == examples.ARTICLE.to_dict()


def test_what_says_that_it_is_not_compressed_is_read_as_it_is(client):
    """Some clients do."""
    assert [post(client, "/v1/quotes", ARTICLE, coding=coding).status_code for coding in ("identity", "")] == [200, 200]


def test_so_may_a_claim(make_client):
    """Whatever reads an article reads gzip."""
    client = make_client(verify=lambda **claim: examples.VERIFICATION)
    assert post(client, "/v1/verify", gzip.compress(json.dumps(examples.CLAIM).encode())).json == examples.VERIFICATION.to_dict()


def test_so_may_a_stream_of_several_members(client):
    """Files of gzip may be put behind one another, and are one."""
    body = gzip.compress(ARTICLE + b"\n") + gzip.compress(ARTICLE + b"\n")
    lines = post(client, "/v1/quotes/stream", body, NDJSON).text.splitlines()
    assert json.loads(lines[-1]) == {"type": "end", "lines": 2, "failed": 0}


@pytest.mark.parametrize("chunked", [False, True])
@pytest.mark.parametrize(
    ("path", "kind", "setting"),
    [
        ("/v1/quotes", "text/plain", "MAX_BODY_BYTES"),
        ("/v1/verify?quote=Hi", "text/plain", "MAX_BODY_BYTES"),
        ("/v1/quotes/stream", NDJSON, "MAX_STREAM_BYTES"),
    ],
)
def test_what_it_expands_to_is_what_is_limited(make_client, path, kind, setting, chunked):
    """What just fits is read; a byte more is not, nor is a bomb, of which no more is expanded."""
    client = make_client(verify=lambda **claim: examples.VERIFICATION, **{setting: 100_000})
    statuses = []
    for size in (100_000, 100_001, 10_000_000):
        body = gzip.compress(b"a" * size)
        assert len(body) < 100_000
        environ = {"wsgi.input_terminated": True, "wsgi.input": io.BytesIO(body)} if chunked else {}
        response = post(client, path, None if chunked else body, kind, environ_overrides=environ)
        statuses.append(response.status_code)
    assert statuses == [200, 413, 413]
    assert_problem(response, 413, f"ATTRIBUTION_{setting}")


@pytest.mark.parametrize("chunked", [False, True])
def test_what_comes_is_limited_too(make_client, chunked):
    """Else members that hold nothing could come for ever; nor is what was cut taken for broken."""
    body = gzip.compress(b"") * 10
    environ = {"wsgi.input_terminated": True, "wsgi.input": io.BytesIO(body)} if chunked else {}
    response = post(make_client(MAX_BODY_BYTES=50), "/v1/quotes", None if chunked else body, environ_overrides=environ)
    assert_problem(response, 413, "ATTRIBUTION_MAX_BODY_BYTES")


WHOLE = gzip.compress(ARTICLE)
BROKEN = {
    "no gzip": ARTICLE,
    "another format": zlib.compress(ARTICLE),
    "half": WHOLE[: len(WHOLE) // 2],
    "without its end": WHOLE[:-1],
    "half a head": WHOLE[:4],
    "a wrong checksum": WHOLE[:-8] + bytes(4) + WHOLE[-4:],
    "something behind it": WHOLE + b"more",
}


@pytest.mark.parametrize("body", BROKEN.values(), ids=BROKEN)
@pytest.mark.parametrize(("path", "kind"), [("/v1/quotes", "application/json"), ("/v1/quotes/stream", NDJSON)])
def test_what_is_no_whole_gzip_is_refused(client, body, path, kind):
    """Half an article answered 200 would be a lie."""
    problem = assert_problem(post(client, path, body, kind), 400, "Compress it again")
    assert problem["code"] == "broken-gzip"


def test_what_is_empty_has_no_body(client):
    """Compressed or not."""
    for body in (b"", gzip.compress(b"")):
        assert post(client, "/v1/quotes", body).json["code"] == "no-body"


@pytest.mark.parametrize("coding", ["br", "deflate", "zstd", "gzip, gzip"])
@pytest.mark.parametrize(("path", "kind"), [("/v1/quotes", "application/json"), ("/v1/quotes/stream", NDJSON)])
def test_what_is_compressed_otherwise_is_told_how_it_may_be(client, path, kind, coding):
    """The header says it to programs, the detail to people."""
    response = post(client, path, WHOLE, kind, coding)
    assert assert_problem(response, 415, "Send the body as gzip")["code"] == "unknown-encoding"
    assert response.headers["Accept-Encoding"] == "gzip"


def test_what_is_held_of_it_is_what_it_expands_to(make_client):
    """A small body that expands to a large one takes the room of a large one, and lets it go."""
    client = make_client(BODY_BYTES_IN_FLIGHT=100_000)
    bodies = client.application.extensions["body_bytes"]
    body = gzip.compress(b"a" * 180_000)
    bodies.resize(0, 100_000)
    assert_problem(post(client, "/v1/quotes", body, "text/plain"), 503, "Send the same request again")
    bodies.release(100_000)
    assert post(client, "/v1/quotes", body, "text/plain").status_code == 200
    assert bodies._held == 0


@pytest.mark.parametrize("size", [1, 7, 1_000])
def test_it_is_the_same_however_it_is_cut(size):
    """Whether much or little of it comes at once, or is taken."""
    data = random.Random(1).randbytes(300) + b"a" * 3_000
    body = gzip.compress(data[:1_000]) + gzip.compress(b"") + gzip.compress(data[1_000:])
    for cut in (1, 5, 10_000):
        found = list(decompress((body[start : start + cut] for start in range(0, len(body), cut)), size))
        assert b"".join(found) == data
        assert max(map(len, found)) <= size


def test_no_more_is_expanded_than_is_taken():
    """A gigabyte may come in a megabyte."""
    body = gzip.compress(bytes(5_000_000))
    tracemalloc.start()
    assert len(next(decompress(iter([body]), 1_000))) == 1_000
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 500_000
    with pytest.raises(Problem):
        list(decompress(iter([body[:-1]]), 1_000_000))
