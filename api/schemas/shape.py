"""The one shape: the quotations of an article, and who spoke.

It is `attribution.data` in the same words, and a test holds the two together. What the other schemas are built on stands here
too; what comes in is in `api.requests`.
"""

from __future__ import annotations

from typing import Any

from marshmallow import EXCLUDE, Schema, fields, validate

from attribution.data import ACTS, EVIDENCE, KINDS, RELATIONS, SPEAKER_TYPES, TYPES
from attribution.options import UNITS


def about(description: str, **more: Any) -> dict[str, Any]:
    """What the contract says of a field: a `description`, and whatever else JSON Schema has a word for."""
    return {"description": description, **more}


class Output(Schema):
    """What goes out."""

    class Meta:
        unknown = EXCLUDE


class SpanSchema(Output):
    """A stretch of the article."""

    start = fields.Integer(required=True, metadata=about("Where it starts, in the answer's `offset_unit`."))
    end = fields.Integer(required=True, metadata=about("Where it ends, exclusive."))
    text = fields.String(required=True, metadata=about("The words between `start` and `end`."))


class VerbSchema(SpanSchema):
    """The words that signal the quote, analysed."""

    lemma = fields.String(required=True, metadata=about("The base form of its main word."))
    act = fields.String(required=True, validate=validate.OneOf(ACTS), metadata=about("What is done by saying it."))
    negated = fields.Boolean(required=True, metadata=about("Whether the article says that it was not done."))


class SpeakerRefSchema(Output):
    """Who said it."""

    id = fields.String(required=True, metadata=about("The `id` of an entry of the answer's `speakers`."))
    name = fields.String(required=True, metadata=about("The speaker's name, as in that entry."))
    evidence = fields.String(
        required=True,
        validate=validate.OneOf(EVIDENCE),
        metadata=about(
            "How the source led to the speaker: the name, an alias, an acronym, a nominal (“the minister”) or a pronoun; or the "
            "sentence names the speaker beside another quote (implicit); or the quote continues an earlier one (continued)."
        ),
    )
    probability = fields.Float(
        required=True,
        validate=validate.Range(0, 1),
        metadata=about("How probable it is that it is this speaker, 0 to 1; 1 where the words leave no doubt."),
    )


class CandidateSchema(Output):
    """Somebody who may have said it."""

    id = fields.String(required=True, metadata=about("The `id` of an entry of the answer's `speakers`."))
    name = fields.String(required=True, metadata=about("The name, as in that entry."))
    probability = fields.Float(required=True, validate=validate.Range(0, 1), metadata=about("How probable it is, 0 to 1."))


class ViaSchema(Output):
    """Somebody between the speaker and the article."""

    id = fields.String(
        required=True, allow_none=True, metadata=about("The `id` of an entry of `speakers`, null if there is none.")
    )
    name = fields.String(required=True, metadata=about("The name."))
    relation = fields.String(
        required=True,
        validate=validate.OneOf(RELATIONS),
        metadata=about("`relays`: passes on what the speaker said. `cited`: the speaker names this source."),
    )
    source = fields.Nested(SpanSchema, required=True, metadata=about("The words that name the go-between."))


class ContextSchema(SpanSchema):
    """The paragraph that the quote begins in, of one of over 2,000 characters the part around the quote; or its sentences."""

    paragraph = fields.Integer(required=True, metadata=about("Its number, counted from 0."))


