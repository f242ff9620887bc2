"""Reads request bodies; no other module does.

In: a request. Out: its fields, or a `Problem` that says what to send. A body is JSON, plain text or HTML, optionally compressed
with gzip or zstd. Options may also be query parameters. A JSON field overrides the parameter of the same name, but the parameter
must still be valid. Text is neither repaired nor normalised, so offsets are valid in the client's copy.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any

from flask import Request, current_app
from gunicorn.http.errors import ParseException
from marshmallow import Schema
from werkzeug.exceptions import ClientDisconnected, RequestEntityTooLarge

from attribution.text import intake

from .admission import reserve_bytes, take_slot
from .failures import Failure
from .fields import from_query, reject_duplicate_keys
from .jobs import load_fields
from .problems import FieldError, Problem, shorten
from .unpack import gunzip, unzstd

FIELD_OF_TYPE = {"application/json": None, "text/plain": "text", "text/html": "html"}
"""The accepted media types, and the field that holds the whole body if it is not a JSON object."""
BODY_FIELDS = ("text", "html")
CODINGS = {"identity": None, "gzip": gunzip, "x-gzip": gunzip, "zstd": unzstd}
"""The accepted content codings, and what decompresses each."""
CHUNK = 65_536
_SEND = 'Send {"text": "…"} as application/json, or the article itself as text/plain or text/html.'
_CURL = " With curl: -H 'Content-Type: text/plain' --data-binary @article.txt"
_ESCAPE = (
    'Inside a string, write a quotation mark as \\" and a line break as \\n. Use a JSON library, or send the article as '
    "text/plain."
)
_ONE_OBJECT = "Send one JSON object; send several, one a line, to POST /v1/quotes/stream."
_JSON_NAMES = {dict: "an object", list: "a list", str: "a string", bool: "a boolean", type(None): "null"}


def read_fields(request: Request, schema: Schema) -> dict[str, Any]:
    """The fields of `request`, from its query and its body. The body's are not validated yet."""
    form = FIELD_OF_TYPE[check_media_type(request, tuple(FIELD_OF_TYPE), _SEND)]
    query = query_fields(request, schema)
    body = decode_utf8(_body(request))
    if form:
        return {**query, form: body}
    # As the contract says, a required field must be in the JSON itself.
    return {**{name: value for name, value in query.items() if not schema.fields[name].required}, **parse_object(body)}


def query_fields(request: Request, schema: Schema) -> dict[str, Any]:
    """The options in the query, validated."""
    for name in BODY_FIELDS:
        if name in request.args:
            detail = "The query string is no place for an article. Send it in the body."
            raise Problem(Failure.WRONG_FIELDS, f"{name}: {detail}", errors=(FieldError(name, detail),))
    query = from_query(schema.fields, request.args.lists())
    if query:
        load_fields(_query_schema(type(schema)), query)
    return query


@cache
def _query_schema(schema: type[Schema]) -> Schema:
    """The schema that validates the options of a query on their own."""
    required = [name for name, field in schema().fields.items() if field.required]
    return schema(exclude=BODY_FIELDS, partial=required)


def check_media_type(request: Request, known: Sequence[str], send: str) -> str:
    """The media type of the body, one of `known`. Otherwise raise a Problem; its detail ends with `send`, the remedy."""
    if not request.mimetype and not request.content_length:
        raise Problem(Failure.NO_BODY, f"The request has no body. {send}")
    if not request.mimetype:
        raise Problem(Failure.UNKNOWN_TYPE, f"The request has a body but no Content-Type. {send}")
    if request.mimetype not in known:
        hint = _CURL if request.mimetype == "application/x-www-form-urlencoded" and "text/plain" in known else ""
        raise Problem(Failure.UNKNOWN_TYPE, f"The Content-Type {shorten(request.mimetype)} is not supported. {send}{hint}")
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    if charset not in ("utf-8", "utf8", "us-ascii"):
        raise Problem(
            Failure.UNKNOWN_CHARSET,
            f"The charset {shorten(charset)} is not supported. Convert the text to UTF-8 and send charset=utf-8.",
        )
    if (coding := _coding(request)) not in CODINGS:
        raise Problem(
            Failure.UNKNOWN_ENCODING,
            f"The Content-Encoding {shorten(coding)} is not supported. Send the body as gzip, as zstd or uncompressed.",
            headers={"Accept-Encoding": "gzip, zstd"},
        )
    return request.mimetype


