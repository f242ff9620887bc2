"""What of the service is shut: the page, the contract and its docs, and what it counts, if whoever runs it says so.

In: the app's SHUT and METRICS_PORT. Out: an app that answers 404 there, as if there were nothing. At its own port there are the
metrics alone, and elsewhere all but these. Articles and health checks are never shut.
"""

from __future__ import annotations

from flask import Flask, abort, request

from .settings import SettingError

PATHS = {
    "page": ("/", "/page/"),
    "docs": ("/docs", "/docs/"),
    "contract": ("/openapi.yaml", "/openapi.json"),
    "metrics": ("/metrics",),
}
"""What can be shut, and its paths; one that ends with a slash stands for all below it."""


def install(app: Flask) -> None:
    """Answer 404 where `app` is set to be shut, and at the wrong one of its two ports."""
    words = app.config["SHUT"].split()
    if unknown := [word for word in words if word not in PATHS]:
        raise SettingError(f"ATTRIBUTION_SHUT has {unknown[0]!r}. It may have, with spaces between: {', '.join(PATHS)}.")
    paths = [path for word in words for path in PATHS[word]]

    def refuse() -> None:
        if any(request.path == path or (path != "/" and path.endswith("/") and request.path.startswith(path)) for path in paths):
            abort(404)

    def refuse_elsewhere() -> None:
        if (request.path in PATHS["metrics"]) != (_port() == app.config["METRICS_PORT"]):
            abort(404)

    if paths:
        app.before_request(refuse)
    if app.config["METRICS_PORT"]:
        app.before_request(refuse_elsewhere)


def _port() -> int | None:
    """The port that the request came to. SERVER_PORT may be what the client claims, where the service listens at a file."""
    connection = request.environ.get("gunicorn.socket")
    name = connection.getsockname() if connection else ""
    return name[1] if isinstance(name, tuple) else None
