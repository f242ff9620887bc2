"""What the service says of itself: how it is, which pipeline it has, why a request failed, that a stream is at its end."""

from __future__ import annotations

from marshmallow import fields, validate

from ..failures import PREFIX, Failure
from .shape import ModelSchema, Output, about


class HealthSchema(Output):
    """The state of the service."""

    status = fields.String(required=True, metadata=about("`live`, or `ready` to read articles."))


class KnownWordsSchema(Output):
    """The words that each option of a request knows."""

    types = fields.List(fields.String(), required=True, metadata=about("The types of quotes."))
    acts = fields.List(fields.String(), required=True, metadata=about("The acts of verbs."))
    context = fields.List(fields.String(), required=True, metadata=about("What can be returned around a quote."))
    offset_unit = fields.List(fields.String(), required=True, metadata=about("What offsets can count."))
    include = fields.List(fields.String(), required=True, metadata=about("What else an answer can hold."))
    language = fields.List(fields.String(), required=True, metadata=about("The languages that are read."))


class ModelInfoSchema(ModelSchema):
    """The trained pipeline, and what can be asked of it."""

    options = fields.Nested(KnownWordsSchema, required=True, metadata=about("The words that each option of a request knows."))
    kinds = fields.List(
        fields.String(),
        required=True,
        metadata=about(
            "The kinds of quotes; attitudes and topics are returned only where the options of these names ask for them."
        ),
    )


class FieldErrorSchema(Output):
    """What is wrong with one field."""

    field = fields.String(required=True, metadata=about("Its name, in the body or in the query, e.g. `types[0]`."))
    detail = fields.String(required=True, metadata=about("What is wrong with it, and what would be right."))


class ProblemSchema(Output):
    """Why a request failed (RFC 9457)."""

    type = fields.String(required=True, metadata=about(f"What kind of problem it is: `{PREFIX}` and the `code`."))
    title = fields.String(required=True, metadata=about("The status in words."))
    status = fields.Integer(required=True, metadata=about("The HTTP status."))
    detail = fields.String(required=True, metadata=about("What went wrong this time, and what to do about it."))
    code = fields.String(
        required=True,
        validate=validate.OneOf([failure.code for failure in Failure]),
        metadata=about("What kind of problem it is, in a word for programs."),
    )
    errors = fields.List(fields.Nested(FieldErrorSchema), metadata=about("What is wrong with which field, if fields are wrong."))
    line = fields.Integer(metadata=about("In a stream, the number of the line that failed, counted from 1."))
    id = fields.String(metadata=about("In a stream, the `id` of the article in that line, if it has one."))
    language = fields.String(metadata=about("The ISO 639 code of the language that the article is in, if it is not English."))


class StreamEndSchema(Output):
    """The last line of a stream: that this was all."""

    type = fields.String(required=True, validate=validate.OneOf(["end"]), metadata=about("Always `end`."))
    lines = fields.Integer(required=True, metadata=about("How many lines were answered."))
    failed = fields.Integer(required=True, metadata=about("How many of them by a problem."))
