"""The one place that reads a request's body: bytes in, the fields of the request out, or a `Problem` that says what to send.

A body is JSON, plain text or HTML, as it is or as gzip. Options may stand in the query with each; a JSON field wins over a
query parameter of its name, which has to be right all the same. Nothing is repaired and nothing is normalised, so that offsets
into the text hold on the client's side.
"""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

from flask import Request, current_app
from gunicorn.http.errors import ParseException
from marshmallow import Schema
from werkzeug.exceptions import ClientDisconnected, RequestEntityTooLarge

from .admission import enter, hold
from .failures import Failure
from .fields import from_query, once
from .orders import loaded
from .problems import FieldError, Problem, shortened
from .unpack import expanded

FORMS = {"application/json": None, "text/plain": "text", "text/html": "html"}
"""What is read, and as which field where the body is no object of fields."""
IN_BODY = ("text", "html")
CODINGS = {"identity": False, "gzip": True, "x-gzip": True}
"""What a body may be compressed by, and whether that is gzip."""
PIECE = 65_536
_SEND = 'Send {"text": "…"} as application/json, or the article itself as text/plain or text/html.'
_CURL = " With curl: -H 'Content-Type: text/plain' --data-binary @article.txt"
_JSON_NAMES = {dict: "an object", list: "a list", str: "a string", bool: "a truth value", type(None): "null"}


def read_fields(request: Request, schema: Schema) -> dict[str, Any]:
    """The fields that `request` carries, in its query and its body; not yet what they mean."""
    form = FORMS[media_type(request, tuple(FORMS), _SEND)]
    query = query_fields(request, schema)
    body = decoded(_data(request))
    if form:
        return {**query, form: body}
    # What is required has to stand in the JSON itself, as the contract says.
    return {**{name: value for name, value in query.items() if not schema.fields[name].required}, **json_object(body)}


def query_fields(request: Request, schema: Schema) -> dict[str, Any]:
    """The options that stand in the query, each of which can be meant."""
    for name in IN_BODY:
        if name in request.args:
            detail = "An address is too short for an article. Send it as the body."
            raise Problem(Failure.WRONG_FIELDS, f"{name}: {detail}", errors=(FieldError(name, detail),))
    query = from_query(schema.fields, request.args.lists())
    if query:
        loaded(_of_query(type(schema)), query)
    return query


@cache
def _of_query(schema: type[Schema]) -> Schema:
    """What checks the options of a query by themselves."""
    required = [name for name, field in schema().fields.items() if field.required]
    return schema(exclude=IN_BODY, partial=required)


def media_type(request: Request, known: Sequence[str], send: str) -> str:
    """The type of the body, one of those known; `send` says what to send in place of another."""
    if not request.mimetype and not request.content_length:
        raise Problem(Failure.NO_BODY, f"The request has no body. {send}")
    if not request.mimetype:
        raise Problem(Failure.UNKNOWN_TYPE, f"The request does not say what its body is: it has no Content-Type. {send}")
    if request.mimetype not in known:
        hint = _CURL if request.mimetype == "application/x-www-form-urlencoded" and "text/plain" in known else ""
        raise Problem(
            Failure.UNKNOWN_TYPE, f"The Content-Type is {shortened(request.mimetype)}, which is not read here. {send}{hint}"
        )
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    if charset not in ("utf-8", "utf8", "us-ascii"):
        raise Problem(
            Failure.UNKNOWN_CHARSET,
            f"The Content-Type says charset={shortened(charset)}. Convert the text to UTF-8 and send charset=utf-8.",
        )
    if (coding := _coding(request)) not in CODINGS:
        raise Problem(
            Failure.UNKNOWN_ENCODING,
            f"The Content-Encoding is {shortened(coding)}, which is not read here. Send the body as gzip, or as it is.",
            headers={"Accept-Encoding": "gzip"},
        )
    return request.mimetype


