"""Bodies compressed with gzip or zstd."""

import gzip
import io
import json
import random
import tracemalloc
import zlib

import pytest
from backports import zstd
from checks import assert_problem

from api import examples, unpack
from api.problems import Problem
from api.unpack import gunzip, unzstd

NDJSON = "application/x-ndjson"
ARTICLE = json.dumps(examples.REQUEST).encode()
COMPRESS = {"gzip": gzip.compress, "zstd": zstd.compress}
BOTH = pytest.mark.parametrize("coding", COMPRESS)
SKIPPED = bytes.fromhex("502a4d18 03000000") + b"abc"
"""A skippable frame of zstd, which holds anything but the content."""


def post(client, path, body, kind="application/json", coding="gzip", **more):
    """The response to a body with a Content-Encoding."""
    return client.post(path, data=body, content_type=kind, headers={"Content-Encoding": coding}, **more)


@pytest.mark.parametrize(
    ("coding", "compress"),
    [
        *((name, gzip.compress) for name in ("gzip", "GZIP", "x-gzip", " gzip ")),
        *((name, zstd.compress) for name in ("zstd", "Zstd")),
    ],
)
def test_an_article_may_be_compressed(client, coding, compress):
    """In any media type, and with any spelling of the coding."""
    assert post(client, "/v1/quotes", compress(ARTICLE), coding=coding).json == examples.ARTICLE.to_dict()
    text = compress(examples.TEXT.encode())
    assert post(client, "/v1/quotes?id=bridge", text, "text/plain", coding).json == examples.ARTICLE.to_dict()


def test_content_encoding_identity_means_uncompressed(client):
    """Some clients send it."""
    assert [post(client, "/v1/quotes", ARTICLE, coding=coding).status_code for coding in ("identity", "")] == [200, 200]


@BOTH
def test_a_claim_may_be_compressed(make_client, coding):
    """Like any article."""
    client = make_client(verify=lambda **claim: examples.VERIFICATION)
    body = COMPRESS[coding](json.dumps(examples.CLAIM).encode())
    assert post(client, "/v1/verify", body, coding=coding).json == examples.VERIFICATION.to_dict()


@pytest.mark.parametrize(("coding", "between"), [("gzip", b""), ("zstd", b""), ("zstd", SKIPPED)])
def test_a_stream_may_be_several_files_in_a_row(client, coding, between):
    """Concatenated files of gzip are one file of gzip, and so it is with zstd."""
    line = COMPRESS[coding](ARTICLE + b"\n")
    lines = post(client, "/v1/quotes/stream", line + between + line, NDJSON, coding).text.splitlines()
    assert json.loads(lines[-1]) == {"type": "end", "lines": 2, "failed": 0}


@BOTH
@pytest.mark.parametrize("chunked", [False, True])
@pytest.mark.parametrize(
    ("path", "kind", "setting"),
    [
        ("/v1/quotes", "text/plain", "MAX_BODY_BYTES"),
        ("/v1/verify?quote=Hi", "text/plain", "MAX_BODY_BYTES"),
        ("/v1/quotes/stream", NDJSON, "MAX_STREAM_BYTES"),
    ],
)
def test_the_limit_applies_to_the_decompressed_size(make_client, path, kind, setting, chunked, coding):
    """Exactly the limit is read; a byte more is refused, and so is a bomb, without decompressing all of it."""
    client = make_client(verify=lambda **claim: examples.VERIFICATION, **{setting: 100_000})
    statuses = []
    for size in (100_000, 100_001, 10_000_000):
        body = COMPRESS[coding](b"a" * size)
        assert len(body) < 100_000
        environ = {"wsgi.input_terminated": True, "wsgi.input": io.BytesIO(body)} if chunked else {}
        response = post(client, path, None if chunked else body, kind, coding, environ_overrides=environ)
        statuses.append(response.status_code)
    assert statuses == [200, 413, 413]
    assert_problem(response, 413, f"ATTRIBUTION_{setting}")


