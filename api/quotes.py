"""`POST /v1/quotes`: an article in, every quotation in it out."""

from __future__ import annotations

import structlog
from flask import Response, request
from flask_smorest import Blueprint

from . import examples
from .answers import response_for
from .body import read_fields
from .jobs import make_job
from .parameters import query_parameters, request_body
from .reader import current_reader
from .requests import QuoteRequestSchema
from .schemas.shape import ArticleSchema

blueprint = Blueprint("quotes", __name__, description="Find who said what in an article.")

SCHEMA = QuoteRequestSchema()
BODY = request_body(
    QuoteRequestSchema,
    "plain text and HTML are convenient on the command line.",
    bridge=examples.REQUEST,
    page=examples.PAGE,
)


@blueprint.route("/v1/quotes", methods=["POST"])
@blueprint.doc(operationId="extractQuotes", requestBody=BODY, parameters=query_parameters(QuoteRequestSchema))
@blueprint.response(
    200,
    ArticleSchema,
    # Mentioned in the text only: if the contract had several media types, generated clients would not know which one they get.
    description="Every quotation. With `Accept: text/csv` or `application/x-ndjson`, one row or line for each quote instead.",
    examples=examples.named(bridge=examples.ARTICLE.to_dict()),
)
def extract_quotes() -> Response:
    """Find every quotation in one article.

    Returns what was said, who said it, with which verb, and in which paragraph. Send options in the query or in the JSON body;
    the body takes precedence.
    """
    job = make_job(SCHEMA, read_fields(request, SCHEMA))
    article = current_reader().extract(job)
    structlog.contextvars.bind_contextvars(quotes=len(article.quotes))
    return response_for(request, article)
