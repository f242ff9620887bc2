"""The schemas of an answer: the quotations of an article, and their speakers.

They mirror `attribution.data`, and a test keeps the two in sync. The base of the other response schemas is here too, and so are
the functions that make the fields of an answer, all of them required. Request schemas are in `api.requests`.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from marshmallow import EXCLUDE, Schema, fields, validate

from attribution.data import ACTS, EVIDENCE, KINDS, RELATIONS, SPEAKER_TYPES, TYPES, WARNINGS
from attribution.options import UNITS


def about(description: str, **more: Any) -> dict[str, Any]:
    """The metadata of a field for the contract: its `description` and other JSON Schema keywords."""
    return {"description": description, **more}


def string(words: str, *, choices: Collection[str] = (), null: bool = False) -> fields.String:
    """A string, one of the choices if there are any; `null` allows null."""
    checks = [validate.OneOf(tuple(choices))] if choices else []
    return fields.String(required=True, allow_none=null, validate=checks, metadata=about(words))


def number(words: str) -> fields.Integer:
    """A whole number."""
    return fields.Integer(required=True, metadata=about(words))


def share(words: str) -> fields.Float:
    """A number from 0 to 1."""
    return fields.Float(required=True, validate=validate.Range(0, 1), metadata=about(words))


def flag(words: str, *, null: bool = False) -> fields.Boolean:
    """True or false; `null` allows null."""
    return fields.Boolean(required=True, allow_none=null, metadata=about(words))


def one(schema: type[Schema], words: str, *, null: bool = False) -> fields.Nested:
    """An object; `null` allows null."""
    return fields.Nested(schema, required=True, allow_none=null, metadata=about(words))


def many(schema: type[Schema], words: str) -> fields.List[Any]:
    """A list of objects."""
    return fields.List(fields.Nested(schema), required=True, metadata=about(words))


def strings(words: str) -> fields.List[Any]:
    """A list of strings."""
    return fields.List(fields.String(), required=True, metadata=about(words))


class Output(Schema):
    """The base of all response schemas."""

    class Meta:
        unknown = EXCLUDE


class SpanSchema(Output):
    """A stretch of the article."""

    start = number("The offset of its start, in the answer's `offset_unit`.")
    end = number("The offset of its end, exclusive.")
    text = string("The text between `start` and `end`.")


class VerbSchema(SpanSchema):
    """The verb or phrase that signals the quote, analysed."""

    lemma = string("The base form of its main word.")
    act = string("The speech act of the verb.", choices=ACTS)
    negated = flag("Whether the article says that it was not done (“did not say”).")


class SpeakerRefSchema(Output):
    """Who said it."""

    id = string("The `id` of an entry of the answer's `speakers`.")
    name = string("The speaker's name, as in that entry.")
    evidence = string(
        f"How the speaker is identified. {'; '.join(f'`{word}`: {meaning}' for word, meaning in EVIDENCE.items())}.",
        choices=EVIDENCE,
    )
    probability = share("The probability that this is the speaker, from 0 to 1. It is 1 if the words leave no doubt.")


class CandidateSchema(Output):
    """A possible speaker of the quote."""

    id = string("The `id` of an entry of the answer's `speakers`.")
    name = string("The candidate's name, as in that entry.")
    probability = share("The probability, from 0 to 1.")


class ViaSchema(Output):
    """A relay or cited source between the speaker and the reader."""

    id = string("The `id` of an entry of `speakers`, or null if there is none.", null=True)
    name = string("The name of the relay or source.")
    relation = string("`relays`: relays what the speaker said. `cited`: the speaker cites this source.", choices=RELATIONS)
    source = one(SpanSchema, "The words that name the relay or source.")


class ContextSchema(SpanSchema):
    """The paragraph in which the quote begins (if it has over 2,000 characters, the part around the quote), or its sentences."""

    paragraph = number("The number of the paragraph, counted from 0.")


class QuoteSchema(Output):
    """One quotation."""

    id = string("The id of the quote within this answer.")
    type = string("`direct`: all of it is in quotation marks. `mixed`: some of it is. `indirect`: none of it is.", choices=TYPES)
    kind = string(
        "`statement`: said, written, asked, promised … `attitude`: only thought, wanted or felt. `topic`: only talked about.",
        choices=KINDS,
    )
    text = string("What was said, with its fragments joined by ` […] `.")
    content = many(SpanSchema, "The fragments of what was said, in the order of the article.")
    verbatim = many(SpanSchema, "The stretches inside quotation marks, without the marks.")
    verb = one(VerbSchema, "The verb or phrase that signals the quote, or null if none.", null=True)
    source = one(SpanSchema, "The words that name who said it, or null if none do.", null=True)
    speaker = one(
        SpeakerRefSchema,
        "Who said it, or null if the article does not say, or if no candidate reaches `min_speaker_probability`.",
        null=True,
    )
    candidates = many(
        CandidateSchema,
        "The possible speakers, if `speaker` is null because none reaches `min_speaker_probability`: at most five, the "
        "likeliest first. Otherwise empty. Their probabilities may sum to less than 1: others are possible.",
    )
    via = many(ViaSchema, "The relays and cited sources, in order.")
    parent = string("The `id` of the quote that this one is nested in, or null if none.", null=True)
    context = one(
        ContextSchema,
        "The paragraph in which the quote begins, its sentences, or null, depending on the option `context`.",
        null=True,
    )
    confidence = share("How often such a quote is right, from 0 to 1.")


class SpeakerSchema(Output):
    """A person, organization or other source that is quoted, or may be."""

    id = string("The id of the speaker within this answer.")
    name = string("The fullest name in the article, without title.")
    type = string("The type of speaker.", choices=SPEAKER_TYPES)
    role = string("Words that describe the speaker, or null if none do.", null=True)
    aliases = strings("The other names in the article.")
    members = strings(
        "For a group named by its members (“Smith and Jones”): the ids of those that are identified. Each is an entry "
        "of `speakers`, even if they say nothing alone. Otherwise empty."
    )
    mentions = many(SpanSchema, "Every mention of the speaker. Empty if `include` lacks `mentions`.")
    quotes = strings("The ids of the speaker's quotes, in order.")
    known_id = string("The `id` of the matching one of your `known_speakers`, or null if none.", null=True)


class ModelSchema(Output):
    """The trained pipeline that answered."""

    name = string("The name of the pipeline.")
    version = string("The version of the pipeline.")


class ArticleWarningSchema(Output):
    """What is odd about an article that was read all the same."""

    code = string(
        "The kind of warning, for programs. `no-words`: the text has no words. `other-language`: the text seems to be in "
        "another language than the option `language` says. `unsure-language`: it may be in another language than English. "
        "`whole-page`: no article could be recognised in the HTML page, so all its words were read. `left-out`: text with "
        "quotation marks was left out, because it did not seem to belong to the article of the HTML page.",
        choices=WARNINGS,
    )
    detail = string("What was seen, and what to do.")


class AnswerSchema(Output):
    """The fields of every answer about an article."""

    id = string("The `id` of the request, or null if it had none.", null=True)
    offset_unit = string(
        "What every `start` and `end` counts, in the text as received or, if you sent HTML, in `text`.", choices=UNITS
    )
    model = one(ModelSchema, "The trained pipeline that answered.")
    warnings = many(ArticleWarningSchema, "What is odd about the article. Usually empty.")


class ArticleSchema(AnswerSchema):
    """Every quotation of one article, and its speakers."""

    quotes = many(QuoteSchema, "Every quotation, in the article's order.")
    speakers = many(SpeakerSchema, "All who are quoted, relay a quote, are candidates, or are members of such a group.")
    text = string("The text that offsets refer to, if `include` has `text` or if you sent HTML. Otherwise null.", null=True)
