"""Turns the fields of a request into a `Job` for the library.

In: the fields. Out: a `Job`, or a `Problem` that names the invalid fields and says what is valid. Extracting an article from HTML
takes time, so it happens later, when the guard calls `Job.article_text`. The code behind the guard sees only text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from flask import current_app
from marshmallow import Schema, ValidationError, fields

from attribution import TextError
from attribution.options import DEFAULT_INCLUDE, unknown_field_message
from attribution.text import html, intake

from .failures import Failure
from .problems import FieldError, Problem, shorten, text_problem

UNKNOWN = ["Unknown field."]
MAX_ERRORS = 20
"""Further errors are only counted, so that a large invalid request does not cause a large response."""


@dataclass(frozen=True, slots=True)
class Job:
    """An article to read: its `text` or a `page` of HTML, its `id`, and the `options` under the library's names."""

    text: str | None
    page: str | None = None
    id: str | None = None
    options: Mapping[str, Any] = field(default_factory=dict)

    def article_text(self) -> html.ArticleText:
        """The text to read. Raises a Problem if an HTML page has no words, or more than the limit."""
        try:
            found = intake.article_text(self.text, self.page)
        except TextError as error:
            raise text_problem(error, "html") from None
        _check_length(found.text)
        return found


def make_job(schema: Schema, request_fields: Mapping[str, Any]) -> Job:
    """The job that a request asks for."""
    options = load_fields(schema, request_fields)
    page, text, id_ = (options.pop(name, None) for name in ("html", "text", "id"))
    if text is not None:
        _check_length(text)
    else:
        options["include"] = ["text", *options.get("include", DEFAULT_INCLUDE)]
    options.setdefault("min_speaker_probability", current_app.config["MIN_SPEAKER_PROBABILITY"])
    return Job(text, page, id_, options)


def _check_length(text: str) -> None:
    limit = current_app.config["MAX_CHARACTERS"]
    if len(text) > limit:
        raise Problem(
            Failure.TEXT_TOO_LONG,
            f"The text has {len(text):,} characters; the limit is {limit:,}. Send one article per request. The operator can "
            "raise ATTRIBUTION_MAX_CHARACTERS.",
        )


def load_fields(schema: Schema, request_fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields as the schema loads them. Raises a Problem that lists up to MAX_ERRORS invalid fields."""
    try:
        options: dict[str, Any] = schema.load(request_fields)
    except ValidationError as error:
        errors = tuple(islice(_errors(schema, error.messages_dict), MAX_ERRORS))
        details = [f"{e.field}: {e.detail}" for e in errors]
        if more := _count(error.messages_dict) - len(errors):
            details.append(f"{more:,} more are invalid.")
        raise Problem(Failure.WRONG_FIELDS, " ".join(details), errors=errors) from None
    return options


def _count(messages: Any) -> int:
    """The number of fields in marshmallow's tree of messages."""
    return sum(map(_count, messages.values())) if isinstance(messages, dict) else 1


def _errors(schema: Schema, messages: Mapping[str, Any], prefix: str = "") -> Iterator[FieldError]:
    """marshmallow's tree of messages as a flat list, with paths such as `known_speakers[1].name`."""
    for name, detail in messages.items():
        path = f"{prefix}{shorten(name)}"
        if detail == UNKNOWN:
            yield FieldError(path, unknown_field_message(name, schema.fields))
        elif isinstance(detail, list):
            yield FieldError(path, " ".join(detail))
        else:
            yield from _item_errors(schema.fields[name], detail, path)


def _item_errors(items: fields.Field[Any], messages: Mapping[Any, Any], path: str) -> Iterator[FieldError]:
    """The messages of a list's items, e.g. `types[0]`."""
    inner = items.inner if isinstance(items, fields.List) else items
    for number, detail in messages.items():
        if isinstance(detail, list):
            yield FieldError(f"{path}[{number}]", " ".join(detail))
        elif "_schema" in detail:
            yield FieldError(f"{path}[{number}]", " ".join(detail["_schema"]))
        elif isinstance(inner, fields.Nested):
            yield from _errors(inner.schema, detail, f"{path}[{number}].")
        else:
            yield from _item_errors(inner, detail, f"{path}[{number}]")
