"""Logs each request as one line of JSON, with a request id that the client also gets.

In: an app and the stream to write to. Out: a logger, and an app that logs each request when it is answered. A view can add fields
with `structlog.contextvars.bind_contextvars`. The text of an article is never logged. A line that cannot be written (disk full,
pipe closed) is dropped; the response is not affected.
"""

from __future__ import annotations

import logging
import re
import time
import uuid
from contextlib import suppress
from typing import TextIO, cast

import structlog
from flask import Flask, Response, g, request
from structlog.typing import FilteringBoundLogger

HEADER = "X-Request-ID"
_ACCEPTED_ID = re.compile(r"[\w.:+/=-]{1,128}", re.ASCII)


def install(app: Flask, stream: TextIO) -> FilteringBoundLogger:
    """Log every request of `app` to `stream`, from the app's LOG_LEVEL up, and return the logger."""
    log = _logger(stream, app.config["LOG_LEVEL"])

    def finish(response: Response) -> Response:
        response.headers[HEADER] = g.request_id
        write = log.debug if request.path.startswith("/health/") else log.info
        elapsed = round((time.perf_counter() - g.started) * 1000, 1)
        write("request", method=request.method, path=request.path[:200], status=response.status_code, ms=elapsed)
        return response

    app.before_request(_begin)
    app.after_request(finish)
    return log


def _begin() -> None:
    """Use the client's request id if it is safe to log, otherwise make one."""
    client_id = request.headers.get(HEADER, "")
    g.request_id = client_id if _ACCEPTED_ID.fullmatch(client_id) else uuid.uuid4().hex
    g.started = time.perf_counter()
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=g.request_id)


class _Lines(structlog.PrintLogger):
    """Writes lines, and drops those that cannot be written."""

    def msg(self, message: str) -> None:
        with suppress(OSError):
            super().msg(message)

    debug = info = warning = error = msg


def _logger(stream: TextIO, level: str) -> FilteringBoundLogger:
    processors: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.JSONRenderer(),
    ]
    wrapper = structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()])
    logger = structlog.wrap_logger(_Lines(stream), processors=processors, wrapper_class=wrapper)
    return cast(FilteringBoundLogger, logger)