class QuoteSchema(Output):
    """One quotation."""

    id = fields.String(required=True, metadata=about("Its id within this answer."))
    type = fields.String(
        required=True,
        validate=validate.OneOf(TYPES),
        metadata=about("`direct`: nothing but the speaker's own, marked words. `mixed`: some are. `indirect`: none is."),
    )
    kind = fields.String(
        required=True,
        validate=validate.OneOf(KINDS),
        metadata=about(
            "`statement`: said, written, asked, promised … `attitude`: only thought, wanted or felt. `topic`: only talked about."
        ),
    )
    text = fields.String(required=True, metadata=about("What was said, its fragments joined by ` […] `."))
    content = fields.List(
        fields.Nested(SpanSchema), required=True, metadata=about("The fragments of what was said, in the article's order.")
    )
    verbatim = fields.List(
        fields.Nested(SpanSchema), required=True, metadata=about("The stretches inside quotation marks, without the marks.")
    )
    verb = fields.Nested(
        VerbSchema, required=True, allow_none=True, metadata=about("The verb or phrase that signals it, null where none does.")
    )
    source = fields.Nested(
        SpanSchema, required=True, allow_none=True, metadata=about("The words that name who said it, null where none do.")
    )
    speaker = fields.Nested(
        SpeakerRefSchema,
        required=True,
        allow_none=True,
        metadata=about("Who said it, null where the article does not say, or where nobody is as probable as you asked for."),
    )
    candidates = fields.List(
        fields.Nested(CandidateSchema),
        required=True,
        metadata=about(
            "Where `speaker` is null because nobody is probable enough, who may have said it: the likeliest first, at most five; "
            "else none. Their probabilities leave room for others, and for nobody."
        ),
    )
    via = fields.List(fields.Nested(ViaSchema), required=True, metadata=about("Who stands in between, in order."))
    parent = fields.String(
        required=True, allow_none=True, metadata=about("The `id` of the quote that this one is nested in, null if none.")
    )
    context = fields.Nested(
        ContextSchema,
        required=True,
        allow_none=True,
        metadata=about("The paragraph that the quote begins in, its sentences if you asked for those, null if for none."),
    )
    confidence = fields.Float(
        required=True, validate=validate.Range(0, 1), metadata=about("How sure the network is that this is a quote, 0 to 1.")
    )


class SpeakerSchema(Output):
    """Somebody, or something, that is quoted, or may be."""

    id = fields.String(required=True, metadata=about("Its id within this answer."))
    name = fields.String(required=True, metadata=about("The fullest name that the article writes, without title."))
    type = fields.String(required=True, validate=validate.OneOf(SPEAKER_TYPES), metadata=about("What kind of speaker."))
    role = fields.String(required=True, allow_none=True, metadata=about("The words that say what the speaker is, if any do."))
    aliases = fields.List(fields.String(), required=True, metadata=about("The other names that the article writes."))
    members = fields.List(
        fields.String(),
        required=True,
        metadata=about(
            "Of a group that the article puts together (“Smith and Jones”), the ids of those in it who are known: each is an "
            "entry of `speakers`, even one who says nothing alone. Else none."
        ),
    )
    mentions = fields.List(
        fields.Nested(SpanSchema),
        required=True,
        metadata=about("Every stretch that refers to the speaker; none where `include` lacks `mentions`."),
    )
    quotes = fields.List(fields.String(), required=True, metadata=about("The ids of the speaker's quotes, in order."))
    known_id = fields.String(
        required=True, allow_none=True, metadata=about("The `id` of the one of your `known_speakers` that this is, null if none.")
    )


class ModelSchema(Output):
    """Which trained pipeline answered."""

    name = fields.String(required=True, metadata=about("Its name."))
    version = fields.String(required=True, metadata=about("Its version."))


class AnswerSchema(Output):
    """What every answer about an article says."""

    id = fields.String(required=True, allow_none=True, metadata=about("The `id` of the request."))
    offset_unit = fields.String(
        required=True,
        validate=validate.OneOf(UNITS),
        metadata=about("What every `start` and `end` counts: units of the text as received, or of `text` where you sent HTML."),
    )
    model = fields.Nested(ModelSchema, required=True, metadata=about("Which trained pipeline answered."))


class ArticleSchema(AnswerSchema):
    """Every quotation of one article, and who spoke."""

    quotes = fields.List(fields.Nested(QuoteSchema), required=True, metadata=about("Every quotation, in the article's order."))
    speakers = fields.List(
        fields.Nested(SpeakerSchema),
        required=True,
        metadata=about("Everybody who is quoted, relays a quote, is a candidate, or is in a group of those."),
    )
    text = fields.String(
        required=True,
        allow_none=True,
        metadata=about("The text that the offsets are into, where `include` asks for it and where you sent HTML; else null."),
    )