def _coding(request: Request) -> str:
    """How the body is compressed."""
    return request.headers.get("Content-Encoding", "").strip().lower() or "identity"


def _data(request: Request) -> bytes:
    """The body, of a request that then has a place."""
    held = list[bytes]()
    for piece in pieces(request, current_app.config["MAX_BODY_BYTES"]):
        hold(len(piece))
        held.append(piece)
    data = b"".join(held)
    if not data:
        raise Problem(Failure.NO_BODY, f"The request has no body. {_SEND}")
    enter()
    return data


def pieces(request: Request, limit: int) -> Iterator[bytes]:
    """The body as it comes, expanded if it is gzip. One of more than `limit` bytes, before or after, is refused."""
    came = _bounded(_came(request, limit), limit)
    return _bounded(expanded(came, PIECE), limit) if CODINGS[_coding(request)] else came


def _bounded(pieces: Iterator[bytes], limit: int) -> Iterator[bytes]:
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > limit:
            raise RequestEntityTooLarge
        yield piece


def _came(request: Request, limit: int) -> Iterator[bytes]:
    # Werkzeug cuts a chunked body at its own limit without a word; that limit is one byte above ours, so that a cut is seen.
    request.max_content_length = limit + 1
    size = 0
    while True:
        with _whole():
            piece = request.stream.read(PIECE)
            # gunicorn takes the end of the connection for the end of the body.
            if not piece and size < (request.content_length or 0):
                raise ClientDisconnected
        if not piece:
            return
        size += len(piece)
        yield piece


@contextmanager
def _whole() -> Iterator[None]:
    """Read a body within; one that does not come whole is the client's fault, or the network's."""
    try:
        yield
    except (ParseException, ClientDisconnected) as error:
        if isinstance(error.__context__, TimeoutError):
            raise _slow(current_app.config["BODY_SECONDS"]) from None
        raise Problem(
            Failure.BODY_CUT_OFF,
            "The body did not come whole: it was cut off, or its chunks are not well formed. Send the request again; let an HTTP "
            "library write it, with its Content-Length.",
        ) from None


def _slow(seconds: int) -> Problem:
    return Problem(
        Failure.BODY_LATE,
        f"The body took longer to come than the {seconds} s that it may. Send the request again, or in parts; whoever runs the "
        "service can raise ATTRIBUTION_BODY_SECONDS.",
        refused="slow",
    )


def decoded(data: bytes) -> str:
    """The text that some bytes of UTF-8 are."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            raise Problem(
                Failure.NOT_UTF_8, "The body is UTF-16. Convert it with: iconv -f UTF-16 -t UTF-8 article.txt"
            ) from None
        raise Problem(
            Failure.NOT_UTF_8,
            f"The body is not UTF-8: byte {error.start} (0x{data[error.start]:02X}) cannot stand there. Save the article as "
            "UTF-8, or convert it, for example with: iconv -f WINDOWS-1252 -t UTF-8 article.txt",
        ) from None


def json_object(text: str) -> dict[str, Any]:
    """The object that some JSON is."""
    try:
        value = json.loads(text.removeprefix("\ufeff"), object_pairs_hook=once)
    except json.JSONDecodeError as error:
        raise Problem(
            Failure.MALFORMED_JSON,
            f"The body is not valid JSON: {error.msg} at line {error.lineno}, column {error.colno}. Inside a string, a quotation "
            'mark is written \\" and a line break \\n: let a JSON library write it, or send the article as text/plain.',
        ) from None
    except (ValueError, RecursionError):
        raise Problem(
            Failure.MALFORMED_JSON, f"The body is JSON that no article needs: nested too deep, or a number too long. {_SEND}"
        ) from None
    if not isinstance(value, dict):
        raise Problem(
            Failure.NOT_AN_OBJECT, f"The body is JSON, but {_JSON_NAMES.get(type(value), 'a number')} and not an object. {_SEND}"
        )
    return value
