"""The HTTP door: `create_app` puts the parts together, and is the only place that does.

In: settings (by the environment or by a mapping), the function that reads articles, the stream to log to; each has a default,
so a test can put its own in its place. Out: a Flask app. Importing this module loads no model.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import Any, TextIO

from flask import Flask
from flask.json.provider import DefaultJSONProvider

import attribution

from . import (
    admission,
    docs,
    guard,
    headers,
    health,
    keys,
    limits,
    logs,
    metrics,
    model,
    openapi,
    page,
    problems,
    quotes,
    settings,
    shut,
    stream,
    verification,
)
from .reader import Extract, Reader, Trained, Verify


class _Json(DefaultJSONProvider):
    """Keeps the order of the one shape, and writes “ as “, for whoever reads it in a terminal."""

    ensure_ascii = False
    sort_keys = False


def create_app(
    config: Mapping[str, Any] | None = None,
    *,
    extract: Extract = attribution.extract,
    verify: Verify = attribution.verify,
    trained: Trained = attribution.trained,
    log_to: TextIO | None = None,
) -> Flask:
    """The service. `config` goes over what the environment sets, by the names of `api.settings`, e.g. `{"THREADS": 1}`."""
    app = Flask(__name__, static_folder=None)
    app.config.update(settings.read(os.environ))
    app.config.update(config or {})
    app.json = _Json(app)
    log = logs.install(app, log_to or sys.stdout)
    for variable, meant in settings.misspelt(os.environ).items():
        log.warning("no such setting", variable=variable, meant=meant)
    problems.install(app, log)
    counts = metrics.install(app)
    for part in (shut, headers, keys, limits, admission):
        part.install(app)
    app.before_request(keys.demand)
    room, seconds = admission.Room(app.config["CHARACTERS_IN_FLIGHT"]), app.config["TIME_LIMIT"]
    app.extensions["reader"] = Reader(extract, verify, trained, guard.Guard(room=room, seconds=seconds, metrics=counts))
    contract = openapi.Contract(app, version=attribution.__version__)
    for resource in (quotes, stream, verification, model, health, metrics, openapi):
        contract.register_blueprint(resource.blueprint)
    for people in (page, docs):
        app.register_blueprint(people.blueprint)
    return app
