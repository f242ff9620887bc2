"""What a client can ask for: the `Order` that the core is given, and the schema that an order's fields must fit.

In: the fields of a request. Out: the same, checked, or marshmallow's errors in our words. Unknown fields are refused, so that a
typing error in an option is not silently ignored.
"""

from __future__ import annotations

from dataclasses import dataclass

from marshmallow import RAISE, Schema, ValidationError, fields, validate

from api.schemas import about
from attribution.pipeline import ATTITUDES


@dataclass(frozen=True, slots=True)
class Order:
    """What a client asks for: the `text` to read, the `id` to answer under, whether `attitudes` are quotes too."""

    text: str
    id: str | None = None
    attitudes: bool = False


def _valid_unicode(text: str) -> None:
    """Refuse half of a surrogate pair, which JSON can write as an escape and no encoding can carry."""
    for place, character in enumerate(text):
        if "\ud800" <= character <= "\udfff":
            raise ValidationError(
                f"Character {place} is \\u{ord(character):04x}, half of a surrogate pair. Was the text cut in the middle of an "
                "emoji? Cut it between characters, or leave the half out."
            )


def _not_blank(text: str) -> None:
    if not text.strip():
        raise ValidationError("The text is empty. Send the words of the article.")


class QuoteRequestSchema(Schema):
    """One article to read, and how."""

    class Meta:
        unknown = RAISE

    text = fields.String(
        required=True,
        validate=[_not_blank, _valid_unicode],
        error_messages={
            "required": "Missing. Put the words of the article here.",
            "null": "Must be a string, not null.",
            "invalid": "Must be a string.",
        },
        metadata=about(
            "The article in English, as plain text; a line break ends a paragraph. At most 200,000 characters, unless whoever "
            "runs the service allows another number. It is read as it is: offsets in the answer are into exactly this text.",
            minLength=1,
        ),
    )
    id = fields.String(
        allow_none=True,
        validate=[validate.Length(max=256, error="Longer than 256 characters."), _valid_unicode],
        error_messages={"invalid": "Must be a string."},
        metadata=about("Your name for the article; the answer bears it. Null if left out."),
    )
    attitudes = fields.Boolean(
        truthy={True, "true"},
        falsy={False, "false"},
        error_messages={"invalid": "Must be true or false.", "null": "Must be true or false."},
        metadata=about(
            "Whether what somebody thinks, wants or feels, but is not said to have said, is returned too "
            f"(the acts {', '.join(ATTITUDES)}). It is not, if left out."
        ),
    )
