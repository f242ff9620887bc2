"""The service's responses about itself: its health, its pipeline, why a request failed, the end of a stream."""

from __future__ import annotations

from typing import Any, ClassVar

from marshmallow import fields

from attribution.options import OPTIONS

from ..failures import PREFIX, Failure
from .shape import ModelSchema, Output, about, number, one, string, strings


class HealthSchema(Output):
    """The state of the service."""

    status = string("`live` if the process runs, `ready` if it can read articles.")


class KnownWordsSchema(Output):
    """The values that each option of a request accepts."""

    class Meta(Output.Meta):
        include: ClassVar[dict[str, Any]] = {name: strings(option.values) for name, option in OPTIONS.items() if option.choices}


class ModelInfoSchema(ModelSchema):
    """The trained pipeline, and the values that its options accept."""

    options = one(KnownWordsSchema, "The values that each option of a request accepts.")
    kinds = strings("The kinds of quotes. Attitudes and topics are returned only if you set the options of these names.")


class FieldErrorSchema(Output):
    """What is wrong with one field."""

    field = string("The name of the field, in the body or in the query, e.g. `types[0]`.")
    detail = string("What is wrong with the field, and what is valid.")


class ProblemSchema(Output):
    """Why a request failed (RFC 9457)."""

    type = string(f"The kind of problem as a URI: `{PREFIX}` followed by the `code`.")
    title = string("The HTTP status in words.")
    status = number("The HTTP status.")
    detail = string("What went wrong this time, and how to fix it.")
    code = string("The kind of problem, for programs.", choices=[failure.code for failure in Failure])
    errors = fields.List(fields.Nested(FieldErrorSchema), metadata=about("What is wrong with each invalid field, if any."))
    line = fields.Integer(metadata=about("In a stream: the number of the line that failed, counted from 1."))
    id = fields.String(metadata=about("In a stream: the `id` of the article in that line, if it has one."))
    language = fields.String(metadata=about("The ISO 639 code of the article's language, if it is not English."))


class StreamEndSchema(Output):
    """The last line of a stream. It marks the end of a complete response."""

    type = string("Always `end`.", choices=["end"])
    lines = number("The number of lines answered.")
    failed = number("How many of them were answered with a problem.")
