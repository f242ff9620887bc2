"""The one place that reads a request's body: bytes in, a valid `Order` out, or a `Problem` that says what to send instead.

A body is JSON or plain text. Options may stand in the query with either; a JSON field wins over a query parameter of its name.
Nothing is repaired and nothing is normalised, so that offsets into the text hold on the client's side.
"""

from __future__ import annotations

import codecs
import json
from difflib import get_close_matches
from typing import Any

import structlog
from flask import Request, current_app
from marshmallow import ValidationError
from werkzeug.exceptions import RequestEntityTooLarge

from api.orders import Order, QuoteRequestSchema
from api.problems import FieldError, Problem

_SEND = 'Send {"text": "…"} as application/json, or the article itself as text/plain.'
_CURL = " With curl: -H 'Content-Type: text/plain' --data-binary @article.txt"
_JSON_NAMES = {dict: "an object", list: "a list", str: "a string", bool: "a truth value", type(None): "null"}


def read_order(request: Request) -> Order:
    """The order that `request` carries, checked from the outside in: media type, size, encoding, form, fields, length."""
    media_type = _media_type(request)
    text = _decoded(_data(request))
    options = _loaded(QuoteRequestSchema(exclude=("text",)), request.args.to_dict())
    fields = _json_object(text) if media_type == "application/json" else {"text": text}
    order = Order(**{**options, **_loaded(QuoteRequestSchema(), fields)})
    _check_length(order.text)
    structlog.contextvars.bind_contextvars(characters=len(order.text))
    return order


def _media_type(request: Request) -> str:
    if not request.mimetype and not request.content_length:
        raise Problem(400, f"The request has no body. {_SEND}")
    if not request.mimetype:
        raise Problem(415, f"The request does not say what its body is: it has no Content-Type. {_SEND}")
    if request.mimetype not in ("application/json", "text/plain"):
        hint = _CURL if request.mimetype == "application/x-www-form-urlencoded" else ""
        raise Problem(415, f"The Content-Type is {request.mimetype}, which is not read here. {_SEND}{hint}")
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    if charset not in ("utf-8", "utf8", "us-ascii"):
        raise Problem(415, f"The Content-Type says charset={charset}. Convert the text to UTF-8 and send charset=utf-8.")
    if coding := request.headers.get("Content-Encoding"):
        raise Problem(415, f"The Content-Encoding is {coding}. Send the body as it is, uncompressed.")
    return request.mimetype


def _data(request: Request) -> bytes:
    data = request.get_data(cache=False)
    # Werkzeug cuts a chunked body at its own limit without a word; that limit is one byte above ours, so a cut is seen here.
    if len(data) > current_app.config["MAX_BODY_BYTES"]:
        raise RequestEntityTooLarge
    if not data:
        raise Problem(400, f"The request has no body. {_SEND}")
    return data


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            raise Problem(400, "The body is UTF-16. Convert it with: iconv -f UTF-16 -t UTF-8 article.txt") from None
        raise Problem(
            400,
            f"The body is not UTF-8: byte {error.start} (0x{data[error.start]:02X}) cannot stand there. Save the article as "
            "UTF-8, or convert it, for example with: iconv -f WINDOWS-1252 -t UTF-8 article.txt",
        ) from None


def _json_object(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text.removeprefix("\ufeff"))
    except json.JSONDecodeError as error:
        raise Problem(
            400,
            f"The body is not valid JSON: {error.msg} at line {error.lineno}, column {error.colno}. Inside a string, a quotation "
            'mark is written \\" and a line break \\n: let a JSON library write it, or send the article as text/plain.',
        ) from None
    except (ValueError, RecursionError):
        raise Problem(400, f"The body is JSON that no article needs: nested too deep, or a number too long. {_SEND}") from None
    if not isinstance(value, dict):
        raise Problem(422, f"The body is JSON, but {_JSON_NAMES.get(type(value), 'a number')} and not an object. {_SEND}")
    return value


def _loaded(schema: QuoteRequestSchema, fields: dict[str, Any]) -> dict[str, Any]:
    try:
        loaded: dict[str, Any] = schema.load(fields)
    except ValidationError as error:
        errors = tuple(FieldError(name, _message(schema, name, found)) for name, found in error.messages_dict.items())
        raise Problem(422, " ".join(f"{e.field}: {e.detail}" for e in errors), errors=errors) from None
    return loaded


def _message(schema: QuoteRequestSchema, name: str, found: list[str]) -> str:
    if name in schema.fields:
        return " ".join(found)
    near = get_close_matches(name, schema.fields, n=1)
    meant = f" Did you mean {near[0]}?" if near else ""
    return f"There is no such field.{meant} There are: {', '.join(schema.fields)}."


def _check_length(text: str) -> None:
    limit = current_app.config["MAX_CHARACTERS"]
    if len(text) > limit:
        raise Problem(
            413,
            f"The text has {len(text):,} characters; at most {limit:,} are read at once. Send one article a request; "
            "whoever runs the service can raise ATTRIBUTION_MAX_CHARACTERS.",
        )
