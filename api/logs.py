"""One line of JSON a request, and a request id that the client and the log share.

In: an app and the stream to write to. Out: a logger, and an app that logs each request as it is answered. What a view adds
with `structlog.contextvars.bind_contextvars` comes along; the text of an article never does. A line that cannot be written (the
disk is full, the pipe is closed) is lost: the answer is not.
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
    """Log every request of `app` to `stream`, from the app's LOG_LEVEL up, and give the logger back for other uses."""
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
    """Take the client's request id if it is a plain one, else make one."""
    given = request.headers.get(HEADER, "")
    g.request_id = given if _ACCEPTED_ID.fullmatch(given) else uuid.uuid4().hex
    g.started = time.perf_counter()
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=g.request_id)


class _Lines(structlog.PrintLogger):
    """Writes lines, and passes over those that cannot be written."""

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
