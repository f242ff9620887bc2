"""Every kind of failure that the service reports: the closed list behind `problems`, the contract and the docs.

In: nothing. Out: for each kind a `Failure` with its code, its HTTP status, and a description and remedy for the docs. The
detail of one failure comes from the code that raises the `Problem`. A released code never changes its meaning.
"""

from __future__ import annotations

from enum import Enum

PREFIX = "urn:quote-attribution:problem:"
"""The prefix of every problem's `type`, on every host. It is a name, not a URL to open."""


class Failure(Enum):
    """A kind of failure: its `code` and `status`, what `happened`, and the `remedy`."""

    BAD_REQUEST = "bad-request", 400, "the request is malformed", "use an HTTP library"
    NO_BODY = "no-body", 400, "the request has no body", "send the article"
    BODY_CUT_OFF = "body-cut-off", 400, "the body is incomplete", "send it again, with its `Content-Length`"
    BROKEN_GZIP = "broken-gzip", 400, "the body is not complete, valid gzip", "compress it again, or send it uncompressed"
    BROKEN_ZSTD = "broken-zstd", 400, "the body is not complete, valid zstd", "compress it again, or send it uncompressed"
    NOT_UTF_8 = "not-utf-8", 400, "the body is not UTF-8", "convert it with `iconv -f WINDOWS-1252 -t UTF-8`"
    MALFORMED_JSON = "malformed-json", 400, "the body is not valid JSON", "use a JSON library"
    DUPLICATE_KEY = "duplicate-key", 400, "a JSON object has the same key twice", "send it once"
    NO_KEY = "no-key", 401, "the request has no API key", "send one as `Authorization: Bearer KEY` or `X-API-Key: KEY`"
    UNKNOWN_KEY = "unknown-key", 401, "the API key is unknown", "ask the operator for one"
    NOT_FOUND = "not-found", 404, "the path does not exist", "send articles to `POST /v1/quotes`"
    METHOD_NOT_ALLOWED = "method-not-allowed", 405, "the path does not allow the method", "use one that `Allow` lists"
    BODY_LATE = "body-late", 408, "the body took too long to arrive", "send it again; raise `ATTRIBUTION_BODY_SECONDS`"
    BODY_TOO_LARGE = "body-too-large", 413, "the body is too large", "send the article alone; raise `ATTRIBUTION_MAX_BODY_BYTES`"
    TEXT_TOO_LONG = "text-too-long", 413, "the article is too long", "send it in parts; raise `ATTRIBUTION_MAX_CHARACTERS`"
    STREAM_TOO_LARGE = "stream-too-large", 413, "the stream is too large", "split it; raise `ATTRIBUTION_MAX_STREAM_BYTES`"
    STREAM_TOO_LONG = "stream-too-long", 413, "the stream has too many lines", "split it; raise `ATTRIBUTION_MAX_STREAM_LINES`"
    ADDRESS_TOO_LONG = "address-too-long", 414, "the URL is too long", "send options as fields of the JSON"
    UNKNOWN_TYPE = "unknown-type", 415, "the media type is not supported", "send `Content-Type: application/json`"
    UNKNOWN_CHARSET = "unknown-charset", 415, "the charset is not supported", "convert to UTF-8, and send `charset=utf-8`"
    UNKNOWN_ENCODING = (
        "unknown-encoding",
        415,
        "the `Content-Encoding` is not supported",
        "send the body as gzip, zstd or uncompressed",
    )
    BAD_RANGE = "bad-range", 416, "the file has no such range", "omit `Range`"
    BAD_EXPECTATION = "bad-expectation", 417, "the `Expect` header is not supported", "omit it"
    NOT_AN_OBJECT = "not-an-object", 422, "the JSON is not an object", 'send `{"text": "…"}`'
    WRONG_FIELDS = "wrong-fields", 422, "fields or query parameters are invalid", "correct those in `errors`"
    UNREADABLE_TEXT = "unreadable-text", 422, "the article has no words to read, or is not a text file", "send its text"
    NOT_ENGLISH = "not-english", 422, "the article is in another `language`", "if it is English after all, set `language` to `en`"
    TOO_OFTEN = "too-often", 429, "the client sent too many requests", "retry after `Retry-After`"
    HEADERS_TOO_LARGE = "headers-too-large", 431, "the headers are too large", "omit cookies"
    INTERNAL_ERROR = "internal-error", 500, "the service failed", "look up the `X-Request-ID` in its log"
    UNKNOWN_TRANSFER = "unknown-transfer", 501, "the `Transfer-Encoding` is not supported", "send a `Content-Length`, or chunks"
    BUSY = "busy", 503, "the service is busy", "retry after `Retry-After`"
    DISK_FULL = "disk-full", 503, "there is no disk space for the stream", "retry after `Retry-After`; free space in `TMPDIR`"
    NO_MODEL = "no-model", 503, "the service has no model", "its log says what is missing"
    OUT_OF_MEMORY = "out-of-memory", 503, "there is no memory for the article", "retry after `Retry-After`, or send it in parts"
    OUT_OF_TIME = "out-of-time", 504, "reading the article took too long", "send it in parts; raise `ATTRIBUTION_TIME_LIMIT`"

    def __init__(self, code: str, status: int, happened: str, remedy: str) -> None:
        self.code = code
        self.status = status
        self.happened = happened
        self.remedy = remedy

    @property
    def type(self) -> str:
        """The problem type URI of RFC 9457, e.g. `urn:quote-attribution:problem:no-body`."""
        return PREFIX + self.code


def failure_for(status: int) -> Failure:
    """The kind of a failure that Flask or Werkzeug raised, by its status."""
    return _GENERAL.get(status, Failure.INTERNAL_ERROR if status >= 500 else Failure.BAD_REQUEST)


_GENERAL = {
    failure.status: failure
    for failure in (Failure.NOT_FOUND, Failure.METHOD_NOT_ALLOWED, Failure.BODY_TOO_LARGE, Failure.BAD_RANGE)
}
