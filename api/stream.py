"""`POST /v1/quotes/stream`: many articles in, a line each; an answer for each out, in their order, each as soon as it is there.

The whole body is put aside before the first answer goes out: a client that sends all before it reads would else wait for ever,
and so would we. A line that cannot be read costs its own answer only.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from flask import Request, Response, current_app, request, stream_with_context
from flask_smorest import Blueprint
from werkzeug.exceptions import RequestEntityTooLarge

from . import examples
from .admission import SMALL, enter
from .answers import NDJSON, json_line
from .body import decoded, json_object, media_type, pieces, query_fields
from .failures import Failure
from .orders import order
from .parameters import parameters
from .problems import Problem, expected, payload
from .reader import current_reader
from .requests import LONGEST_NAME, WORDS, QuoteRequestSchema

MEDIA_TYPE = NDJSON
MEDIA_TYPES = (MEDIA_TYPE, "application/ndjson", "application/jsonl", "application/json-lines")
SCHEMA = QuoteRequestSchema()
SEND = f'Send lines of JSON, {{"text": "…"}} in each, as {MEDIA_TYPE}.'

blueprint = Blueprint("stream", __name__, description="Find who said what in many articles.")

# What stands in a line; OpenAPI 3.1 has no other word for it.
ANSWERS = [{"$ref": f"#/components/schemas/{name}"} for name in ("Article", "Problem", "StreamEnd")]
LINE = {"contentMediaType": MEDIA_TYPE, "contentSchema": {"$ref": "#/components/schemas/QuoteRequest"}}
BODY = {
    "required": True,
    "description": "One article a line, in UTF-8, each a `QuoteRequest`. Empty lines are passed over.",
    "content": {MEDIA_TYPE: {"schema": {**WORDS, **LINE}, "examples": examples.named(two=examples.LINES)}},
}


@blueprint.route("/v1/quotes/stream", methods=["POST"])
@blueprint.doc(operationId="streamQuotes", requestBody=BODY, parameters=parameters(QuoteRequestSchema))
@blueprint.response(
    200,
    {"type": "string", "contentMediaType": MEDIA_TYPE, "contentSchema": {"anyOf": ANSWERS}},
    content_type=MEDIA_TYPE,
    description="A line for each line of the request, in its order: an `Article`, or a `Problem` with the number of the `line`. "
    "The last line is a `StreamEnd`; where it is missing, the answer was cut off.",
    examples=examples.named(two=examples.ANSWER_LINES),
)
def stream_quotes() -> Response:
    """Find every quotation in many articles.

    One article a line, answered a line each, as they are ready. Options in the query are for every line; a line's own win. A
    line that cannot be read is answered by a problem, and the rest goes on.
    """
    media_type(request, MEDIA_TYPES, SEND)
    options = query_fields(request, SCHEMA)
    spool = _spool(request)
    try:
        enter()
        _check_count(spool)
    except Problem:
        _close(spool)
        raise
    headers = {"X-Accel-Buffering": "no"}  # or else nginx holds the lines back
    return Response(stream_with_context(_answers(spool, options)), content_type=MEDIA_TYPE, headers=headers)


def _spool(request: Request) -> IO[bytes]:
    """The body, put aside: a small one in memory, a large one in a file that nobody else sees."""
    limit = current_app.config["MAX_STREAM_BYTES"]
    spool = SpooledTemporaryFile(SMALL)  # noqa: SIM115, open until the last answer has gone
    try:
        for piece in pieces(request, limit):
            _keep(spool, piece)
    except RequestEntityTooLarge:
        _close(spool)
        raise Problem(Failure.STREAM_TOO_LARGE, _too_much(f"{limit:,} bytes", "ATTRIBUTION_MAX_STREAM_BYTES")) from None
    except Exception:
        _close(spool)
        raise
    return spool


def _keep(spool: IO[bytes], piece: bytes) -> None:
    try:
        spool.write(piece)
        spool.flush()
    except OSError:
        raise Problem(
            Failure.DISK_FULL,
            "There is no room on the disk to put so many articles aside. Send the same request again in 60 s, or in parts of at "
            "most 64 KiB; whoever runs the service can make room where temporary files are kept (TMPDIR).",
            refused="disk",
            headers={"Retry-After": "60"},
        ) from None


def _close(spool: IO[bytes]) -> None:
    """Let a body go that is not to be read; a full disk would complain once more."""
    with suppress(OSError):
        spool.close()


def _check_count(spool: IO[bytes]) -> None:
    limit = current_app.config["MAX_STREAM_LINES"]
    lines = sum(1 for _ in _lines(spool))
    if not lines:
        raise Problem(Failure.NO_BODY, f"The request has no body. {SEND}")
    if lines > limit:
        raise Problem(Failure.STREAM_TOO_LONG, _too_much(f"{limit:,} lines", "ATTRIBUTION_MAX_STREAM_LINES"))


def _too_much(limit: str, setting: str) -> str:
    return (
        f"The body holds more than the {limit} that are read at once, and nothing of it was read. Send it in several requests; "
        f"whoever runs the service can raise {setting}."
    )


def _lines(spool: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """The lines that are not empty, with their numbers in the body, counted from 1; of one that is too large, its beginning."""
    longest = current_app.config["MAX_BODY_BYTES"] + 1
    spool.seek(0)
    for number in count(1):
        line = end = spool.readline(longest)
        while len(end) == longest and not end.endswith(b"\n"):
            end = spool.readline(longest)
        if not line:
            return
        if line.strip() or len(line) == longest:
            yield number, line


def _answers(spool: IO[bytes], options: dict[str, Any]) -> Iterator[str]:
    """A line of JSON for each line of the body, and one that says that this was all."""
    lines = failed = 0
    with spool:
        for number, line in _lines(spool):
            answer = _answer(number, line, options)
            lines, failed = lines + 1, failed + ("line" in answer)
            yield json_line(answer)
    yield json_line({"type": "end", "lines": lines, "failed": failed})
    current_app.extensions["log"].info("stream", lines=lines, failed=failed)


def _answer(number: int, line: bytes, options: dict[str, Any]) -> dict[str, Any]:
    """What one line is answered: its article's quotes, or a problem."""
    fields: dict[str, Any] = {}
    try:
        if len(line) > current_app.config["MAX_BODY_BYTES"]:
            raise RequestEntityTooLarge
        fields = json_object(decoded(line))
        return current_reader().read(order(SCHEMA, {**options, **fields}), patient=True).to_dict()
    except Exception as error:
        return {**payload(expected(error)), "line": number, **_named(fields.get("id"))}


def _named(id_: Any) -> dict[str, str]:
    """The name that a line bears, if it is one."""
    return {"id": id_} if isinstance(id_, str) and len(id_) <= LONGEST_NAME else {}
