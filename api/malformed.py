"""Builds the response to a request that gunicorn cannot parse, or has no memory for, and that therefore never reaches the app.

In: gunicorn's error. Out: the bytes of the whole HTTP response, a problem like all others. Nothing is sent here.
"""

from __future__ import annotations

import json

from gunicorn.http.errors import (
    ExpectationFailed,
    LimitRequestHeaders,
    LimitRequestLine,
    ParseException,
    UnsupportedTransferCoding,
)

from .failures import Failure
from .problems import MEDIA_TYPE, NO_MEMORY, TITLES, Problem, payload, shorten

REASONS = {
    LimitRequestLine: (
        Failure.ADDRESS_TOO_LONG,
        "The URL is too long. Send the article in the body, and options as fields of the JSON.",
    ),
    ExpectationFailed: (Failure.BAD_EXPECTATION, "The only supported Expect header is 100-continue. Omit it."),
    LimitRequestHeaders: (
        Failure.HEADERS_TOO_LARGE,
        "There are too many headers, or one is too large. Send the article in the body, and omit cookies.",
    ),
    MemoryError: (Failure.OUT_OF_MEMORY, NO_MEMORY),
    UnsupportedTransferCoding: (
        Failure.UNKNOWN_TRANSFER,
        "The Transfer-Encoding is not supported. Send a Content-Length, or chunks.",
    ),
}
MALFORMED = "The request is malformed: {}. Use an HTTP library."


def response_bytes(error: ParseException | MemoryError, request_id: str) -> bytes:
    """The response to such a request. It closes the connection."""
    failure, detail = REASONS.get(type(error), (Failure.BAD_REQUEST, MALFORMED.format(shorten(str(error)))))
    body = json.dumps(payload(Problem(failure, detail))).encode() + b"\n"
    head = (
        f"HTTP/1.1 {failure.status} {TITLES[failure.status]}",
        f"Content-Type: {MEDIA_TYPE}",
        f"Content-Length: {len(body)}",
        "Connection: close",
        *(["Retry-After: 5"] if failure.status == 503 else []),
        "X-Content-Type-Options: nosniff",
        f"X-Request-ID: {request_id}",
    )
    return "\r\n".join((*head, "", "")).encode() + body
