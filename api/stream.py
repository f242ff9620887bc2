"""`POST /v1/quotes/stream`: many articles in, one per line; one answer per line out, in the same order, as soon as each is ready.

The whole body is stored before the first answer is sent. Otherwise a client that sends everything before it reads anything would
deadlock with the service. Each line yields a result or a problem; an error does not stop the stream.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from flask import Request, Response, current_app, request, stream_with_context
from flask_smorest import Blueprint
from werkzeug.exceptions import RequestEntityTooLarge

from attribution.text import intake

from . import examples
from .admission import SMALL_BODY, take_slot
from .answers import NDJSON, json_line
from .body import body_chunks, check_media_type, decode_utf8, parse_object, query_fields
from .failures import Failure
from .jobs import make_job
from .parameters import query_parameters
from .problems import Problem, payload, to_http_error
from .reader import current_reader
from .requests import LONGEST_NAME, WORDS, QuoteRequestSchema

MEDIA_TYPES = (NDJSON, "application/ndjson", "application/jsonl", "application/json-lines")
SCHEMA = QuoteRequestSchema()
SEND = f'Send lines of JSON, {{"text": "…"}} in each, as {NDJSON}.'
ONE_OBJECT = "Send one JSON object a line; with curl use --data-binary instead of -d."

blueprint = Blueprint("stream", __name__, description="Find who said what in many articles.")

# OpenAPI 3.1 cannot describe the lines of a response in any other way.
ANSWERS = [{"$ref": f"#/components/schemas/{name}"} for name in ("Article", "Problem", "StreamEnd")]
LINE = {"contentMediaType": NDJSON, "contentSchema": {"$ref": "#/components/schemas/QuoteRequest"}}
BODY = {
    "required": True,
    "description": "One article per line, in UTF-8, each a `QuoteRequest`. Empty lines are skipped.",
    "content": {NDJSON: {"schema": {**WORDS, **LINE}, "examples": examples.named(two=examples.LINES)}},
}


@blueprint.route("/v1/quotes/stream", methods=["POST"])
@blueprint.doc(operationId="streamQuotes", requestBody=BODY, parameters=query_parameters(QuoteRequestSchema))
@blueprint.response(
    200,
    {"type": "string", "contentMediaType": NDJSON, "contentSchema": {"anyOf": ANSWERS}},
    content_type=NDJSON,
    description="One line for each line of the request, in the same order: an `Article`, or a `Problem` with the number of the "
    "`line`. The last line is a `StreamEnd`; if it is missing, the response was cut off.",
    examples=examples.named(two=examples.ANSWER_LINES),
)
def stream_quotes() -> Response:
    """Find every quotation in many articles.

    Send one article per line; each is answered as soon as it is ready. Options in the query apply to every line; a line's own
    options take precedence. Each line yields a result or a problem; an error does not stop the stream.
    """
    check_media_type(request, MEDIA_TYPES, SEND)
    options = query_fields(request, SCHEMA)
    spool = _spool(request)
    try:
        take_slot()
        _check_count(spool)
    except Problem:
        _discard(spool)
        raise
    headers = {"X-Accel-Buffering": "no"}  # otherwise nginx buffers the lines
    return Response(stream_with_context(_answer_lines(spool, options)), content_type=NDJSON, headers=headers)


def _spool(request: Request) -> IO[bytes]:
    """The stored body: a small one in memory, a large one in an unnamed temporary file."""
    limit = current_app.config["MAX_STREAM_BYTES"]
    spool = SpooledTemporaryFile(SMALL_BODY)  # noqa: SIM115, open until the last answer is sent
    try:
        for chunk in body_chunks(request, limit):
            _write(spool, chunk)
    except RequestEntityTooLarge:
        _discard(spool)
        raise Problem(Failure.STREAM_TOO_LARGE, _over_limit(f"{limit:,} bytes", "ATTRIBUTION_MAX_STREAM_BYTES")) from None
    except Exception:
        _discard(spool)
        raise
    return spool


def _write(spool: IO[bytes], chunk: bytes) -> None:
    try:
        spool.write(chunk)
        spool.flush()
    except OSError:
        raise Problem(
            Failure.DISK_FULL,
            "The service has no disk space for the stream. Send the same request again in 60 s, or in parts of at most 64 KiB. "
            "The operator can free space in the folder for temporary files (TMPDIR).",
            refused="disk",
            headers={"Retry-After": "60"},
        ) from None


def _discard(spool: IO[bytes]) -> None:
    """Close a body that will not be read. If the disk is full, closing raises another OSError."""
    with suppress(OSError):
        spool.close()


def _check_count(spool: IO[bytes]) -> None:
    limit = current_app.config["MAX_STREAM_LINES"]
    lines = sum(1 for _ in _lines(spool))
    if not lines:
        raise Problem(Failure.NO_BODY, f"The request has no body. {SEND}")
    if lines > limit:
        raise Problem(Failure.STREAM_TOO_LONG, _over_limit(f"{limit:,} lines", "ATTRIBUTION_MAX_STREAM_LINES"))


def _over_limit(limit: str, setting: str) -> str:
    return (
        f"The stream has more than {limit}; none of it was read. Send it in several requests. The operator can raise {setting}."
    )


def _lines(spool: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """The lines of the body that are not blank, with their numbers."""
    spool.seek(0)
    return intake.lines(spool, current_app.config["MAX_BODY_BYTES"])


def _answer_lines(spool: IO[bytes], options: dict[str, Any]) -> Iterator[str]:
    """A line of JSON for each line of the body, and a last line that marks the end."""
    lines = failed = 0
    with spool:
        for number, line in _lines(spool):
            answer = _answer(number, line, options)
            lines, failed = lines + 1, failed + ("line" in answer)
            yield json_line(answer)
    yield json_line({"type": "end", "lines": lines, "failed": failed})
    current_app.extensions["log"].info("stream", lines=lines, failed=failed)


def _answer(number: int, line: bytes, options: dict[str, Any]) -> dict[str, Any]:
    """The answer to one line: its article's quotes, or a problem."""
    fields: dict[str, Any] = {}
    try:
        if len(line) > current_app.config["MAX_BODY_BYTES"]:
            raise RequestEntityTooLarge
        fields = parse_object(decode_utf8(line), ONE_OBJECT)
        return current_reader().extract(make_job(SCHEMA, {**options, **fields}), wait=True).to_dict()
    except Exception as error:
        return {**payload(to_http_error(error)), "line": number, **_id_of(fields.get("id"))}


def _id_of(id_: Any) -> dict[str, str]:
    """The `id` of a line, if it is valid."""
    return {"id": id_} if isinstance(id_, str) and len(id_) <= LONGEST_NAME else {}
