"""Every failure leaves here, as RFC 9457 `application/problem+json`: a title, the status, and a detail that names the remedy.

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
from flask import Flask, Response, current_app, g, request
from structlog.typing import FilteringBoundLogger
from werkzeug.exceptions import HTTPException

from attribution.errors import ModelError, TextError

MEDIA_TYPE = "application/problem+json"
# Written out, because the standard library renames 413 and 422 from one Python version to the next.
TITLES = {
    400: "Bad Request",
    401: "Unauthorized",
    404: "Not Found",
    405: "Method Not Allowed",
    413: "Content Too Large",
    415: "Unsupported Media Type",
    422: "Unprocessable Content",
    429: "Too Many Requests",
    500: "Internal Server Error",
    503: "Service Unavailable",
    504: "Gateway Timeout",
}
DETAILS = {
    404: "There is nothing at {path}. Articles go to POST /v1/quotes; GET /openapi.yaml describes every path.",
    405: "{path} does not answer {method}. Use {allowed}.",
    413: "The body is larger than the {limit:,} bytes that are read here. Send one article a request, its words only; whoever "
    "runs the service can raise ATTRIBUTION_MAX_BODY_BYTES.",
    500: "Something broke on this side, and the request is not to blame. Try again; if it breaks again, give the X-Request-ID "
    "of this answer to whoever runs the service: it finds the place in the log.",
    503: "There is no trained pipeline to read with, so nothing can be read just now. Try again later, or ask whoever runs the "
    "service: its log says what is missing.",
}


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong with one `field` of the request (of the body or the query), and what would be right."""

    field: str
    detail: str


class Problem(HTTPException):
    """A failure with its HTTP status, a detail that names the remedy, and what is wrong with which field, if that is it.

    refused: the reason, in a word for the log and the counts, if it was refused rather than wrong. headers: go out with it.
    """

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        errors: tuple[FieldError, ...] = (),
        refused: str = "",
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.code = status
        self.errors = errors
        self.refused = refused
        self.headers = headers or {}

    def get_headers(self, *args: Any, **kwargs: Any) -> list[tuple[str, str]]:
        """Werkzeug's headers, and our own."""
        return [*super().get_headers(*args, **kwargs), *self.headers.items()]


def install(app: Flask, log: FilteringBoundLogger) -> None:
    """Make `app` answer every failure in the one form; what was not expected goes to `log`."""

    def unexpected(error: Exception) -> Response:
        frames = traceback.extract_tb(error.__traceback__)
        log.error("unexpected error", kind=type(error).__name__, trace=[f"{f.filename}:{f.lineno} {f.name}" for f in frames])
        return answer(Problem(500, ""))

    def without_model(error: ModelError) -> Response:
        log.error("no pipeline", reason=str(error))
        return answer(Problem(503, ""))

    app.register_error_handler(HTTPException, answer)
    app.register_error_handler(TextError, lambda error: answer(_of_text(error)))
    app.register_error_handler(ModelError, without_model)
    app.register_error_handler(Exception, unexpected)


def _of_text(error: TextError) -> Problem:
    return Problem(422, str(error), errors=(FieldError("text", str(error)),))


def answer(error: HTTPException) -> Response:
    """The response for `error`, with the headers it brings (`Allow` with a 405)."""
    status = error.code or 500
    payload: dict[str, Any] = {
        "type": "about:blank",
        "title": TITLES.get(status, error.name),
        "status": status,
        "detail": (error.description if isinstance(error, Problem) else "") or _detail(error, status),
    }
    if isinstance(error, Problem) and error.refused:
        g.refused = error.refused
        structlog.contextvars.bind_contextvars(refused=error.refused)
    if isinstance(error, Problem) and error.errors:
        payload["errors"] = [asdict(field_error) for field_error in error.errors]
    # A field name may hold a lone surrogate; `backslashreplace` writes it as \udXXX, which is just how JSON escapes it.
    body = json.dumps(payload, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"
    headers = [(name, value) for name, value in error.get_headers() if name != "Content-Type"]
    return Response(body, status, headers, content_type=MEDIA_TYPE)


def _detail(error: HTTPException, status: int) -> str:
    """The detail of a failure that nobody here has worded: ours for its status, or else what Flask says."""
    if status not in DETAILS:
        return error.description or error.name
    methods = set(getattr(error, "valid_methods", None) or ()) - {"HEAD", "OPTIONS"}
    limit = current_app.config["MAX_BODY_BYTES"]
    return DETAILS[status].format(path=request.path, method=request.method, allowed=" or ".join(sorted(methods)), limit=limit)
