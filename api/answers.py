"""The response formats for an article's quotes: JSON, CSV and NDJSON, negotiated by the `Accept` header.

In: an `Article`. Out: the response. JSON is the default and holds the whole answer. CSV has a row for each quote, in the columns
that the command writes. NDJSON has a line for each quote, with the same fields as in the JSON.
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
"""Escapes for characters that end a line in some parsers, such as Python's `splitlines`. JSON has them in strings only."""


def response_for(request: Request, article: Article) -> Response:
    """The response in the format that `request` prefers; JSON if it accepts none of them."""
    # Not dumped through the schema: the answer is exactly what the library returns.
    return FORMS[request.accept_mimetypes.best_match(FORMS, JSON)](article)


def json_line(value: dict[str, Any]) -> str:
    """A JSON object on one line."""
    # A field name or an id may hold a lone surrogate, which can only be written as an escape.
    line = json.dumps(value, ensure_ascii=False).encode("utf-8", "backslashreplace").decode()
    return line.translate(LINE_ENDS) + "\n"


def _as_json(article: Article) -> Response:
    return jsonify(article.to_dict())


def _as_csv(article: Article) -> Response:
    return Response(csv_of(article), content_type=f"{CSV}; charset=utf-8")


def _as_ndjson(article: Article) -> Response:
    return Response("".join(map(json_line, article.to_dict()["quotes"])), content_type=NDJSON)


FORMS: dict[str, Callable[[Article], Response]] = {JSON: _as_json, CSV: _as_csv, NDJSON: _as_ndjson}
