"""`POST /v1/verify`: is this quote in this article, word for word, by this person?"""

from __future__ import annotations

import structlog
from flask import Response, jsonify, request
from flask_smorest import Blueprint

from . import examples
from .body import read_fields
from .jobs import make_job
from .parameters import query_parameters, request_body
from .reader import current_reader
from .requests import VerifyRequestSchema
from .schemas.verdict import VerificationSchema

blueprint = Blueprint("verify", __name__, description="Check a quote against an article.")

SCHEMA = VerifyRequestSchema()
BODY = request_body(VerifyRequestSchema, "with plain text or HTML, send the quote in the query.", altered=examples.CLAIM)


@blueprint.route("/v1/verify", methods=["POST"])
@blueprint.doc(operationId="verifyQuote", requestBody=BODY, parameters=query_parameters(VerifyRequestSchema))
@blueprint.response(
    200,
    VerificationSchema,
    description="Whether and how the quote is in the article, and who says it.",
    examples=examples.named(altered=examples.VERIFICATION.to_dict()),
)
def verify_quote() -> Response:
    """Check a quote against an article.

    Returns whether the words are there, word for word, what was changed or left out, who says them, and whether that is the
    speaker you named.
    """
    job = make_job(SCHEMA, read_fields(request, SCHEMA))
    verification = current_reader().verify(job)
    structlog.contextvars.bind_contextvars(verdict=verification.verdict)
    return jsonify(verification.to_dict())
