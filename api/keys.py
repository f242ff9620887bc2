"""API keys: which clients may send articles.

In: lines `name:digest`, from the environment or from a file that is reloaded at SIGHUP. Without any, no key is needed. Out: an
app that answers 401 to clients without a valid key, under /v1/ and at /metrics. Health checks, the contract and the web pages
stay open. The settings hold SHA-256 digests only, so reading them does not give access. A key is 256 random bits, so a slower
hash is not needed.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import structlog
from flask import Flask, g, request

from .failures import Failure
from .problems import Problem
from .settings import SettingError

PROTECTED = ("/v1/", "/metrics")
"""The prefixes of the paths that need a key."""
LINE = re.compile(r"([\w.-]+):([0-9a-f]{64})", re.ASCII)
_REMEDY = "Send yours as `Authorization: Bearer KEY` or as `X-API-Key: KEY`. The operator of the service issues keys."


class Keys:
    """The API keys of an app: `known` maps each digest to the key's name."""

    def __init__(self, config: Mapping[str, Any]) -> None:
        self._config = config
        self.known = load(config)

    def reload(self) -> None:
        """Load the keys again. If that fails, or none is left, keep the old ones and raise a SettingError that says why."""
        loaded = load(self._config)
        if self.known and not loaded:
            raise SettingError("No API keys are left. To run the service without keys, restart it.")
        self.known = loaded


def install(app: Flask) -> None:
    """If `app` has keys, find out which client sends each request, for logs and rate limits."""
    keys = app.extensions["keys"] = Keys(app.config)

    def identify() -> None:
        # Paths that do not exist check no key: no rate limit applies to them, so clients could guess keys there.
        if keys.known and request.url_rule and request.path.startswith(PROTECTED) and request.method != "OPTIONS":
            g.client = find_name(_presented_key(), keys.known)
            if g.client:
                structlog.contextvars.bind_contextvars(client=g.client)

    app.before_request(identify)


def require_key() -> None:
    """Refuse a request that needs a valid key and has none. Runs after the rate limit, so that guesses are counted."""
    if g.get("client", "") is None:
        failure, reason = (
            (Failure.UNKNOWN_KEY, "The API key is unknown.")
            if _presented_key()
            else (Failure.NO_KEY, "This service needs an API key.")
        )
        raise Problem(failure, f"{reason} {_REMEDY}", refused="key", headers={"WWW-Authenticate": "Bearer"})


def load(config: Mapping[str, Any]) -> dict[str, str]:
    """The names of the valid keys, by digest."""
    file = config["API_KEYS_FILE"]
    try:
        lines = f"{config['API_KEYS']} {Path(file).read_text(encoding='utf-8') if file else ''}".split()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingError(f"ATTRIBUTION_API_KEYS_FILE is {file!r}. The file cannot be read: {error}.") from None
    if file and not lines:
        raise SettingError(f"ATTRIBUTION_API_KEYS_FILE is {file!r}. The file has no keys. Make one: attribution newkey NAME")
    return dict(map(_entry, lines))


def _entry(line: str) -> tuple[str, str]:
    if not (match := LINE.fullmatch(line)):
        raise SettingError("An API key is not a line `name:digest`. Make a key and its line: attribution newkey NAME")
    return match[2], match[1]


def find_name(key: str, known: Mapping[str, str]) -> str | None:
    """The name of `key`, or None if it is unknown. Both take the same time."""
    digest = digest_of(key)
    names = [name for known_digest, name in known.items() if hmac.compare_digest(known_digest, digest)]
    return names[0] if names else None


def digest_of(key: str) -> str:
    """The SHA-256 digest of a key, in hexadecimal."""
    return hashlib.sha256(key.encode("utf-8", "surrogateescape")).hexdigest()


def _presented_key() -> str:
    """The key in the request's headers, or an empty string."""
    authorization = request.authorization
    if authorization and authorization.type == "bearer" and authorization.token:
        return authorization.token
    return request.headers.get("X-API-Key", "")
