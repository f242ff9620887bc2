"""`POST /v1/quotes`: an article in, every quotation in it out."""

from __future__ import annotations

import structlog
from flask import Response, request
from flask_smorest import Blueprint

from . import examples
from .answers import answer
from .body import read_fields
from .orders import order
from .parameters import body, parameters
from .reader import current_reader
from .requests import QuoteRequestSchema
from .schemas.shape import ArticleSchema

blueprint = Blueprint("quotes", __name__, description="Find who said what in an article.")

SCHEMA = QuoteRequestSchema()
BODY = body(
    QuoteRequestSchema,
    "plain text and HTML are there for the command line.",
    bridge=examples.REQUEST,
    page=examples.PAGE,
)


@blueprint.route("/v1/quotes", methods=["POST"])
@blueprint.doc(operationId="extractQuotes", requestBody=BODY, parameters=parameters(QuoteRequestSchema))
@blueprint.response(
    200,
    ArticleSchema,
    # In words only: with other types beside JSON, the clients that are made of the contract would not know which one they get.
    description="Every quotation. By `Accept: text/csv` or `application/x-ndjson`, a row or a line a quote instead.",
    examples=examples.named(bridge=examples.ARTICLE.to_dict()),
)
def extract_quotes() -> Response:
    """Find every quotation in one article.

    What was said, who said it, with which verb, and in which paragraph. Options may stand in the query or in the JSON body; the
    body wins.
    """
    wanted = order(SCHEMA, read_fields(request, SCHEMA))
    article = current_reader().read(wanted)
    structlog.contextvars.bind_contextvars(quotes=len(article.quotes))
    return answer(request, article)
