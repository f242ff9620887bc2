"""The HTTP service: `create_app` assembles it, and nothing else does.

In: settings (from the environment or a mapping), the library functions to call, the stream to log to. Each has a default, so a
test can pass its own. Out: a Flask app. Importing this module loads no model.
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
    memory,
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
    """Keeps the order of the fields, and writes “ unescaped, so that the answer is readable in a terminal."""

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
    """The service. `config` overrides the environment; its keys are the names in `api.settings`, e.g. `{"THREADS": 1}`."""
    app = Flask(__name__, static_folder=None)
    app.config.update(settings.load(os.environ))
    app.config.update(config or {})
    app.json = _Json(app)
    log = logs.install(app, log_to or sys.stdout)
    for variable, meant in settings.misspelt(os.environ).items():
        log.warning("no such setting", variable=variable, meant=meant)
    problems.install(app, log)
    counts = metrics.install(app)
    for part in (shut, headers, keys, limits, admission):
        part.install(app)
    app.before_request(keys.require_key)
    budget = admission.CharacterBudget(app.config["CHARACTERS_IN_FLIGHT"])
    room = admission.MemoryBudget(memory.room)
    guarded = guard.Guard(budget=budget, memory=room, seconds=app.config["TIME_LIMIT"], metrics=counts)
    app.extensions["reader"] = Reader(extract, verify, trained, guarded)
    contract = openapi.Contract(app, version=attribution.__version__)
    for resource in (quotes, stream, verification, model, health, metrics, openapi):
        contract.register_blueprint(resource.blueprint)
    for web_page in (page, docs):
        app.register_blueprint(web_page.blueprint)
    return app
