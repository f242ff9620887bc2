"""`POST /v1/verify`: is this quote in this article, word for word, by this person?"""

from __future__ import annotations

import structlog
from flask import Response, jsonify, request
from flask_smorest import Blueprint

from . import examples
from .body import read_fields
from .orders import order
from .parameters import body, parameters
from .reader import current_reader
from .requests import VerifyRequestSchema
from .schemas.verdict import VerificationSchema

blueprint = Blueprint("verify", __name__, description="Check a quote against an article.")

SCHEMA = VerifyRequestSchema()
BODY = body(VerifyRequestSchema, "with plain text and HTML the quote stands in the query.", altered=examples.CLAIM)


@blueprint.route("/v1/verify", methods=["POST"])
@blueprint.doc(operationId="verifyQuote", requestBody=BODY, parameters=parameters(VerifyRequestSchema))
@blueprint.response(
    200,
    VerificationSchema,
    description="How the quote is there, and who says it.",
    examples=examples.named(altered=examples.VERIFICATION.to_dict()),
)
def verify_quote() -> Response:
    """Check a quote against an article.

    Are the words there, word for word; what was changed or left out; who says them; is that the speaker you named?
    """
    wanted = order(SCHEMA, read_fields(request, SCHEMA))
    verification = current_reader().verify(wanted)
    structlog.contextvars.bind_contextvars(verdict=verification.verdict)
    return jsonify(verification.to_dict())
