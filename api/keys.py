"""API keys: who may send articles.

In: lines `name:digest`, from the environment or a file, which is read anew at SIGHUP; with none, nobody is asked for a key. Out:
an app that answers 401 to whoever has none, under /v1/ and at /metrics; health checks, the contract and what people look at stay
open. Only SHA-256 digests are kept, so whoever reads the settings cannot call the service; a key is 256 random bits, which needs
no slower digest.
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

CLOSED = ("/v1/", "/metrics")
"""Where the paths begin that want a key."""
LINE = re.compile(r"([\w.-]+):([0-9a-f]{64})", re.ASCII)
_REMEDY = "Send yours as `Authorization: Bearer KEY` or as `X-API-Key: KEY`; whoever runs the service gives keys out."


class Keys:
    """The keys that an app knows: `known` are their names, by their digests."""

    def __init__(self, config: Mapping[str, Any]) -> None:
        self._config = config
        self.known = read(config)

    def reload(self) -> None:
        """Read them anew. If they cannot be read, or none is left, those that were known stay: a SettingError says why."""
        found = read(self._config)
        if self.known and not found:
            raise SettingError("There are no API keys any more. To ask nobody for a key, start the service anew.")
        self.known = found


def install(app: Flask) -> None:
    """Look for a key, if `app` is set to know any, to log and limit by the name it bears."""
    keys = app.extensions["keys"] = Keys(app.config)

    def recognise() -> None:
        # Where there is nothing, nobody is asked for a key: no limit counts there, and keys could be tried.
        if keys.known and request.url_rule and request.path.startswith(CLOSED) and request.method != "OPTIONS":
            g.client = name_of(_given(), keys.known)
            if g.client:
                structlog.contextvars.bind_contextvars(client=g.client)

    app.before_request(recognise)


def demand() -> None:
    """Refuse whoever was to have a key and has none. It stands behind the limit, so that whoever guesses keys is counted."""
    if g.get("client", "") is None:
        failure, reason = (
            (Failure.UNKNOWN_KEY, "The API key is not one that is known here.")
            if _given()
            else (Failure.NO_KEY, "This service wants an API key.")
        )
        raise Problem(failure, f"{reason} {_REMEDY}", refused="key", headers={"WWW-Authenticate": "Bearer"})


def read(config: Mapping[str, Any]) -> dict[str, str]:
    """The names of the keys that are let in, by their digests."""
    file = config["API_KEYS_FILE"]
    try:
        lines = f"{config['API_KEYS']} {Path(file).read_text(encoding='utf-8') if file else ''}".split()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingError(f"ATTRIBUTION_API_KEYS_FILE is {file!r}, which cannot be read: {error}.") from None
    if file and not lines:
        raise SettingError(f"ATTRIBUTION_API_KEYS_FILE is {file!r}, which holds no key. Make one: attribution newkey NAME")
    return dict(map(_entry, lines))


def _entry(line: str) -> tuple[str, str]:
    if not (match := LINE.fullmatch(line)):
        raise SettingError("An API key is no line `name:digest`. Make one, and its line: attribution newkey NAME")
    return match[2], match[1]


def name_of(key: str, known: Mapping[str, str]) -> str | None:
    """The name of `key`, None if it is not known. It takes as long for one as for the other."""
    digest = digest_of(key)
    found = [name for kept, name in known.items() if hmac.compare_digest(kept, digest)]
    return found[0] if found else None


def digest_of(key: str) -> str:
    """The SHA-256 digest of a key, in hexadecimal."""
    return hashlib.sha256(key.encode("utf-8", "surrogateescape")).hexdigest()


def _given() -> str:
    """The key that the request bears, empty without one."""
    authorization = request.authorization
    if authorization and authorization.type == "bearer" and authorization.token:
        return authorization.token
    return request.headers.get("X-API-Key", "")
