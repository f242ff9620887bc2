"""`GET /docs`: the contract in Swagger UI, where readers can try each endpoint.

Swagger UI's files come from the package flask-swagger-ui; the page and its start script from `static`. Nothing comes from another
host, and the Content-Security-Policy enforces that. The page is not part of the contract.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from flask import Blueprint, Response, send_from_directory

from .headers import PAGE_POLICY

OWN = Path(__file__).parent / "static"
SWAGGER_UI = Path(str(files("flask_swagger_ui"))) / "dist"
FILES = {
    "docs.js": OWN,
    "swagger-ui.css": SWAGGER_UI,
    "swagger-ui-bundle.js": SWAGGER_UI,
    "favicon-32x32.png": SWAGGER_UI,
}
"""The files of the page, and their folders."""

blueprint = Blueprint("docs", __name__)


@blueprint.get("/docs")
def show() -> Response:
    """The page."""
    return _with_policy(send_from_directory(OWN, "docs.html"))


@blueprint.get(f"/docs/<any({', '.join(map(repr, FILES))}):name>")
def file(name: str) -> Response:
    """A file of the page."""
    return _with_policy(send_from_directory(FILES[name], name, max_age=3600))


def _with_policy(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = PAGE_POLICY
    return response
