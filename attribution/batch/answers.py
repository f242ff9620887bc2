"""What is read in each process of a batch. In: an `Item`. Out: an `Answer`, its article's rows or why there are none, as lines of
JSON. A fault of one article costs its own rows only; without a trained pipeline nothing can be read, and that is raised.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import attribution
from attribution.batch.rows import ROWS
from attribution.batch.sources import MOST, Item
from attribution.errors import AttributionError, ModelError, TextError
from attribution.inputs import RawArticle, keywords_of


@dataclass(frozen=True, slots=True)
class Answer:
    """Lines of JSON: `rows` are what an article gives the file of the batch, `error` what it gives the file of errors."""

    rows: bytes = b""
    error: bytes = b""


_SETTLED: list[tuple[dict[str, Any], str]] = []
"""In this process: the keywords that every article is read with, and which of `ROWS` are wanted."""


def prepare(keywords: dict[str, Any], rows: str) -> None:
    """Make this process ready to read. Where the pipeline is missing, the first article says so."""
    _SETTLED[:] = [(keywords, rows)]
    with suppress(ModelError):
        attribution.load()


def answer(item: Item) -> Answer:
    """What is found in an article, or why nothing could be."""
    ((keywords, rows),) = _SETTLED
    wanted = {"article_id": item.piece.name, **keywords}
    try:
        wanted |= _asked(item)
        article = attribution.extract(**wanted)
    except ModelError:
        raise
    except AttributionError as error:
        return failed(item.piece, wanted["article_id"], str(error))
    except Exception as error:
        reason = f"a fault of the library, which you may report: {type(error).__name__}: {error}"
        return failed(item.piece, wanted["article_id"], reason)
    return Answer(rows=b"".join(map(line, ROWS[rows](article))))


def _asked(item: Item) -> dict[str, Any]:
    if item.fault:
        raise TextError(item.fault)
    if len(item.piece.data) > MOST:
        raise TextError(f"This is larger than the {MOST:,} bytes that are read of an article: send it in parts")
    return keywords_of(item.piece)


def failed(piece: RawArticle, article_id: str, reason: str) -> Answer:
    """Why there is nothing of an article."""
    return Answer(error=line({"id": article_id, "place": piece.title, "reason": reason}))


def line(fields: dict[str, Any]) -> bytes:
    """A line of JSON."""
    return f"{json.dumps(fields, ensure_ascii=False)}\n".encode()
