"""Turns every failure into an `application/problem+json` (RFC 9457): its kind, its status, and a detail that says how to fix it.

In: a `Problem`, an HTTP error of Flask, an error of the library, or any other exception. Out: the response. Only unexpected
exceptions are logged, with their type and traceback but without the message, which may quote an article.
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
from werkzeug.exceptions import HTTPException, InternalServerError

from attribution.errors import ModelError, TextError

from . import metrics
from .failures import Failure, failure_for

MEDIA_TYPE = "application/problem+json"
# Spelled out, because the names of 413 and 422 in the standard library depend on the Python version.
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
    404: "There is nothing at {path}. Send articles to POST /v1/quotes. GET /openapi.yaml describes every path.",
    405: "{path} does not support {method}. Use {allowed}.",
    413: "The body is larger than {limit:,} bytes, before or after decompression. Send one article per request, and only its "
    "text. The operator can raise ATTRIBUTION_MAX_BODY_BYTES.",
    500: "The service failed; your request is not the cause. Try again. If it fails again, give the X-Request-ID of this "
    "response to the operator, who can find the error in the log.",
    503: "The service has no trained pipeline, so it cannot read articles. Try again later, or ask the operator: the log says "
    "what is missing.",
}
NO_MEMORY = (
    "The service has no memory for this article now. Send the same request again in 5 s; if that fails, send the article in "
    "parts. The operator can give each process more memory."
)
LONGEST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong with one `field` of the body or query, and what is valid."""

    field: str
    detail: str


class Problem(HTTPException):
    """A failure with a `detail` that says how to fix it, and the `errors` of fields or the `language` of the article, if any.

    refused: why a valid request was refused, in one word for the log and the metrics. headers: extra response headers.
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


def out_of_memory() -> Problem:
    """The refusal of a request for which the process has no memory."""
    return Problem(Failure.OUT_OF_MEMORY, NO_MEMORY, refused="memory", headers={"Retry-After": "5"})


def install(app: Flask, log: FilteringBoundLogger) -> None:
    """Make `app` answer every failure with a problem, and log unexpected exceptions to `log`."""
    app.extensions["log"] = log
    app.register_error_handler(Exception, lambda error: problem_response(to_http_error(error)))


def to_http_error(error: Exception) -> HTTPException:
    """The HTTP error to report to the client. An internal error is logged, and reported without its cause."""
    log: FilteringBoundLogger = current_app.extensions["log"]
    match error:
        case MemoryError() | InternalServerError(original_exception=MemoryError()):  # the latter from outside a view
            return out_of_memory()
        case HTTPException():
            return error
        case TextError():
            return text_problem(error, "text")
        case ModelError():
            log.error("no pipeline", reason=str(error))
            return Problem(Failure.NO_MODEL, "")
    frames = traceback.extract_tb(error.__traceback__)
    log.error("unexpected error", kind=type(error).__name__, trace=[f"{f.filename}:{f.lineno} {f.name}" for f in frames])
    return Problem(Failure.INTERNAL_ERROR, "")


def text_problem(error: TextError, field: str) -> Problem:
    """The problem for an article, sent in `field`, that the library cannot read."""
    message = str(error)
    detail = f"{message[:1].upper()}{message[1:].removesuffix('.')}."
    language = getattr(error, "language", None)
    failure = Failure.NOT_ENGLISH if language else Failure.UNREADABLE_TEXT
    return Problem(failure, detail, errors=(FieldError(field, detail),), language=language)


def shorten(value: str) -> str:
    """A value from a request, cut to the length that an answer may repeat."""
    return value if len(value) <= LONGEST_SHOWN else f"{value[:LONGEST_SHOWN]}…"


def problem_response(error: HTTPException) -> Response:
    """The response for `error`, including its headers (such as `Allow` with a 405)."""
    # A field name may hold a lone surrogate; `backslashreplace` writes it as \udXXX, which is also JSON's escape.
    body = json.dumps(payload(error), ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"
    headers = [(name, value) for name, value in error.get_headers() if name != "Content-Type"]
    return Response(body, error.code or 500, headers, content_type=MEDIA_TYPE)


def payload(error: HTTPException) -> dict[str, Any]:
    """The fields of the problem for `error`. A refusal is also counted, and logged with its reason."""
    status = error.code or 500
    failure = error.failure if isinstance(error, Problem) else failure_for(status)
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
    """The detail of an error without one of ours: the default for its status, or Flask's description."""
    if status not in DETAILS:
        return error.description or error.name
    methods = set(getattr(error, "valid_methods", None) or ()) - {"HEAD", "OPTIONS"}
    limit = current_app.config["MAX_BODY_BYTES"]
    return DETAILS[status].format(
        path=shorten(request.path), method=shorten(request.method), allowed=" or ".join(sorted(methods)), limit=limit
    )
