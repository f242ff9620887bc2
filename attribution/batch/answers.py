"""Read one article in a process of a batch. In: an `Item`. Out: an `Answer`: the article's rows, or the reason why there are
none, as lines of JSON. An error in one article loses only its own rows; a missing pipeline is raised.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import attribution
from attribution.batch.rows import ROWS
from attribution.batch.sources import MAX_BYTES, Item
from attribution.errors import AttributionError, ModelError, TextError
from attribution.inputs import RawArticle, keywords_of


@dataclass(frozen=True, slots=True)
class Answer:
    """Lines of JSON for one article: `rows` for the output file, `error` for the file of errors."""

    rows: bytes = b""
    error: bytes = b""


_SETTINGS: list[tuple[dict[str, Any], str]] = []
"""The settings of this process: the keywords for every article, and which of `ROWS` to write."""


def prepare(keywords: dict[str, Any], rows: str) -> None:
    """Prepare this process to read. If the pipeline is missing, the first article raises the error."""
    _SETTINGS[:] = [(keywords, rows)]
    with suppress(ModelError):
        attribution.load()


def answer(item: Item) -> Answer:
    """The rows of an article, or the reason why it could not be read."""
    ((keywords, rows),) = _SETTINGS
    arguments = {"article_id": item.article.name, **keywords}
    try:
        arguments |= _own_keywords(item)
        article = attribution.extract(**arguments)
    except ModelError:
        raise
    except AttributionError as error:
        return failure(item.article, arguments["article_id"], str(error))
    except Exception as error:
        reason = f"an error in the library, please report it: {type(error).__name__}: {error}"
        return failure(item.article, arguments["article_id"], reason)
    return Answer(rows=b"".join(map(json_line, ROWS[rows](article))))


def _own_keywords(item: Item) -> dict[str, Any]:
    if item.fault:
        raise TextError(item.fault)
    if len(item.article.data) > MAX_BYTES:
        raise TextError(f"This is larger than the limit of {MAX_BYTES:,} bytes for an article: send it in parts")
    return keywords_of(item.article)


def failure(raw: RawArticle, article_id: str, reason: str) -> Answer:
    """The answer for an article that could not be read."""
    return Answer(error=json_line({"id": article_id, "place": raw.title, "reason": reason}))


def json_line(fields: dict[str, Any]) -> bytes:
    """A line of JSON."""
    return f"{json.dumps(fields, ensure_ascii=False)}\n".encode()