@BOTH
@pytest.mark.parametrize("chunked", [False, True])
def test_the_limit_applies_to_the_compressed_size_too(make_client, chunked, coding):
    """Otherwise empty members could go on forever. The problem is the size, not an invalid body."""
    body = COMPRESS[coding](b"") * 10
    environ = {"wsgi.input_terminated": True, "wsgi.input": io.BytesIO(body)} if chunked else {}
    client = make_client(MAX_BODY_BYTES=50)
    response = post(client, "/v1/quotes", None if chunked else body, coding=coding, environ_overrides=environ)
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


CHECKED = {zstd.CompressionParameter.checksum_flag: True}
WIDE = zstd.ZstdCompressor(options={zstd.CompressionParameter.window_log: 24})
FRAME = zstd.compress(ARTICLE, options=CHECKED)
UNREADABLE = {
    "no zstd": ARTICLE,
    "gzip": WHOLE,
    "half": FRAME[: len(FRAME) // 2],
    "without its end": FRAME[:-1],
    "half a head": FRAME[:3],
    "a wrong checksum": FRAME[:-4] + bytes(4),
    "something behind it": FRAME + b"more",
    "a window that takes too much memory": WIDE.compress(ARTICLE) + WIDE.flush(),
}


@pytest.mark.parametrize("body", UNREADABLE.values(), ids=UNREADABLE)
@pytest.mark.parametrize(("path", "kind"), [("/v1/quotes", "application/json"), ("/v1/quotes/stream", NDJSON)])
def test_incomplete_or_invalid_zstd_is_refused(client, body, path, kind):
    """Nor is there an answer to what takes more memory than HTTP allows zstd to take."""
    problem = assert_problem(post(client, path, body, kind, "zstd"), 400, "Compress it again")
    assert problem["code"] == "broken-zstd"


def test_a_body_of_very_many_frames_is_refused(client, monkeypatch):
    """Empty frames are small, but each takes time."""
    monkeypatch.setattr(unpack, "MAX_FRAMES", 10)
    assert post(client, "/v1/quotes", zstd.compress(b"") * 9 + zstd.compress(ARTICLE), coding="zstd").status_code == 200
    refused = post(client, "/v1/quotes", zstd.compress(b"") * 10 + zstd.compress(ARTICLE), coding="zstd")
    assert assert_problem(refused, 400, "at most 10 frames")["code"] == "broken-zstd"


@BOTH
def test_a_compressed_body_of_nothing_counts_as_no_body(client, coding):
    """Whether zero bytes are compressed or not."""
    for body in (b"", COMPRESS[coding](b"")):
        assert post(client, "/v1/quotes", body, coding=coding).json["code"] == "no-body"


@pytest.mark.parametrize("coding", ["br", "deflate", "zstd, gzip", "gzip, gzip"])
@pytest.mark.parametrize(("path", "kind"), [("/v1/quotes", "application/json"), ("/v1/quotes/stream", NDJSON)])
def test_other_encodings_are_refused_with_the_supported_ones(client, path, kind, coding):
    """In the header for programs, in the detail for people."""
    response = post(client, path, WHOLE, kind, coding)
    assert assert_problem(response, 415, "Send the body as gzip, as zstd or")["code"] == "unknown-encoding"
    assert response.headers["Accept-Encoding"] == "gzip, zstd"


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


@pytest.mark.parametrize(("compress", "decompress"), [(gzip.compress, gunzip), (zstd.compress, unzstd)])
@pytest.mark.parametrize("size", [1, 7, 1_000])
def test_chunk_sizes_do_not_change_the_result(size, compress, decompress):
    """Neither of the input nor of the output."""
    data = random.Random(1).randbytes(300) + b"a" * 3_000
    body = compress(data[:1_000]) + compress(b"") + compress(data[1_000:])
    for cut in (1, 5, 10_000):
        found = list(decompress((body[start : start + cut] for start in range(0, len(body), cut)), size))
        assert b"".join(found) == data
        assert max(map(len, found)) <= size


@pytest.mark.parametrize(("compress", "decompress"), [(gzip.compress, gunzip), (zstd.compress, unzstd)])
def test_only_what_is_taken_is_decompressed(compress, decompress):
    """A megabyte may decompress to a gigabyte."""
    body = compress(bytes(5_000_000))
    tracemalloc.start()
    assert len(next(decompress(iter([body]), 1_000))) == 1_000
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 500_000
    with pytest.raises(Problem):
        list(decompress(iter([body[:-1]]), 1_000_000))
