"""Shuts optional parts of the service: the page, the docs, the contract and the metrics.

In: the app's SHUT and METRICS_PORT. Out: an app that answers 404 at the paths that are shut. If the metrics have their own port,
that port serves only the metrics, and the others do not serve them. Articles and health checks are never shut.
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
"""The parts that can be shut, and their paths. A path with a final slash includes all paths below it."""


def install(app: Flask) -> None:
    """Answer 404 at the paths of `app` that are shut, and at paths that belong to its other port."""
    words = app.config["SHUT"].split()
    if unknown := [word for word in words if word not in PATHS]:
        raise SettingError(f"ATTRIBUTION_SHUT has {unknown[0]!r}. Valid words, separated by spaces, are {', '.join(PATHS)}.")
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
    """The port that the request came to. On a Unix socket, SERVER_PORT would be whatever the client claims."""
    connection = request.environ.get("gunicorn.socket")
    name = connection.getsockname() if connection else ""
    return name[1] if isinstance(name, tuple) else None
