"""`GET /`: the page, for whoever wants to see what the service does. It is one more client of `POST /v1/quotes`.

In: nothing. Out: the files of the view, which the core keeps because the command writes them too, and the seed articles. The page
stands outside the contract: it is for people, and `openapi.yaml` for programs.
"""

from __future__ import annotations

from flask import Blueprint, Response, abort, request

from attribution.command.standalone import STATIC

from .headers import PAGES
from .seeds import FOLDER

FILES = {path.name: path for path in (*STATIC.iterdir(), *FOLDER.glob("*.txt"))}
KINDS = {".css": "text/css", ".html": "text/html", ".js": "text/javascript", ".txt": "text/plain"}

blueprint = Blueprint("page", __name__)


@blueprint.get("/")
def show() -> Response:
    """The page itself."""
    page = get_file("page.html")
    page.headers["Content-Security-Policy"] = PAGES
    return page


@blueprint.get("/page/<name>")
def get_file(name: str) -> Response:
    """What the page is made of, and the seed articles that it offers."""
    if name not in FILES:
        abort(404)
    response = Response(FILES[name].read_bytes(), mimetype=KINDS[FILES[name].suffix])
    # A browser keeps it, and asks each time whether it is still the same.
    response.cache_control.no_cache = True
    response.add_etag()
    response.make_conditional(request)
    return response
