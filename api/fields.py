"""Fields of requests, as strict as the contract says: JSON's own types and nothing that merely looks like them.

In: what JSON holds. Out: the same, or an error in our words that says what would be right.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from marshmallow import ValidationError, fields, validate

from .failures import Failure
from .problems import Problem, shortened
from .schemas.shape import about

MOST_CHOICES = 100
"""There are far fewer words to choose from."""


def valid_unicode(text: str) -> None:
    """Refuse half of a surrogate pair, which JSON can write as an escape and no encoding can carry."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        place = error.start
        raise ValidationError(
            f"Character {place} is \\u{ord(text[place]):04x}, half of a surrogate pair. Was the text cut in the middle of an "
            "emoji? Cut it between characters, or leave the half out."
        ) from None


def string(description: str, *checks: Any, longest: int | None = None, null: bool = False, **more: Any) -> fields.String:
    """A string, valid Unicode, of at most `longest` characters; `null` says that it may be null."""
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


class Few(fields.List[Any]):
    """A list of at most `most` things. How many they are is looked at before what they are; `remedy` says what to do about it."""

    def __init__(self, inner: fields.Field[Any], *, most: int, remedy: str, metadata: dict[str, Any], **more: Any) -> None:
        super().__init__(inner, metadata={**metadata, "maxItems": most}, **more)
        self._most = most
        self._remedy = remedy

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> list[Any]:
        if isinstance(value, list) and len(value) > self._most:
            raise ValidationError(f"More than {self._most:,}. {self._remedy}")
        return super()._deserialize(value, attr, data, **kwargs)


def choice(description: str, words: Sequence[str]) -> fields.String:
    """One of some words."""
    wrong = f"Must be one of {', '.join(words)}."
    messages: dict[str, Any] = {"invalid": wrong, "null": wrong}
    return fields.String(validate=validate.OneOf(words, error=wrong), error_messages=messages, metadata=about(description))


def choices(description: str, words: Sequence[str], *, least: int = 0) -> Few:
    """A list of some of the words, at least so many."""
    invalid = f"Must be a list with some of {', '.join(words)}."
    length = [validate.Length(min=least, error="Must not be empty. Leave it out for all.")] if least else []
    return Few(
        choice("One of them.", words),
        most=MOST_CHOICES,
        remedy="Name each once.",
        validate=length,
        error_messages={"invalid": invalid, "null": invalid},
        metadata=about(description),
    )


class Truth(fields.Boolean):
    """true or false; 1 and "yes" are neither."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> bool:
        if not isinstance(value, bool):
            raise ValidationError("Must be true or false.")
        return value


class Share(fields.Float):
    """A number from 0 to 1; "0.5" is none."""

    def __init__(self, *, metadata: dict[str, Any]) -> None:
        super().__init__(validate=validate.Range(0, 1), metadata=metadata)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            raise ValidationError("Must be a number from 0 to 1.")
        return float(value)


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of some JSON, in which every key stands once: `json` would keep the last, and other readers the first."""
    found = dict(pairs)
    if len(found) < len(pairs):
        ((key, _),) = Counter(key for key, _ in pairs).most_common(1)
        raise Problem(Failure.DUPLICATE_KEY, f'The JSON has the key "{shortened(key)}" twice in one object. Send it once.')
    return found


def from_query(names: Mapping[str, fields.Field[Any]], given: Iterable[tuple[str, list[str]]]) -> dict[str, Any]:
    """The parameters of a query as JSON would hold them. What cannot be read stays as it is, for the field to refuse."""
    return {name: _read(names.get(name), values) for name, values in given}


def _read(field: fields.Field[Any] | None, values: list[str]) -> Any:
    if isinstance(field, fields.List) and not isinstance(field.inner, fields.Nested):
        return [word for value in values for word in value.split(",") if word]
    if isinstance(field, fields.List | Share | Truth):
        return _json(values[-1])
    return values[-1]


def _json(value: str) -> Any:
    try:
        return json.loads(value, object_pairs_hook=once)
    except (ValueError, RecursionError):
        return value
