"""What is answered to a request that never reaches the app, because it is no HTTP that gunicorn reads.

In: gunicorn's reason. Out: the whole answer, bytes, in the one form of `problems`. It says nothing on the wire itself.
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
from .problems import MEDIA_TYPE, TITLES, Problem, payload, shortened

REASONS = {
    LimitRequestLine: (
        Failure.ADDRESS_TOO_LONG,
        "The address is too long. Send the article as the body, and options as fields of its JSON.",
    ),
    ExpectationFailed: (Failure.BAD_EXPECTATION, "The header Expect can only be 100-continue. Leave it out."),
    LimitRequestHeaders: (
        Failure.HEADERS_TOO_LARGE,
        "The headers are too many, or one is too large. Send the article as the body, and no cookies.",
    ),
    UnsupportedTransferCoding: (
        Failure.UNKNOWN_TRANSFER,
        "The Transfer-Encoding is not known here. Send a Content-Length, or chunks.",
    ),
}
UNREADABLE = "The request cannot be read: {}. Let an HTTP library write it."


def answer(error: ParseException, request_id: str) -> bytes:
    """The answer to a request that could not be read, after which the connection is closed."""
    failure, detail = REASONS.get(type(error), (Failure.BAD_REQUEST, UNREADABLE.format(shortened(str(error)))))
    body = json.dumps(payload(Problem(failure, detail))).encode() + b"\n"
    head = (
        f"HTTP/1.1 {failure.status} {TITLES[failure.status]}",
        f"Content-Type: {MEDIA_TYPE}",
        f"Content-Length: {len(body)}",
        "Connection: close",
        "X-Content-Type-Options: nosniff",
        f"X-Request-ID: {request_id}",
    )
    return "\r\n".join((*head, "", "")).encode() + body
