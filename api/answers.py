"""The forms in which an article's quotes go out: JSON, CSV and NDJSON, by what the request accepts.

In: an `Article`. Out: the response. JSON is the whole answer, and what is given where nothing else is asked for; CSV has a row a
quote, as the command writes it; NDJSON has a line a quote, each as it is in the JSON.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from flask import Request, Response, jsonify

from attribution.command.forms import csv_of
from attribution.data import Article

JSON, CSV, NDJSON = "application/json", "text/csv", "application/x-ndjson"
LINE_ENDS = {ord(end): f"\\u{ord(end):04x}" for end in "\x85\u2028\u2029"}
"""What ends a line for some readers (Python's `splitlines` among them), written as an escape: it stands in strings only."""


def answer(request: Request, article: Article) -> Response:
    """The response in the form that `request` likes best; in JSON, if it likes none of them."""
    # Not dumped by the schema: the answer is the one shape, field for field, as the library gives it.
    return FORMS[request.accept_mimetypes.best_match(FORMS, JSON)](article)


def json_line(value: dict[str, Any]) -> str:
    """Some JSON on a line of its own."""
    # A field name or an id may hold a lone surrogate, which only an escape can carry.
    line = json.dumps(value, ensure_ascii=False).encode("utf-8", "backslashreplace").decode()
    return line.translate(LINE_ENDS) + "\n"


def _as_json(article: Article) -> Response:
    return jsonify(article.to_dict())


def _as_csv(article: Article) -> Response:
    return Response(csv_of(article), content_type=f"{CSV}; charset=utf-8")


def _as_ndjson(article: Article) -> Response:
    return Response("".join(map(json_line, article.to_dict()["quotes"])), content_type=NDJSON)


FORMS: dict[str, Callable[[Article], Response]] = {JSON: _as_json, CSV: _as_csv, NDJSON: _as_ndjson}
