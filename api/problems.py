"""Every failure leaves here, as RFC 9457 `application/problem+json`: its kind, the status, and a detail that names the remedy.

In: a `Problem` raised on purpose, an HTTP error that Flask raised, an error of the library, or any other exception. Out: the
response. It logs only what was not expected, and of that the place and the kind, never the message, which may quote an article.
"""

from __future__ import annotations

import json
import traceback
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import structlog
from flask import Flask, Response, current_app, request
from structlog.typing import FilteringBoundLogger
from werkzeug.exceptions import HTTPException

from attribution.errors import ModelError, TextError

from . import metrics
from .failures import Failure, of_status

MEDIA_TYPE = "application/problem+json"
# Written out, because the standard library renames 413 and 422 from one Python version to the next.
TITLES = {
    400: "Bad Request",
    401: "Unauthorized",
    404: "Not Found",
    405: "Method Not Allowed",
    408: "Request Timeout",
    413: "Content Too Large",
    414: "URI Too Long",
    415: "Unsupported Media Type",
    416: "Range Not Satisfiable",
    417: "Expectation Failed",
    422: "Unprocessable Content",
    429: "Too Many Requests",
    431: "Request Header Fields Too Large",
    500: "Internal Server Error",
    501: "Not Implemented",
    503: "Service Unavailable",
    504: "Gateway Timeout",
}
DETAILS = {
    404: "There is nothing at {path}. Articles go to POST /v1/quotes; GET /openapi.yaml describes every path.",
    405: "{path} does not answer {method}. Use {allowed}.",
    413: "The body is larger than the {limit:,} bytes that are read here, or expands to more. Send one article a request, its "
    "words only; whoever runs the service can raise ATTRIBUTION_MAX_BODY_BYTES.",
    500: "Something broke on this side, and the request is not to blame. Try again; if it breaks again, give the X-Request-ID "
    "of this answer to whoever runs the service: it finds the place in the log.",
    503: "There is no trained pipeline to read with, so nothing can be read just now. Try again later, or ask whoever runs the "
    "service: its log says what is missing.",
}
LONGEST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong with one `field` of the request (of the body or the query), and what would be right."""

    field: str
    detail: str


class Problem(HTTPException):
    """A failure of some kind, with a detail that names the remedy, what is wrong with which field, if that is it, and the
    language of the article, if it is that.

    refused: the reason, in a word for the log and the counts, if it was refused rather than wrong. headers: go out with it.
    """

    def __init__(
        self,
        failure: Failure,
        detail: str,
        *,
        errors: tuple[FieldError, ...] = (),
        language: str | None = None,
        refused: str = "",
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.code = failure.status
        self.failure = failure
        self.errors = errors
        self.language = language
        self.refused = refused
        self.headers = headers or {}

    def get_headers(self, *args: Any, **kwargs: Any) -> list[tuple[str, str]]:
        """Werkzeug's headers, and our own."""
        return [*super().get_headers(*args, **kwargs), *self.headers.items()]


def install(app: Flask, log: FilteringBoundLogger) -> None:
    """Make `app` answer every failure in the one form; what was not expected goes to `log`."""
    app.extensions["log"] = log
    app.register_error_handler(Exception, lambda error: answer(expected(error)))


def expected(error: Exception) -> HTTPException:
    """The failure that a client is told of; what is the fault of this side is logged here, and told without its cause."""
    log: FilteringBoundLogger = current_app.extensions["log"]
    match error:
        case HTTPException():
            return error
        case TextError():
            return of_text(error, "text")
        case ModelError():
            log.error("no pipeline", reason=str(error))
            return Problem(Failure.NO_MODEL, "")
    frames = traceback.extract_tb(error.__traceback__)
    log.error("unexpected error", kind=type(error).__name__, trace=[f"{f.filename}:{f.lineno} {f.name}" for f in frames])
    return Problem(Failure.INTERNAL_ERROR, "")


def of_text(error: TextError, field: str) -> Problem:
    """The problem of an article that cannot be read, which came in a `field`."""
    message = str(error)
    detail = f"{message[:1].upper()}{message[1:].removesuffix('.')}."
    language = getattr(error, "language", None)
    failure = Failure.NOT_ENGLISH if language else Failure.UNREADABLE_TEXT
    return Problem(failure, detail, errors=(FieldError(field, detail),), language=language)


def shortened(given: str) -> str:
    """Something that came with a request, as far as it is given back in an answer."""
    return given if len(given) <= LONGEST_SHOWN else f"{given[:LONGEST_SHOWN]}…"


def answer(error: HTTPException) -> Response:
    """The response for `error`, with the headers it brings (`Allow` with a 405)."""
    # A field name may hold a lone surrogate; `backslashreplace` writes it as \udXXX, which is just how JSON escapes it.
    body = json.dumps(payload(error), ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"
    headers = [(name, value) for name, value in error.get_headers() if name != "Content-Type"]
    return Response(body, error.code or 500, headers, content_type=MEDIA_TYPE)


def payload(error: HTTPException) -> dict[str, Any]:
    """The members of the problem for `error`; a refusal is counted and logged with its reason."""
    status = error.code or 500
    failure = error.failure if isinstance(error, Problem) else of_status(status)
    problem: dict[str, Any] = {
        "type": failure.type,
        "title": TITLES.get(status, error.name),
        "status": status,
        "detail": (error.description if isinstance(error, Problem) else "") or _detail(error, status),
        "code": failure.code,
    }
    if isinstance(error, Problem) and error.refused:
        metrics.count_refusal(error.refused)
        structlog.contextvars.bind_contextvars(refused=error.refused)
    if isinstance(error, Problem) and error.errors:
        problem["errors"] = [asdict(field_error) for field_error in error.errors]
    if isinstance(error, Problem) and error.language:
        problem["language"] = error.language
    return problem


def _detail(error: HTTPException, status: int) -> str:
    """The detail of a failure that nobody here has worded: ours for its status, or else what Flask says."""
    if status not in DETAILS:
        return error.description or error.name
    methods = set(getattr(error, "valid_methods", None) or ()) - {"HEAD", "OPTIONS"}
    limit = current_app.config["MAX_BODY_BYTES"]
    return DETAILS[status].format(
        path=shortened(request.path), method=shortened(request.method), allowed=" or ".join(sorted(methods)), limit=limit
    )
