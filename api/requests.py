"""The JSON that comes in, as marshmallow schemas, which check it and describe it in `openapi.yaml`.

In: the fields of a request. Out: the same, checked, or marshmallow's errors in our words. Unknown fields are refused, so that a
typing error in an option is not silently ignored. Nothing is filled in: defaults are the library's.
"""

from __future__ import annotations

from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, post_load, validates_schema

from attribution import KnownSpeaker
from attribution.data import ACTS, TYPES
from attribution.options import CONTEXTS, DEFAULT_SPEAKER_PROBABILITY, LANGUAGES, MAX_ALIASES, PARTS, UNITS
from attribution.text.html import is_document
from attribution.verifying.alignment import split_at_ellipses

from .fields import Few, Share, Truth, choice, choices, string
from .schemas.shape import about

LONGEST_NAME = 256
MOST_KNOWN = 1000
MOST_WORDS = 500
NOT_BLANK: dict[str, Any] = {"minLength": 1, "pattern": r"\S"}
WORDS = {"type": "string", **NOT_BLANK}
"""What the contract says of a body that is no JSON."""
MISSING = "Missing. Put the words of the article here, or its page into html."


def _not_blank(text: str) -> None:
    if not text.strip():
        raise ValidationError("The text is empty. Send the words of the article.")


def _no_page(text: str) -> None:
    if is_document(text):
        raise ValidationError("This is a page of HTML. Send it as html, in that field or as text/html; its article is read then.")


class Request(Schema):
    """What comes in."""

    class Meta:
        unknown = RAISE


class KnownSpeakerSchema(Request):
    """Somebody that you know, to be recognised in the article."""

    error_messages = {"type": "Must be an object with id, name and aliases."}  # noqa: RUF012, marshmallow's own name for it

    id = string("Your id for the speaker.", longest=LONGEST_NAME, required=True)
    name = string("The speaker's full name.", longest=LONGEST_NAME, required=True)
    aliases = Few(
        string("A name.", longest=LONGEST_NAME),
        most=MAX_ALIASES,
        remedy="Send those that articles write.",
        metadata=about(f"Other names that articles write, at most {MAX_ALIASES}; none, if left out."),
    )

    @post_load
    def _record(self, data: dict[str, Any], **_: Any) -> KnownSpeaker:
        return KnownSpeaker(data["id"], data["name"], tuple(data.get("aliases", ())))


class ArticleRequest(Request):
    """An article, and what every answer about one can be asked for."""

    text = string(
        "The article in English, as plain text; a line break ends a paragraph. At most 200,000 characters, unless whoever runs "
        "the service allows another number. It is read as it is: offsets in the answer are into exactly this text. Give "
        "either this or `html`.",
        *(_not_blank, _no_page),
        **NOT_BLANK,
    )
    html = string(
        "The article as HTML, in place of `text`. Of a whole page the article is read, without menus and comments; of a fragment "
        "every word. Offsets are into the answer's `text`.",
        **NOT_BLANK,
    )
    id = string("Your name for the article; the answer bears it. Null if left out.", longest=LONGEST_NAME, null=True)
    offset_unit = choice(
        "What offsets count: `codepoint` (Python, and the default), `utf16` (JavaScript, Java) or `utf8` (bytes).", UNITS
    )
    min_speaker_probability = Share(
        metadata=about(
            "How probable somebody must be, 0 to 1, to be given as the `speaker`; in place of one less probable, the quote has "
            f"`candidates`. {DEFAULT_SPEAKER_PROBABILITY}, if left out, unless whoever runs the service chose another number. "
            "With 0 it is the likeliest, however improbable, with 1 only one whom the words leave no doubt about."
        )
    )
    language = choice(
        "`en` says that the article is English. If left out, the service finds out, and refuses another language.",
        LANGUAGES,
    )

    @validates_schema
    def _one_form(self, data: dict[str, Any], **_: Any) -> None:
        if "text" not in self.fields:
            return
        if "text" in data and "html" in data:
            raise ValidationError("Given beside text. Send the article in one form only.", "html")
        if "text" not in data and "html" not in data:
            raise ValidationError(MISSING, "text")


class QuoteRequestSchema(ArticleRequest):
    """One article to read, and how."""

    types = choices("Only quotes of these types. All, if left out.", TYPES, least=1)
    acts = choices("Only quotes whose verb does one of these. All, if left out, those without a verb too.", ACTS, least=1)
    attitudes = Truth(
        error_messages={"null": "Must be true or false."},
        metadata=about(
            "Whether what somebody only thinks, wants or feels, but is not said to have said, is returned too. It is not, if "
            "left out."
        ),
    )
    topics = Truth(
        error_messages={"null": "Must be true or false."},
        metadata=about(
            "Whether what somebody only talked about is returned too: “criticised | the plan”. It is not, if left out."
        ),
    )
    min_confidence = Share(metadata=about("Only quotes at least this sure, 0 to 1. All, if left out."))
    context = choice(
        "What is returned around each quote: `none`, the `sentence` (or sentences) of it, its verb and its source, or the "
        "`paragraph`, which is the default.",
        CONTEXTS,
    )
    known_speakers = Few(
        fields.Nested(KnownSpeakerSchema),
        most=MOST_KNOWN,
        remedy="Send those who may be in the article.",
        error_messages={"invalid": "Must be a list of objects with id, name and aliases.", "null": "Must be a list, not null."},
        metadata=about(
            "People and bodies that you know, at most 1,000. A speaker of the answer who bears the name or an alias of one of "
            "them, in capitals or not, gets its id as `known_id`; one whom several fit gets none."
        ),
    )
    include = choices(
        "What the answer holds beside the quotes: the `text` that offsets are into (always there for `html`), every one of the "
        "speakers' `mentions`. The mentions only, if left out.",
        PARTS,
    )


def _has_words(quote: str) -> None:
    count = sum(map(len, split_at_ellipses(quote)))
    if not count:
        raise ValidationError("There are no words in it. Send the words to look for.")
    if count > MOST_WORDS:
        raise ValidationError(f"It has {count:,} words; at most {MOST_WORDS} are looked for at once. Send a part of it.")


class VerifyRequestSchema(ArticleRequest):
    """A quote, and the article to look for it in."""

    quote = string(
        "The words that somebody is to have said. Quotation marks, punctuation, white space and the case of first letters do not "
        "matter; an ellipsis (… or ...) says that you left something out there. At most 500 words.",
        _has_words,
        longest=10_000,
        required=True,
        messages={"required": "Missing. Put the words to look for here."},
        **NOT_BLANK,
    )
    speaker = string(
        "Who is to have said them, as you would name him. Leave it out to be told who did.", longest=LONGEST_NAME, null=True
    )
