"""`GET /`: the web page that shows what the service does. It is a client of `POST /v1/quotes` like any other.

In: nothing. Out: the files of the page, which are part of the library because the command uses them too, and the seed articles.
The page is not part of the contract: it is for people, `openapi.yaml` for programs.
"""

from __future__ import annotations

from flask import Blueprint, Response, abort, request

from attribution.command.standalone import STATIC

from .headers import PAGE_POLICY
from .seeds import FOLDER

FILES = {path.name: path for path in (*STATIC.iterdir(), *FOLDER.glob("*.txt"))}
MEDIA_TYPES = {".css": "text/css", ".html": "text/html", ".js": "text/javascript", ".txt": "text/plain"}

blueprint = Blueprint("page", __name__)


@blueprint.get("/")
def show() -> Response:
    """The page itself."""
    page = get_file("page.html")
    page.headers["Content-Security-Policy"] = PAGE_POLICY
    return page


@blueprint.get("/page/<name>")
def get_file(name: str) -> Response:
    """A file of the page, or one of the seed articles that it offers."""
    if name not in FILES:
        abort(404)
    response = Response(FILES[name].read_bytes(), mimetype=MEDIA_TYPES[FILES[name].suffix])
    # The browser caches the file, and revalidates it each time.
    response.cache_control.no_cache = True
    response.add_etag()
    response.make_conditional(request)
    return response
