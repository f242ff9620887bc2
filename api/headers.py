"""Response headers: security, CORS, compression; and which proxy headers are trusted.

In: an app with its settings. Out: an app whose responses are safe to open in a browser, compressed on request, and readable by
other origins only if the settings name them. A header that a view sets is not overwritten.
"""

from __future__ import annotations

import re

from flask import Flask, Response, request
from flask_compress import Compress
from flask_cors import CORS
from werkzeug.middleware.proxy_fix import ProxyFix

from .settings import SettingError

SECURITY_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""The policy of the web pages: they load from and call this service only, and run no inline scripts or styles."""
# Streams are left out: the compressor would buffer their lines.
COMPRESSIBLE = ("application/json", "application/yaml", "text/css", "text/csv", "text/html", "text/javascript", "text/plain")
_ORIGIN = re.compile(r"\*|https?://[\w.-]+(:\d+)?", re.ASCII)


def install(app: Flask) -> None:
    """Set the response headers of `app`, and trust the proxies in front of it."""
    app.after_request(_set_security_headers)
    app.config.update(COMPRESS_MIMETYPES=COMPRESSIBLE, COMPRESS_ALGORITHM="gzip", COMPRESS_STREAMS=False)
    Compress(app)
    if origins := app.config["CORS_ORIGINS"].replace(",", " ").split():
        _allow_origins(app, origins)
    if hops := app.config["PROXIES"]:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops)  # type: ignore[method-assign]


def _set_security_headers(response: Response) -> Response:
    for name, value in SECURITY_HEADERS.items():
        response.headers.setdefault(name, value)
    if request.path.startswith("/v1/"):
        response.headers.setdefault("Cache-Control", "no-store")
    return response


def _allow_origins(app: Flask, origins: list[str]) -> None:
    """Let web pages of `origins` call the endpoints under /v1/ and read the responses."""
    for origin in origins:
        if not _ORIGIN.fullmatch(origin):
            raise SettingError(f"ATTRIBUTION_CORS_ORIGINS has {origin!r}. Use an origin such as https://desk.example, or *.")
    CORS(
        app,
        resources=r"/v1/.*",
        origins=origins,
        allow_headers=["Authorization", "Content-Encoding", "Content-Type", "X-API-Key", "X-Request-ID"],
        expose_headers=["Retry-After", "X-Request-ID"],
        max_age=600,
    )
