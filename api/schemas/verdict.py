"""What is said of a claim: is the quote in the article, what was changed, who says it. It is `attribution.data`, too."""

from __future__ import annotations

from marshmallow import fields, validate

from attribution.data import DIFFERENCES, VERDICTS
from attribution.verifying.verification import SURE

from .shape import AnswerSchema, Output, QuoteSchema, SpanSchema, SpeakerSchema, about


class DifferenceSchema(Output):
    """A stretch of the way from your quote to the article."""

    kind = fields.String(
        required=True,
        validate=validate.OneOf(DIFFERENCES),
        metadata=about(
            "`same` in both (but for marks, spaces and the case of first letters); `changed`; `added`: not in the article; "
            "`left_out`: not in your quote; `ellipsis`: what an ellipsis of your quote stands for."
        ),
    )
    quote = fields.String(required=True, allow_none=True, metadata=about("The words of your quote, null where it has none here."))
    article = fields.List(
        fields.Nested(SpanSchema), required=True, metadata=about("The article's words, none where it has none.")
    )


class VerificationSchema(AnswerSchema):
    """Whether a quote is in an article, and who says it there."""

    verdict = fields.String(
        required=True,
        validate=validate.OneOf(VERDICTS),
        metadata=about(
            "`verbatim`: the words are there, each of them and no other (`marked` tells whether inside quotation marks). "
            "`altered`: they are there with changes, which `difference` shows. `paraphrase`: somebody is reported to have said "
            "something like it. `absent`: none of these."
        ),
    )
    similarity = fields.Float(
        required=True, validate=validate.Range(0, 1), metadata=about("How alike your quote is to what was found, 0 to 1.")
    )
    marked = fields.Boolean(
        required=True,
        metadata=about(
            "Whether all that was found stands inside quotation marks, so is given as the speaker's own words. A quote that is "
            "verbatim and not marked is the article's wording."
        ),
    )
    found = fields.List(
        fields.Nested(SpanSchema), required=True, metadata=about("Where it stands in the article, fragment by fragment.")
    )
    difference = fields.List(
        fields.Nested(DifferenceSchema),
        required=True,
        metadata=about("The way from your quote to the article, word by word; none for a paraphrase."),
    )
    left_out = fields.List(
        fields.Nested(SpanSchema),
        required=True,
        metadata=about("What your quote leaves out between its words, with an ellipsis or without."),
    )
    quote = fields.Nested(
        QuoteSchema,
        required=True,
        allow_none=True,
        metadata=about("The article's quote that holds it, null where the words are in nobody's mouth, or absent."),
    )
    speaker = fields.Nested(
        SpeakerSchema,
        required=True,
        allow_none=True,
        metadata=about("Who says that quote, without `members` and `mentions`; null where the article does not say."),
    )
    speaker_agrees = fields.Boolean(
        required=True,
        allow_none=True,
        metadata=about(
            "Whether that is the `speaker` you named; null where you named none, where nobody is known to say it, and where it "
            f"is unsure who does (a `probability` below {SURE})."
        ),
    )
    text = fields.String(
        required=True, allow_none=True, metadata=about("The text that the offsets are into, where you sent HTML; else null.")
    )
