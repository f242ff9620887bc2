"""Every kind of failure that a client may be told of: the one closed list, which `problems`, the contract and the docs go by.

In: nothing. Out: a `Failure` each, with the code that programs go by, its HTTP status, and what happened and what helps, for the
docs. What went wrong this time is said by whoever raises the `Problem`. A code, once given out, keeps its meaning.
"""

from __future__ import annotations

from enum import Enum

PREFIX = "urn:quote-attribution:problem:"
"""What a problem's type begins with, wherever the service runs: a name, and no address to look at."""


class Failure(Enum):
    """A kind of failure: its `code`, its `status`, what `happened`, and what `helps`."""

    BAD_REQUEST = "bad-request", 400, "the request cannot be read", "let an HTTP library write it"
    NO_BODY = "no-body", 400, "the request has no body", "send the article"
    BODY_CUT_OFF = "body-cut-off", 400, "the body did not come whole", "send it again, with its `Content-Length`"
    BROKEN_GZIP = "broken-gzip", 400, "the body is no whole gzip", "compress it anew, or send it as it is"
    NOT_UTF_8 = "not-utf-8", 400, "the body is not UTF-8", "convert it with `iconv -f WINDOWS-1252 -t UTF-8`"
    MALFORMED_JSON = "malformed-json", 400, "the body is no valid JSON", "let a library write it"
    DUPLICATE_KEY = "duplicate-key", 400, "an object of the JSON has a key twice", "send it once"
    NO_KEY = "no-key", 401, "the service wants a key", "send it as `Authorization: Bearer KEY` or `X-API-Key: KEY`"
    UNKNOWN_KEY = "unknown-key", 401, "the key is not known", "ask whoever runs the service for one"
    NOT_FOUND = "not-found", 404, "there is no such path", "articles go to `POST /v1/quotes`"
    METHOD_NOT_ALLOWED = "method-not-allowed", 405, "the path takes another method", "`Allow` says which"
    BODY_LATE = "body-late", 408, "the body took too long to come", "send it again; raise `ATTRIBUTION_BODY_SECONDS`"
    BODY_TOO_LARGE = "body-too-large", 413, "the body is too large", "send the article alone; raise `ATTRIBUTION_MAX_BODY_BYTES`"
    TEXT_TOO_LONG = "text-too-long", 413, "the article is too long", "send it in parts; raise `ATTRIBUTION_MAX_CHARACTERS`"
    STREAM_TOO_LARGE = "stream-too-large", 413, "the stream is too large", "send several; raise `ATTRIBUTION_MAX_STREAM_BYTES`"
    STREAM_TOO_LONG = "stream-too-long", 413, "there are too many lines", "send several; raise `ATTRIBUTION_MAX_STREAM_LINES`"
    ADDRESS_TOO_LONG = "address-too-long", 414, "the address is too long", "options can be fields of the JSON"
    UNKNOWN_TYPE = "unknown-type", 415, "the type of the body is not read here", "say `Content-Type: application/json`"
    UNKNOWN_CHARSET = "unknown-charset", 415, "the body says that it is not UTF-8", "convert it, and say `charset=utf-8`"
    UNKNOWN_ENCODING = "unknown-encoding", 415, "the `Content-Encoding` is not read here", "send the body as gzip, or as it is"
    BAD_RANGE = "bad-range", 416, "the file has no such part", "leave `Range` out"
    BAD_EXPECTATION = "bad-expectation", 417, "`Expect` is not known", "leave it out"
    NOT_AN_OBJECT = "not-an-object", 422, "the JSON is no object", 'send `{"text": "…"}`'
    WRONG_FIELDS = "wrong-fields", 422, "fields, or options of the query, are wrong", "`errors` lists each"
    UNREADABLE_TEXT = "unreadable-text", 422, "there is nothing in the article to read", "send its words"
    NOT_ENGLISH = "not-english", 422, "the article is in another `language`", "if it is English all the same, say `language` `en`"
    TOO_OFTEN = "too-often", 429, "the client came too often", "come again after `Retry-After`"
    HEADERS_TOO_LARGE = "headers-too-large", 431, "the headers are too large", "send no cookies"
    INTERNAL_ERROR = "internal-error", 500, "something broke on the service's side", "find the `X-Request-ID` in the log"
    UNKNOWN_TRANSFER = "unknown-transfer", 501, "the `Transfer-Encoding` is not known", "send a `Content-Length`, or chunks"
    BUSY = "busy", 503, "as much is being read as can be", "come again after `Retry-After`"
    DISK_FULL = "disk-full", 503, "there is no room for a stream", "come again after `Retry-After`; make room in `TMPDIR`"
    NO_MODEL = "no-model", 503, "there is no model to read with", "the service's log says what is missing"
    OUT_OF_TIME = "out-of-time", 504, "reading took too long", "send the article in parts; raise `ATTRIBUTION_TIME_LIMIT`"

    def __init__(self, code: str, status: int, happened: str, helps: str) -> None:
        self.code = code
        self.status = status
        self.happened = happened
        self.helps = helps

    @property
    def type(self) -> str:
        """The URI that RFC 9457 wants, e.g. `urn:quote-attribution:problem:no-body`."""
        return PREFIX + self.code


def of_status(status: int) -> Failure:
    """The kind of a failure that nobody here has raised, by the status that Flask gives it."""
    return _GENERAL.get(status, Failure.INTERNAL_ERROR if status >= 500 else Failure.BAD_REQUEST)


_GENERAL = {
    failure.status: failure
    for failure in (Failure.NOT_FOUND, Failure.METHOD_NOT_ALLOWED, Failure.BODY_TOO_LARGE, Failure.BAD_RANGE)
}
