"""The schemas of an answer: the quotations of an article, and their speakers.

They mirror `attribution.data`, and a test keeps the two in sync. The base of the other response schemas is here too. Request
schemas are in `api.requests`.
"""

from __future__ import annotations

from typing import Any

from marshmallow import EXCLUDE, Schema, fields, validate

from attribution.data import ACTS, EVIDENCE, KINDS, RELATIONS, SPEAKER_TYPES, TYPES, WARNINGS
from attribution.options import UNITS


def about(description: str, **more: Any) -> dict[str, Any]:
    """The metadata of a field for the contract: its `description` and other JSON Schema keywords."""
    return {"description": description, **more}


class Output(Schema):
    """The base of all response schemas."""

    class Meta:
        unknown = EXCLUDE


class SpanSchema(Output):
    """A stretch of the article."""

    start = fields.Integer(required=True, metadata=about("The offset of its start, in the answer's `offset_unit`."))
    end = fields.Integer(required=True, metadata=about("The offset of its end, exclusive."))
    text = fields.String(required=True, metadata=about("The text between `start` and `end`."))


class VerbSchema(SpanSchema):
    """The verb or phrase that signals the quote, analysed."""

    lemma = fields.String(required=True, metadata=about("The base form of its main word."))
    act = fields.String(required=True, validate=validate.OneOf(ACTS), metadata=about("The speech act of the verb."))
    negated = fields.Boolean(required=True, metadata=about("Whether the article says that it was not done (“did not say”)."))


class SpeakerRefSchema(Output):
    """Who said it."""

    id = fields.String(required=True, metadata=about("The `id` of an entry of the answer's `speakers`."))
    name = fields.String(required=True, metadata=about("The speaker's name, as in that entry."))
    evidence = fields.String(
        required=True,
        validate=validate.OneOf(tuple(EVIDENCE)),
        metadata=about(
            f"How the speaker is identified. {'; '.join(f'`{word}`: {meaning}' for word, meaning in EVIDENCE.items())}."
        ),
    )
    probability = fields.Float(
        required=True,
        validate=validate.Range(0, 1),
        metadata=about("The probability that this is the speaker, from 0 to 1. It is 1 if the words leave no doubt."),
    )


class CandidateSchema(Output):
    """A possible speaker of the quote."""

    id = fields.String(required=True, metadata=about("The `id` of an entry of the answer's `speakers`."))
    name = fields.String(required=True, metadata=about("The candidate's name, as in that entry."))
    probability = fields.Float(required=True, validate=validate.Range(0, 1), metadata=about("The probability, from 0 to 1."))


class ViaSchema(Output):
    """A relay or cited source between the speaker and the article."""

    id = fields.String(
        required=True, allow_none=True, metadata=about("The `id` of an entry of `speakers`, or null if there is none.")
    )
    name = fields.String(required=True, metadata=about("The name of the relay or source."))
    relation = fields.String(
        required=True,
        validate=validate.OneOf(RELATIONS),
        metadata=about("`relays`: relays what the speaker said. `cited`: the speaker cites this source."),
    )
    source = fields.Nested(SpanSchema, required=True, metadata=about("The words that name the relay or source."))


class ContextSchema(SpanSchema):
    """The paragraph in which the quote begins (if it has over 2,000 characters, the part around the quote), or its sentences."""

    paragraph = fields.Integer(required=True, metadata=about("The number of the paragraph, counted from 0."))