def _coding(request: Request) -> str:
    """The content coding of the body."""
    return request.headers.get("Content-Encoding", "").strip().lower() or "identity"


def _body(request: Request) -> bytes:
    """The whole body. Once it is complete, the request takes a slot."""
    chunks = list[bytes]()
    for chunk in body_chunks(request, current_app.config["MAX_BODY_BYTES"]):
        reserve_bytes(len(chunk))
        chunks.append(chunk)
    data = b"".join(chunks)
    if not data:
        raise Problem(Failure.NO_BODY, f"The request has no body. {_SEND}")
    take_slot()
    return data


def body_chunks(request: Request, limit: int) -> Iterator[bytes]:
    """The body, chunk by chunk, decompressed. Both sizes, compressed and not, are limited to `limit` bytes."""
    received = _limited(_received(request, limit), limit)
    decompress = CODINGS[_coding(request)]
    return _limited(decompress(received, CHUNK), limit) if decompress else received


def _limited(chunks: Iterator[bytes], limit: int) -> Iterator[bytes]:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > limit:
            raise RequestEntityTooLarge
        yield chunk


def _received(request: Request, limit: int) -> Iterator[bytes]:
    # Werkzeug silently truncates a chunked body at its own limit. That limit is one byte above ours, so we notice.
    request.max_content_length = limit + 1
    size = 0
    while True:
        with _report_cut_off():
            chunk = request.stream.read(CHUNK)
            # gunicorn does not distinguish a closed connection from the end of the body.
            if not chunk and size < (request.content_length or 0):
                raise ClientDisconnected
        if not chunk:
            return
        size += len(chunk)
        yield chunk


@contextmanager
def _report_cut_off() -> Iterator[None]:
    """Turn errors of reading a body into Problems: it is late, malformed or cut off."""
    try:
        yield
    except (ParseException, ClientDisconnected) as error:
        if isinstance(error.__context__, TimeoutError):
            raise _too_slow(current_app.config["BODY_SECONDS"]) from None
        raise Problem(
            Failure.BODY_CUT_OFF,
            "The body is incomplete: it was cut off, or its chunks are malformed. Send the request again, with an HTTP library "
            "that sets Content-Length.",
        ) from None


def _too_slow(seconds: int) -> Problem:
    return Problem(
        Failure.BODY_LATE,
        f"The body took longer than {seconds} s to arrive. Send the request again, or in parts. The operator can raise "
        "ATTRIBUTION_BODY_SECONDS.",
        refused="slow",
    )


def decode_utf8(data: bytes) -> str:
    """The bytes decoded as UTF-8."""
    try:
        return intake.decode(data)
    except intake.EncodingError as error:
        raise Problem(
            Failure.NOT_UTF_8,
            f"The body is {error}. Save the article as UTF-8, or convert it, for example with: "
            f"iconv -f {error.encoding} -t UTF-8 article.txt",
        ) from None


def parse_object(text: str, one_object: str = _ONE_OBJECT) -> dict[str, Any]:
    """The JSON object in the text. If more follows it, the detail of the Problem ends with `one_object`, the remedy."""
    try:
        value = intake.parse_json(text, object_pairs_hook=reject_duplicate_keys)
    except json.JSONDecodeError as error:
        remedy = one_object if error.msg == "Extra data" else _ESCAPE
        raise Problem(
            Failure.MALFORMED_JSON,
            f"The body is not valid JSON: {error.msg} at line {error.lineno}, column {error.colno}. {remedy}",
        ) from None
    except (ValueError, RecursionError):
        raise Problem(
            Failure.MALFORMED_JSON, f"The JSON is nested too deeply, or has a number that is too long. {_SEND}"
        ) from None
    if not isinstance(value, dict):
        raise Problem(Failure.NOT_AN_OBJECT, f"The JSON is {_JSON_NAMES.get(type(value), 'a number')}, not an object. {_SEND}")
    return value
