"""Bodies compressed with gzip."""

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
    """The response to a body with a Content-Encoding."""
    return client.post(path, data=body, content_type=kind, headers={"Content-Encoding": coding}, **more)


@pytest.mark.parametrize("coding", ["gzip", "GZIP", "x-gzip", " gzip "])
def test_an_article_may_be_compressed(client, coding):
    """In any media type, and with any spelling of gzip."""
    assert post(client, "/v1/quotes", gzip.compress(ARTICLE), coding=coding).json == examples.ARTICLE.to_dict()
    text = gzip.compress(examples.TEXT.encode())
    assert post(client, "/v1/quotes?id=bridge", text, "text/plain", coding).json == examples.ARTICLE.to_dict()


def test_content_encoding_identity_means_uncompressed(client):
    """Some clients send it."""
    assert [post(client, "/v1/quotes", ARTICLE, coding=coding).status_code for coding in ("identity", "")] == [200, 200]


def test_a_claim_may_be_compressed(make_client):
    """Like any article."""
    client = make_client(verify=lambda **claim: examples.VERIFICATION)
    assert post(client, "/v1/verify", gzip.compress(json.dumps(examples.CLAIM).encode())).json == examples.VERIFICATION.to_dict()


def test_a_stream_may_have_several_gzip_members(client):
    """Concatenated gzip files are one gzip file."""
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
def test_the_limit_applies_to_the_decompressed_size(make_client, path, kind, setting, chunked):
    """Exactly the limit is read; a byte more is refused, and so is a gzip bomb, without decompressing all of it."""
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
def test_the_limit_applies_to_the_compressed_size_too(make_client, chunked):
    """Otherwise empty members could go on forever. The problem is the size, not invalid gzip."""
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
def test_incomplete_or_invalid_gzip_is_refused(client, body, path, kind):
    """There is no answer about half an article."""
    problem = assert_problem(post(client, path, body, kind), 400, "Compress it again")
    assert problem["code"] == "broken-gzip"


def test_empty_gzip_counts_as_no_body(client):
    """Whether zero bytes are compressed or not."""
    for body in (b"", gzip.compress(b"")):
        assert post(client, "/v1/quotes", body).json["code"] == "no-body"


@pytest.mark.parametrize("coding", ["br", "deflate", "zstd", "gzip, gzip"])
@pytest.mark.parametrize(("path", "kind"), [("/v1/quotes", "application/json"), ("/v1/quotes/stream", NDJSON)])
def test_other_encodings_are_refused_with_the_supported_one(client, path, kind, coding):
    """In the header for programs, in the detail for people."""
    response = post(client, path, WHOLE, kind, coding)
    assert assert_problem(response, 415, "Send the body as gzip")["code"] == "unknown-encoding"
    assert response.headers["Accept-Encoding"] == "gzip"


def test_the_byte_budget_counts_the_decompressed_size(make_client):
    """A small body that decompresses to a large one counts as large until it is released."""
    client = make_client(BODY_BYTES_IN_FLIGHT=100_000)
    bodies = client.application.extensions["body_bytes"]
    body = gzip.compress(b"a" * 180_000)
    bodies.resize(0, 100_000)
    assert_problem(post(client, "/v1/quotes", body, "text/plain"), 503, "Send the same request again")
    bodies.release(100_000)
    assert post(client, "/v1/quotes", body, "text/plain").status_code == 200
    assert bodies._held == 0


@pytest.mark.parametrize("size", [1, 7, 1_000])
def test_chunk_sizes_do_not_change_the_result(size):
    """Neither of the input nor of the output."""
    data = random.Random(1).randbytes(300) + b"a" * 3_000
    body = gzip.compress(data[:1_000]) + gzip.compress(b"") + gzip.compress(data[1_000:])
    for cut in (1, 5, 10_000):
        found = list(decompress((body[start : start + cut] for start in range(0, len(body), cut)), size))
        assert b"".join(found) == data
        assert max(map(len, found)) <= size


def test_only_what_is_taken_is_decompressed():
    """A megabyte may decompress to a gigabyte."""
    body = gzip.compress(bytes(5_000_000))
    tracemalloc.start()
    assert len(next(decompress(iter([body]), 1_000))) == 1_000
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 500_000
    with pytest.raises(Problem):
        list(decompress(iter([body[:-1]]), 1_000_000))
