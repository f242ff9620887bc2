"""What a client asks for, as the core is given it. In: the fields of a request. Out: an `Order`, or a `Problem` that names the
fields that are wrong, and what would be right. What of HTML is the article costs time to find out, so it is found out when the
guard lets it (`Order.words`); whatever comes after knows only text.
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
from attribution.text import html

from .failures import Failure
from .problems import FieldError, Problem, of_text, shortened

UNKNOWN = ["Unknown field."]
MOST_ERRORS = 20
"""Of more, only the number is told: an answer to what is wrong is no longer for a request that is."""


@dataclass(frozen=True, slots=True)
class Order:
    """What a client asks for: the `text` to read, or that of a `page` of HTML, the `id` to answer under, and the `options` given,
    by the library's names.
    """

    text: str | None
    page: str | None = None
    id: str | None = None
    options: Mapping[str, Any] = field(default_factory=dict)

    def words(self) -> str:
        """The text to read. Raises a Problem for a page without words, or with more than are read."""
        return self.text if self.text is not None else _words(self.page or "")


def order(schema: Schema, given: Mapping[str, Any]) -> Order:
    """The order that the fields of a request make."""
    options = loaded(schema, given)
    page, text, id_ = (options.pop(name, None) for name in ("html", "text", "id"))
    if text is not None:
        _check_length(text)
    else:
        options["include"] = ["text", *options.get("include", DEFAULT_INCLUDE)]
    options.setdefault("min_speaker_probability", current_app.config["MIN_SPEAKER_PROBABILITY"])
    return Order(text, page, id_, options)


def _words(page: str) -> str:
    try:
        text = html.extract_text(page)
    except TextError as error:
        raise of_text(error, "html") from None
    _check_length(text)
    return text


def _check_length(text: str) -> None:
    limit = current_app.config["MAX_CHARACTERS"]
    if len(text) > limit:
        raise Problem(
            Failure.TEXT_TOO_LONG,
            f"The text has {len(text):,} characters; at most {limit:,} are read at once. Send one article a request; "
            "whoever runs the service can raise ATTRIBUTION_MAX_CHARACTERS.",
        )


def loaded(schema: Schema, given: Mapping[str, Any]) -> dict[str, Any]:
    """The fields as the schema loads them; a Problem that names those that are wrong, and says how many more are."""
    try:
        options: dict[str, Any] = schema.load(given)
    except ValidationError as error:
        errors = tuple(islice(_errors(schema, error.messages_dict), MOST_ERRORS))
        details = [f"{e.field}: {e.detail}" for e in errors]
        if more := _count(error.messages_dict) - len(errors):
            details.append(f"{more:,} more are wrong.")
        raise Problem(Failure.WRONG_FIELDS, " ".join(details), errors=errors) from None
    return options


def _count(messages: Any) -> int:
    """How many fields marshmallow's tree of messages names."""
    return sum(map(_count, messages.values())) if isinstance(messages, dict) else 1


def _errors(schema: Schema, messages: Mapping[str, Any], prefix: str = "") -> Iterator[FieldError]:
    """marshmallow's tree of messages as a list, e.g. `known_speakers[1].name`."""
    for name, found in messages.items():
        path = f"{prefix}{shortened(name)}"
        if found == UNKNOWN:
            yield FieldError(path, unknown_field_message(name, schema.fields))
        elif isinstance(found, list):
            yield FieldError(path, " ".join(found))
        else:
            yield from _item_errors(schema.fields[name], found, path)


def _item_errors(items: fields.Field[Any], messages: Mapping[Any, Any], path: str) -> Iterator[FieldError]:
    """The messages of a list, by the number of its item."""
    inner = items.inner if isinstance(items, fields.List) else items
    for number, found in messages.items():
        if isinstance(found, list):
            yield FieldError(f"{path}[{number}]", " ".join(found))
        elif "_schema" in found:
            yield FieldError(f"{path}[{number}]", " ".join(found["_schema"]))
        elif isinstance(inner, fields.Nested):
            yield from _errors(inner.schema, found, f"{path}[{number}].")
        else:
            yield from _item_errors(inner, found, f"{path}[{number}]")
