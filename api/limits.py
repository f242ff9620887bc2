"""How often a client may come: by its key, or else by its address. Flask-Limiter counts; nothing is limited unless it is set.

In: the app's RATE_LIMIT. Out: an app that answers 429, with `Retry-After`, to what is sent too often under /v1/, or too often
without the key it needs. A store that cannot be reached stops nobody: each process then counts by itself.
"""

from __future__ import annotations

import time

from flask import Flask, Response, g, request
from flask_limiter import Limiter, RateLimitExceeded
from limits import parse_many
from limits.errors import ConfigurationError
from limits.strategies import FixedWindowRateLimiter

from .failures import Failure
from .problems import Problem, answer
from .settings import SettingError
from .tally import Tally


def install(app: Flask) -> None:
    """Limit the requests to `app`, if that is set."""
    limit, storage = app.config["RATE_LIMIT"], app.config["RATE_LIMIT_STORAGE"]
    if not limit:
        return
    try:
        parse_many(limit)
        # Of several requests that find the store away, one turns to the memory; the others would be answered 500.
        limiter = Limiter(
            _client,
            app=app,
            application_limits=[limit],
            storage_uri=storage,
            in_memory_fallback_enabled=True,
            swallow_errors=True,
        )
    except ConfigurationError as error:
        raise SettingError(f"ATTRIBUTION_RATE_LIMIT_STORAGE is {storage!r}. It cannot be used: {error}.") from None
    except ValueError:
        raise SettingError(f"ATTRIBUTION_RATE_LIMIT is {limit!r}. It must be such as: 60 per minute; 1000 per day.") from None
    # It would else count by the clock on the wall when the store is away.
    limiter._fallback_limiter = FixedWindowRateLimiter(Tally())

    def refuse(error: RateLimitExceeded) -> Response:
        reset = limiter.current_limit.reset_at if limiter.current_limit else 0
        after = max(1, round(reset - time.time()))
        detail = f"Only {error.description} are answered. Send the same request again in {after} s."
        return answer(Problem(Failure.TOO_OFTEN, detail, refused="rate", headers={"Retry-After": str(after)}))

    limiter.request_filter(lambda: not _counts())
    app.register_error_handler(RateLimitExceeded, refuse)


def _counts() -> bool:
    """Whether the request is one of those that are limited: what is sent under /v1/, and all that lacks the key it needs."""
    return request.method != "OPTIONS" and (request.path.startswith("/v1/") or g.get("client", "") is None)


def _client() -> str:
    """Who is counted together: those with the same key, or else at the same address."""
    return f"key {g.client}" if g.get("client") else f"address {request.remote_addr}"
