"""`POST /v1/quotes`: an article in, every quotation in it out."""

from __future__ import annotations

import structlog
from flask import Response, jsonify, request
from flask_smorest import Blueprint

from api import examples
from api.body import read_order
from api.orders import QuoteRequestSchema
from api.reader import current_reader
from api.schemas import ArticleSchema

blueprint = Blueprint("quotes", __name__, description="Find who said what in an article.")

_BODY = {
    "required": True,
    "description": "The article, in UTF-8. JSON can do everything; plain text is there for the command line.",
    "content": {
        "application/json": {"schema": QuoteRequestSchema, "examples": {"bridge": {"value": examples.REQUEST}}},
        "text/plain": {"schema": {"type": "string", "minLength": 1}, "examples": {"bridge": {"value": examples.TEXT}}},
    },
}
_QUERY = [
    {"in": "query", "name": "id", "schema": {"type": "string", "maxLength": 256}, "description": "As `id` of the JSON body."},
    {"in": "query", "name": "attitudes", "schema": {"type": "boolean"}, "description": "As `attitudes` of the JSON body."},
]


@blueprint.route("/v1/quotes", methods=["POST"])
@blueprint.doc(operationId="extractQuotes", requestBody=_BODY, parameters=_QUERY)
@blueprint.alt_response(503, "ServiceUnavailable")
@blueprint.alt_response(422, "UnprocessableContent")
@blueprint.alt_response(415, "UnsupportedMediaType")
@blueprint.alt_response(413, "ContentTooLarge")
@blueprint.alt_response(400, "BadRequest")
@blueprint.response(
    200, ArticleSchema, description="Every quotation.", examples={"bridge": {"value": examples.ARTICLE.to_dict()}}
)
def extract_quotes() -> Response:
    """Find every quotation in one article.

    What was said, who said it, with which verb, and in which paragraph. Options may stand in the query or in the JSON body; the
    body wins.
    """
    article = current_reader().read(read_order(request))
    structlog.contextvars.bind_contextvars(quotes=len(article.quotes))
    # Not dumped by the schema: the answer is the one shape, field for field, as the library gives it.
    return jsonify(article.to_dict())
