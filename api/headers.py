"""What browsers and proxies are told, and what is believed of a proxy: the headers of every answer, CORS, compression.

In: an app with its settings. Out: one whose answers are safe to open in a browser, compressed for whoever asks for that, and open
to the pages of other origins only where they are named. A view that sets one of these headers itself keeps its own.
"""

from __future__ import annotations

import re

from flask import Flask, Response, request
from flask_compress import Compress
from flask_cors import CORS
from werkzeug.middleware.proxy_fix import ProxyFix

from .settings import SettingError

SAFE = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
PAGES = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""The policy of what people look at: it loads and calls this service and nobody else, and holds no script or style itself."""
# Not the lines of a stream: the compressor would keep them back until it has enough of them.
COMPRESSED = ("application/json", "application/yaml", "text/css", "text/csv", "text/html", "text/javascript", "text/plain")
_ORIGIN = re.compile(r"\*|https?://[\w.-]+(:\d+)?", re.ASCII)


def install(app: Flask) -> None:
    """Set what `app` says, and whom it believes, in headers."""
    app.after_request(_make_safe)
    app.config.update(COMPRESS_MIMETYPES=COMPRESSED, COMPRESS_ALGORITHM="gzip", COMPRESS_STREAMS=False)
    Compress(app)
    if origins := app.config["CORS_ORIGINS"].replace(",", " ").split():
        _open_to(app, origins)
    if hops := app.config["PROXIES"]:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops)  # type: ignore[method-assign]


def _make_safe(response: Response) -> Response:
    for name, value in SAFE.items():
        response.headers.setdefault(name, value)
    if request.path.startswith("/v1/"):
        response.headers.setdefault("Cache-Control", "no-store")
    return response


def _open_to(app: Flask, origins: list[str]) -> None:
    """Let the pages of `origins` call what is under /v1/ and read the answers."""
    for origin in origins:
        if not _ORIGIN.fullmatch(origin):
            raise SettingError(f"ATTRIBUTION_CORS_ORIGINS holds {origin!r}. An origin is such as https://desk.example, or *.")
    CORS(
        app,
        resources=r"/v1/.*",
        origins=origins,
        allow_headers=["Authorization", "Content-Encoding", "Content-Type", "X-API-Key", "X-Request-ID"],
        expose_headers=["Retry-After", "X-Request-ID"],
        max_age=600,
    )