class QuoteSchema(Output):
    """One quotation."""

    id = fields.String(required=True, metadata=about("The id of the quote within this answer."))
    type = fields.String(
        required=True,
        validate=validate.OneOf(TYPES),
        metadata=about("`direct`: all of it is in quotation marks. `mixed`: some of it is. `indirect`: none of it is."),
    )
    kind = fields.String(
        required=True,
        validate=validate.OneOf(KINDS),
        metadata=about(
            "`statement`: said, written, asked, promised … `attitude`: only thought, wanted or felt. `topic`: only talked about."
        ),
    )
    text = fields.String(required=True, metadata=about("What was said, with its fragments joined by ` […] `."))
    content = fields.List(
        fields.Nested(SpanSchema), required=True, metadata=about("The fragments of what was said, in the order of the article.")
    )
    verbatim = fields.List(
        fields.Nested(SpanSchema), required=True, metadata=about("The stretches inside quotation marks, without the marks.")
    )
    verb = fields.Nested(
        VerbSchema, required=True, allow_none=True, metadata=about("The verb or phrase that signals the quote, or null if none.")
    )
    source = fields.Nested(
        SpanSchema, required=True, allow_none=True, metadata=about("The words that name who said it, or null if none do.")
    )
    speaker = fields.Nested(
        SpeakerRefSchema,
        required=True,
        allow_none=True,
        metadata=about("Who said it, or null if the article does not say, or if no candidate reaches `min_speaker_probability`."),
    )
    candidates = fields.List(
        fields.Nested(CandidateSchema),
        required=True,
        metadata=about(
            "The possible speakers, if `speaker` is null because none reaches `min_speaker_probability`: at most five, the "
            "likeliest first. Otherwise empty. Their probabilities may sum to less than 1: others are possible."
        ),
    )
    via = fields.List(fields.Nested(ViaSchema), required=True, metadata=about("The relays and cited sources, in order."))
    parent = fields.String(
        required=True, allow_none=True, metadata=about("The `id` of the quote that this one is nested in, or null if none.")
    )
    context = fields.Nested(
        ContextSchema,
        required=True,
        allow_none=True,
        metadata=about("The paragraph in which the quote begins, its sentences, or null, depending on the option `context`."),
    )
    confidence = fields.Float(
        required=True, validate=validate.Range(0, 1), metadata=about("How sure the network is that this is a quote, from 0 to 1.")
    )


class SpeakerSchema(Output):
    """A person, organization or other source that is quoted, or may be."""

    id = fields.String(required=True, metadata=about("The id of the speaker within this answer."))
    name = fields.String(required=True, metadata=about("The fullest name in the article, without title."))
    type = fields.String(required=True, validate=validate.OneOf(SPEAKER_TYPES), metadata=about("The type of speaker."))
    role = fields.String(required=True, allow_none=True, metadata=about("Words that describe the speaker, or null if none do."))
    aliases = fields.List(fields.String(), required=True, metadata=about("The other names in the article."))
    members = fields.List(
        fields.String(),
        required=True,
        metadata=about(
            "For a group named by its members (“Smith and Jones”): the ids of those that are identified. Each is an entry "
            "of `speakers`, even if they say nothing alone. Otherwise empty."
        ),
    )
    mentions = fields.List(
        fields.Nested(SpanSchema),
        required=True,
        metadata=about("Every mention of the speaker. Empty if `include` lacks `mentions`."),
    )
    quotes = fields.List(fields.String(), required=True, metadata=about("The ids of the speaker's quotes, in order."))
    known_id = fields.String(
        required=True, allow_none=True, metadata=about("The `id` of the matching one of your `known_speakers`, or null if none.")
    )


class ModelSchema(Output):
    """The trained pipeline that answered."""

    name = fields.String(required=True, metadata=about("The name of the pipeline."))
    version = fields.String(required=True, metadata=about("The version of the pipeline."))


class ArticleWarningSchema(Output):
    """What is odd about an article that was read all the same."""

    code = fields.String(
        required=True,
        validate=validate.OneOf(WARNINGS),
        metadata=about(
            "The kind of warning, for programs. `no-words`: the text has no words. `other-language`: the text seems to be in "
            "another language than the option `language` says. `unsure-language`: it may be in another language than English. "
            "`whole-page`: no article could be told apart in the HTML page, so all its words were read. `left-out`: text with "
            "quotation marks was left out, because it did not seem to belong to the article of the HTML page."
        ),
    )
    detail = fields.String(required=True, metadata=about("What was seen, and what to do."))


class AnswerSchema(Output):
    """The fields of every answer about an article."""

    id = fields.String(required=True, allow_none=True, metadata=about("The `id` of the request, or null if it had none."))
    offset_unit = fields.String(
        required=True,
        validate=validate.OneOf(UNITS),
        metadata=about("What every `start` and `end` counts, in the text as received or, if you sent HTML, in `text`."),
    )
    model = fields.Nested(ModelSchema, required=True, metadata=about("The trained pipeline that answered."))
    warnings = fields.List(
        fields.Nested(ArticleWarningSchema), required=True, metadata=about("What is odd about the article. Usually empty.")
    )


class ArticleSchema(AnswerSchema):
    """Every quotation of one article, and its speakers."""

    quotes = fields.List(fields.Nested(QuoteSchema), required=True, metadata=about("Every quotation, in the article's order."))
    speakers = fields.List(
        fields.Nested(SpeakerSchema),
        required=True,
        metadata=about("All who are quoted, relay a quote, are candidates, or are members of such a group."),
    )
    text = fields.String(
        required=True,
        allow_none=True,
        metadata=about("The text that offsets refer to, if `include` has `text` or if you sent HTML. Otherwise null."),
    )
