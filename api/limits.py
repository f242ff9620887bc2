"""Rate limits for each API key or, without keys, for each address, counted by Flask-Limiter. There is no limit by default.

In: the app's RATE_LIMIT. Out: an app that answers 429 with `Retry-After` to too many requests under /v1/, or without the key that
they need. If the storage is unreachable, no request fails: each process counts by itself.
"""

from __future__ import annotations

import time

from flask import Flask, Response, g, request
from flask_limiter import Limiter, RateLimitExceeded
from limits import parse_many
from limits.errors import ConfigurationError
from limits.strategies import FixedWindowRateLimiter

from .failures import Failure
from .problems import Problem, problem_response
from .settings import SettingError
from .tally import Tally


def install(app: Flask) -> None:
    """Limit the requests to `app` if it has a RATE_LIMIT."""
    limit, storage = app.config["RATE_LIMIT"], app.config["RATE_LIMIT_STORAGE"]
    if not limit:
        return
    try:
        parse_many(limit)
        # When the storage fails under several requests at once, only one switches to memory. Without `swallow_errors`, the others
        # are answered 500.
        limiter = Limiter(
            _client_id,
            app=app,
            application_limits=[limit],
            storage_uri=storage,
            in_memory_fallback_enabled=True,
            swallow_errors=True,
        )
    except ConfigurationError as error:
        raise SettingError(f"ATTRIBUTION_RATE_LIMIT_STORAGE is {storage!r}. It is not usable: {error}.") from None
    except ValueError:
        raise SettingError(f"ATTRIBUTION_RATE_LIMIT is {limit!r}. A valid example: 60 per minute; 1000 per day.") from None
    # Flask-Limiter's own fallback counts by wall-clock time.
    limiter._fallback_limiter = FixedWindowRateLimiter(Tally())

    def refuse(error: RateLimitExceeded) -> Response:
        reset = limiter.current_limit.reset_at if limiter.current_limit else 0
        after = max(1, round(reset - time.time()))
        detail = f"The rate limit is {error.description}. Send the same request again in {after} s."
        return problem_response(Problem(Failure.TOO_OFTEN, detail, refused="rate", headers={"Retry-After": str(after)}))

    limiter.request_filter(lambda: not _is_limited())
    app.register_error_handler(RateLimitExceeded, refuse)


def _is_limited() -> bool:
    """Whether the limit applies: to requests under /v1/, and to all that lack the key they need."""
    return request.method != "OPTIONS" and (request.path.startswith("/v1/") or g.get("client", "") is None)


def _client_id() -> str:
    """What requests are counted by: their key or, without one, their address."""
    return f"key {g.client}" if g.get("client") else f"address {request.remote_addr}"
