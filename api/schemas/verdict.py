"""The schemas of a verification: is the quote in the article, what was changed, who says it. They mirror `attribution.data`."""

from __future__ import annotations

from marshmallow import fields, validate

from attribution.data import DIFFERENCES, VERDICTS
from attribution.verifying.verification import SURE

from .shape import AnswerSchema, Output, QuoteSchema, SpanSchema, SpeakerSchema, about


class DifferenceSchema(Output):
    """One step of the comparison of your quote with the article."""

    kind = fields.String(
        required=True,
        validate=validate.OneOf(DIFFERENCES),
        metadata=about(
            "`same`: equal, apart from marks, spaces and the case of first letters. `changed`: different words. `added`: not in "
            "the article. `left_out`: not in your quote. `ellipsis`: what an ellipsis of your quote stands for."
        ),
    )
    quote = fields.String(required=True, allow_none=True, metadata=about("The words of your quote, or null if it has none here."))
    article = fields.List(
        fields.Nested(SpanSchema), required=True, metadata=about("The words of the article. Empty if it has none here.")
    )


class VerificationSchema(AnswerSchema):
    """Whether a quote is in an article, and who says it there."""

    verdict = fields.String(
        required=True,
        validate=validate.OneOf(VERDICTS),
        metadata=about(
            "`verbatim`: exactly these words are in the article (`marked` says whether inside quotation marks). `altered`: they "
            "are there with changes, which `difference` shows. `paraphrase`: the article reports something similar. "
            "`absent`: none of these."
        ),
    )
    similarity = fields.Float(
        required=True, validate=validate.Range(0, 1), metadata=about("How similar your quote is to what was found, from 0 to 1.")
    )
    marked = fields.Boolean(
        required=True,
        metadata=about(
            "Whether all that was found is inside quotation marks: the article presents it as the speaker's own words. If a "
            "quote is verbatim but not marked, the wording is the article's."
        ),
    )
    found = fields.List(
        fields.Nested(SpanSchema), required=True, metadata=about("The place of the quote in the article, fragment by fragment.")
    )
    difference = fields.List(
        fields.Nested(DifferenceSchema),
        required=True,
        metadata=about("The comparison of your quote with the article, word by word. Empty for a paraphrase."),
    )
    left_out = fields.List(
        fields.Nested(SpanSchema),
        required=True,
        metadata=about("What your quote leaves out between its words, with or without an ellipsis."),
    )
    quote = fields.Nested(
        QuoteSchema,
        required=True,
        allow_none=True,
        metadata=about("The quote of the article that contains the words, or null if no quote does."),
    )
    speaker = fields.Nested(
        SpeakerSchema,
        required=True,
        allow_none=True,
        metadata=about("The speaker of that quote, without `members` and `mentions`, or null if the article does not say."),
    )
    speaker_agrees = fields.Boolean(
        required=True,
        allow_none=True,
        metadata=about(
            "Whether that is the `speaker` you named. Null if you named none, if the speaker is unknown, and if the speaker is "
            f"uncertain (a `probability` below {SURE})."
        ),
    )
    text = fields.String(
        required=True, allow_none=True, metadata=about("The text that offsets refer to, if you sent HTML. Otherwise null.")
    )
