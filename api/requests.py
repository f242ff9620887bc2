"""The JSON of requests, as marshmallow schemas: they validate it, and describe it in `openapi.yaml`.

In: the fields of a request. Out: the validated fields, or marshmallow's errors with our messages. Unknown fields are rejected, so
that a typo in an option is not silently ignored. `attribution.options` declares the options, and fills in the defaults.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, post_load, validates_schema

from attribution import KnownSpeaker
from attribution.options import MAX_ALIASES, OPTIONS, Option
from attribution.text.intake import NO_FETCHING, NOT_A_TEXT, is_blank, mistake
from attribution.verifying.alignment import split_at_ellipses

from .fields import BoundedList, Probability, StrictBoolean, choice, choices, string
from .schemas.shape import about

LONGEST_NAME = 256
MAX_KNOWN = 1000
MAX_WORDS = 500
NOT_BLANK: dict[str, Any] = {"minLength": 1, "pattern": r"\S"}
WORDS = {"type": "string", **NOT_BLANK}
"""The schema of a plain text or HTML body."""
MISSING = "Missing. Put the article's text here, or its HTML into html."
REFUSALS = {
    "page": "This is a page of HTML. Send it in the field html, or as text/html.",
    "file": NOT_A_TEXT,
    "json": "This is JSON. Send it as application/json. Send lines of JSON as application/x-ndjson to POST /v1/quotes/stream.",
    "address": NO_FETCHING,
}
"""What the service says of `attribution.text.intake.Mistake`."""


def _not_blank(text: str) -> None:
    if is_blank(text):
        raise ValidationError("The text is empty. Send the words of the article.")


def _is_article(content: str, form: str = "text") -> None:
    if found := mistake(content, form):
        raise ValidationError(REFUSALS[found])


class Request(Schema):
    """The base of all request schemas."""

    class Meta:
        unknown = RAISE


class KnownSpeakerSchema(Request):
    """A speaker whom you know, to be recognised in the article."""

    error_messages = {"type": "Must be an object with id, name and aliases."}  # noqa: RUF012, marshmallow's own name for it

    id = string("Your id for the speaker.", longest=LONGEST_NAME, required=True)
    name = string("The speaker's full name.", longest=LONGEST_NAME, required=True)
    aliases = BoundedList(
        string("A name.", longest=LONGEST_NAME),
        max_items=MAX_ALIASES,
        remedy="Send those that articles use.",
        metadata=about(f"Other names that articles use, at most {MAX_ALIASES}. Default: none."),
    )

    @post_load
    def _record(self, data: dict[str, Any], **_: Any) -> KnownSpeaker:
        return KnownSpeaker(data["id"], data["name"], tuple(data.get("aliases", ())))


def _fields(*names: str) -> dict[str, fields.Field[Any]]:
    return {name: _field(OPTIONS[name]) for name in names}


def _field(option: Option) -> fields.Field[Any]:
    match option.kind:
        case "flag":
            return StrictBoolean(metadata=about(option.about))
        case "share":
            return Probability(metadata=about(option.about))
        case "choice":
            return choice(option.about, option.choices)
        case "choices":
            return choices(option.about, option.choices, minimum=option.minimum)
        case "known_speakers":
            return BoundedList(
                fields.Nested(KnownSpeakerSchema),
                max_items=MAX_KNOWN,
                remedy="Send only those who may be in the article.",
                error_messages={
                    "invalid": "Must be a list of objects with id, name and aliases.",
                    "null": "Must be a list, not null.",
                },
                metadata=about(option.about),
            )


class ArticleRequest(Request):
    """An article, and the options of every request about one."""

    text = string(
        "The article in English, as plain text; a line break ends a paragraph. At most 200,000 characters, unless the service is "
        "set to another limit. The text is not changed: offsets in the answer refer to exactly this text. Send either this or "
        "`html`.",
        *(_not_blank, _is_article),
        **NOT_BLANK,
    )
    html = string(
        "The article as HTML, instead of `text`. From a whole page, the article is read, without menus and comments; from a "
        "fragment, every word. Offsets refer to the `text` of the answer.",
        partial(_is_article, form="html"),
        **NOT_BLANK,
    )
    id = string("Your id for the article; the answer repeats it. Default: null.", longest=LONGEST_NAME, null=True)

    class Meta(Request.Meta):
        include = _fields("offset_unit", "min_speaker_probability", "language")

    @validates_schema
    def _text_or_html(self, data: dict[str, Any], **_: Any) -> None:
        if "text" not in self.fields:
            return
        if "text" in data and "html" in data:
            raise ValidationError("Sent together with text. Send only one of them.", "html")
        if "text" not in data and "html" not in data:
            raise ValidationError(MISSING, "text")


class QuoteRequestSchema(ArticleRequest):
    """One article to read, and the options."""

    class Meta(ArticleRequest.Meta):
        include = _fields(*OPTIONS)


def _has_words(quote: str) -> None:
    count = sum(map(len, split_at_ellipses(quote)))
    if not count:
        raise ValidationError("The quote has no words. Send the words to look for.")
    if count > MAX_WORDS:
        raise ValidationError(f"The quote has {count:,} words; the limit is {MAX_WORDS}. Send a part of it.")


class VerifyRequestSchema(ArticleRequest):
    """A quote, and the article to check it against."""

    quote = string(
        "The words to check, at most 500. Quotation marks, punctuation, white space and the case of first letters do not matter. "
        "An ellipsis (… or ...) says that you left something out there.",
        _has_words,
        longest=10_000,
        required=True,
        messages={"required": "Missing. Put the words to look for here."},
        **NOT_BLANK,
    )
    speaker = string(
        "Who is claimed to have said them, by any name. Omit it to find out who did.", longest=LONGEST_NAME, null=True
    )
