"""Request fields that are as strict as the contract: they accept JSON's own types, and convert nothing.

In: a JSON value. Out: the same value, or an error message of ours that says what is valid.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from marshmallow import ValidationError, fields, validate

from attribution.text.intake import half_pair

from .failures import Failure
from .problems import Problem, shorten
from .schemas.shape import about

MAX_CHOICES = 100
"""More values than any option has to choose from."""


def valid_unicode(text: str) -> None:
    """Reject a lone surrogate, which JSON can escape but no encoding can represent."""
    if (place := half_pair(text)) is not None:
        raise ValidationError(
            f"Character {place} is \\u{ord(text[place]):04x}, half of a surrogate pair. If the text was cut in the middle of an "
            "emoji, cut it between characters, or remove the half."
        )


def string(description: str, *checks: Any, longest: int | None = None, null: bool = False, **more: Any) -> fields.String:
    """A string of valid Unicode, with at most `longest` characters; `null` allows null."""
    length = [validate.Length(max=longest, error=f"Longer than {longest} characters.")] if longest else []
    messages: dict[str, Any] = {"invalid": "Must be a string.", "null": "Must be a string, not null.", "required": "Missing."}
    required = more.pop("required", False)
    return fields.String(
        required=required,
        allow_none=null,
        validate=[*checks, *length, valid_unicode],
        error_messages={**messages, **more.pop("messages", {})},
        metadata=about(description, **more),
    )


class BoundedList(fields.List[Any]):
    """A list of at most `max_items`. A longer one is rejected before its items are validated; `remedy` says how to fix it."""

    def __init__(self, inner: fields.Field[Any], *, max_items: int, remedy: str, metadata: dict[str, Any], **more: Any) -> None:
        super().__init__(inner, metadata={**metadata, "maxItems": max_items}, **more)
        self._max_items = max_items
        self._remedy = remedy

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> list[Any]:
        if isinstance(value, list) and len(value) > self._max_items:
            raise ValidationError(f"More than {self._max_items:,}. {self._remedy}")
        return super()._deserialize(value, attr, data, **kwargs)


def choice(description: str, words: Sequence[str]) -> fields.String:
    """One of the words."""
    wrong = f"Must be one of {', '.join(words)}."
    messages: dict[str, Any] = {"invalid": wrong, "null": wrong}
    return fields.String(validate=validate.OneOf(words, error=wrong), error_messages=messages, metadata=about(description))


def choices(description: str, words: Sequence[str], *, minimum: int = 0) -> BoundedList:
    """A list of the words, at least `minimum` of them."""
    invalid = f"Must be a list of values from {', '.join(words)}."
    length = [validate.Length(min=minimum, error="Must not be empty. Omit the field to get all.")] if minimum else []
    return BoundedList(
        choice("One of them.", words),
        max_items=MAX_CHOICES,
        remedy="Name each once.",
        validate=length,
        error_messages={"invalid": invalid, "null": invalid},
        metadata=about(description),
    )


class StrictBoolean(fields.Boolean):
    """true or false; 1 and "yes" are rejected."""

    default_error_messages = {"null": "Must be true or false."}  # noqa: RUF012, marshmallow's own name for it

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> bool:
        if not isinstance(value, bool):
            raise ValidationError("Must be true or false.")
        return value


class Probability(fields.Float):
    """A number from 0 to 1; the string "0.5" is rejected."""

    def __init__(self, *, metadata: dict[str, Any]) -> None:
        super().__init__(validate=validate.Range(0, 1), metadata=metadata)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            raise ValidationError("Must be a number from 0 to 1.")
        return float(value)


def reject_duplicate_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object whose keys are unique. `json` would keep the last of two values, other parsers the first."""
    unique = dict(pairs)
    if len(unique) < len(pairs):
        ((key, _),) = Counter(key for key, _ in pairs).most_common(1)
        raise Problem(Failure.DUPLICATE_KEY, f'A JSON object has the key "{shorten(key)}" twice. Send it once.')
    return unique


def from_query(names: Mapping[str, fields.Field[Any]], parameters: Iterable[tuple[str, list[str]]]) -> dict[str, Any]:
    """The query parameters as JSON values. A value that cannot be parsed stays a string, which its field then rejects."""
    return {name: _parse_parameter(names.get(name), values) for name, values in parameters}


def _parse_parameter(field: fields.Field[Any] | None, values: list[str]) -> Any:
    if isinstance(field, fields.List) and not isinstance(field.inner, fields.Nested):
        return [word for value in values for word in value.split(",") if word]
    if isinstance(field, fields.List | Probability | StrictBoolean):
        return _parse_json(values[-1])
    return values[-1]


def _parse_json(value: str) -> Any:
    try:
        return json.loads(value, object_pairs_hook=reject_duplicate_keys)
    except (ValueError, RecursionError):
        return value
