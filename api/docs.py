"""`GET /docs`: the contract for people, in Swagger UI, where each endpoint can be tried.

Its files come out of the package flask-swagger-ui, the page and what starts it from `static`; nothing comes from another host,
and the Content-Security-Policy sees to that. The page itself is no part of the contract.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from flask import Blueprint, Response, send_from_directory

from .headers import PAGES

OWN = Path(__file__).parent / "static"
SWAGGER_UI = Path(str(files("flask_swagger_ui"))) / "dist"
FILES = {
    "docs.js": OWN,
    "swagger-ui.css": SWAGGER_UI,
    "swagger-ui-bundle.js": SWAGGER_UI,
    "favicon-32x32.png": SWAGGER_UI,
}
"""What the page is made of, and where it lies."""

blueprint = Blueprint("docs", __name__)


@blueprint.get("/docs")
def show() -> Response:
    """Give the page."""
    return _own(send_from_directory(OWN, "docs.html"))


@blueprint.get(f"/docs/<any({', '.join(map(repr, FILES))}):name>")
def file(name: str) -> Response:
    """Give a file of it."""
    return _own(send_from_directory(FILES[name], name, max_age=3600))


def _own(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = PAGES
    return response
