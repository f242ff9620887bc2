"""The schemas of a verification: is the quote in the article, what was changed, who says it. They mirror `attribution.data`."""

from __future__ import annotations

from attribution.data import DIFFERENCES, VERDICTS
from attribution.verifying.verification import SURE

from .shape import AnswerSchema, Output, QuoteSchema, SpanSchema, SpeakerSchema, flag, many, one, share, string


class DifferenceSchema(Output):
    """One step of the comparison of your quote with the article."""

    kind = string(
        "`same`: equal, apart from marks, spaces and the case of first letters. `changed`: different words. `added`: not in "
        "the article. `left_out`: not in your quote. `ellipsis`: what an ellipsis of your quote stands for.",
        choices=DIFFERENCES,
    )
    quote = string("The words of your quote, or null if it has none here.", null=True)
    article = many(SpanSchema, "The words of the article. Empty if it has none here.")


class VerificationSchema(AnswerSchema):
    """Whether a quote is in an article, and who says it there."""

    verdict = string(
        "`verbatim`: exactly these words are in the article (`marked` says whether inside quotation marks). `altered`: they "
        "are there with changes, which `difference` shows. `paraphrase`: the article reports something similar. "
        "`absent`: none of these.",
        choices=VERDICTS,
    )
    similarity = share("How similar your quote is to what was found, from 0 to 1.")
    marked = flag(
        "Whether all that was found is inside quotation marks: the article presents it as the speaker's own words. If a "
        "quote is verbatim but not marked, the wording is the article's."
    )
    found = many(SpanSchema, "The place of the quote in the article, fragment by fragment.")
    difference = many(DifferenceSchema, "The comparison of your quote with the article, word by word. Empty for a paraphrase.")
    left_out = many(SpanSchema, "What your quote leaves out between its words, with or without an ellipsis.")
    quote = one(QuoteSchema, "The quote of the article that contains the words, or null if no quote does.", null=True)
    speaker = one(
        SpeakerSchema,
        "The speaker of that quote, without `members` and `mentions`, or null if the article does not say.",
        null=True,
    )
    speaker_agrees = flag(
        "Whether that is the `speaker` you named. Null if you named none, if the speaker is unknown, and if the speaker is "
        f"uncertain (a `probability` below {SURE}).",
        null=True,
    )
    text = string("The text that offsets refer to, if you sent HTML. Otherwise null.", null=True)
