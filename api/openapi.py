"""The contract: flask-smorest told to write our problems, `GET /openapi.yaml` and `GET /openapi.json`.

In: an app whose blueprints are registered. Out: OpenAPI 3.1, the same on every machine and Python version.
"""

from __future__ import annotations

from functools import cached_property
from inspect import getdoc
from typing import Any, cast

import yaml
from apispec import BasePlugin
from flask import Flask, Response, current_app, jsonify
from flask_smorest import Api, Blueprint
from marshmallow.class_registry import get_class

from . import examples, keys, problems, seeds
from .requests import ArticleRequest
from .schemas.service import ProblemSchema, StreamEndSchema

ORDER = ("openapi", "info", "servers", "security", "tags", "paths", "components")
INFO = {
    "summary": "Every quotation in an English news article, and who said it.",
    "description": (
        "Send an article; get back what was said, who said it, with which verb, and in which context. A body may come as gzip, "
        "if its `Content-Encoding` says so. Every failure is an `application/problem+json` whose `detail` says what to do. Every "
        "answer bears an `X-Request-ID`: yours, if you sent one."
        " Whoever runs the service may ask for an API key and limit how often you come; busy, it answers 503 and when to retry."
    ),
    "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
}
SERVERS = [
    {"url": "/", "description": "Where this document was fetched."},
    {"url": "http://localhost:8000", "description": "Where `make serve` listens."},
]

SCHEMES = {
    "bearer": {"type": "http", "scheme": "bearer", "description": "An API key, where the service asks for one."},
    "key": {"type": "apiKey", "in": "header", "name": "X-API-Key", "description": "The same, in a header of its own."},
}
SECURITY: list[dict[str, list[str]]] = [{}, {"bearer": []}, {"key": []}]
"""Said once for all, not of each operation: what makes clients would else take a key to be required."""
AGAIN = {"Retry-After": {"description": "Seconds to wait before the same request is sent again.", "schema": {"type": "integer"}}}
ONE_FORM = {"if": {"required": ["html"]}, "then": {"not": {"required": ["text"]}}, "else": {"required": ["text"]}}
"""An article is given as text or as HTML. What makes clients out of schemas reads over this; what checks them does not."""

blueprint = Blueprint("contract", __name__, description="This description, for programs.")


@blueprint.route("/openapi.yaml")
@blueprint.doc(operationId="getContract")
@blueprint.response(200, {"type": "object"}, content_type="application/yaml", description="This document.")
def get_contract() -> Response:
    """Give this document.

    As YAML, for people and for most programs.
    """
    return Response(text(current_app), content_type="application/yaml; charset=utf-8")


@blueprint.route("/openapi.json")
@blueprint.doc(operationId="getContractAsJson")
@blueprint.response(200, {"type": "object"}, description="This document, as JSON.")
def get_contract_as_json() -> Response:
    """Give this document as JSON.

    The same in every word, for programs that read no YAML.
    """
    return jsonify(_of(current_app).document)


class Refusals(BasePlugin):
    """Says of every operation what it may be answered for reasons that are not its own: no key, too often, too much at once, or,
    where something is sent, nothing that can be read."""

    def operation_helper(self, path: str | None = None, operations: dict[str, Any] | None = None, **kwargs: Any) -> None:
        """Add the refusals to the operations of a path."""
        for method, operation in (operations or {}).items():
            if str(path).startswith(keys.CLOSED):
                operation["responses"].setdefault("401", "Unauthorized")
            else:
                operation["security"] = []
            if str(path).startswith("/v1/"):
                operation["responses"].setdefault("429", "TooManyRequests")
            if str(path).startswith("/v1/") and method == "post":
                for status in (400, 408, 413, 415, 422, 503, 504):
                    operation["responses"].setdefault(str(status), problems.TITLES[status].replace(" ", ""))


class Contract(Api):
    """flask-smorest's `Api`, which documents failures as problems, under names of our own, and describes no headers we lack."""

    DEFAULT_ERROR_RESPONSE_NAME = "Problem"

    def __init__(self, app: Flask, *, version: str) -> None:
        options = {"title": "Quote attribution", "version": version, "openapi_version": "3.1.0"}
        super().__init__(
            app, spec_kwargs={**options, "info": INFO, "servers": SERVERS, "security": SECURITY, "extra_plugins": [Refusals()]}
        )
        for name, scheme in SCHEMES.items():
            self.spec.components.security_scheme(name, scheme)
        self.spec.components.schema("StreamEnd", schema=StreamEndSchema)
        app.extensions["contract"] = self

    def _register_error_handlers(self) -> None:
        """Leave the errors to `problems`."""

    def _register_pagination_header(self) -> None:
        """Nothing is paged."""

    def _register_etag_headers(self) -> None:
        """Nothing is tagged."""

    def _register_responses(self) -> None:
        """One response a title; smorest's own bear the standard library's names, which change with the Python version."""
        for title in ("Problem", *problems.TITLES.values()):
            content: dict[str, Any] = {problems.MEDIA_TYPE: {"schema": ProblemSchema}}
            if title == examples.PROBLEM["title"]:
                content[problems.MEDIA_TYPE]["examples"] = {"missing": {"value": examples.PROBLEM}}
            response: dict[str, Any] = {"description": "Any other failure" if title == "Problem" else title, "content": content}
            if title in ("Too Many Requests", "Service Unavailable"):
                response["headers"] = AGAIN
            self.spec.components.response(title.replace(" ", ""), response, lazy=True)

    @cached_property
    def document(self) -> dict[str, Any]:
        """The contract, once all blueprints are registered."""
        contract: dict[str, Any] = self.spec.to_dict()
        schemas = contract["components"]["schemas"]
        contract["components"]["schemas"] = {name: _whole(name, said) for name, said in schemas.items()}
        _show_seeds(contract["paths"]["/v1/quotes"]["post"])
        return {key: contract[key] for key in ORDER}

    @cached_property
    def text(self) -> str:
        """The same as YAML."""
        return yaml.dump(self.document, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=120)


class _Dumper(yaml.SafeDumper):
    """Writes what stands in two places twice: an alias would be lost on many readers of the contract."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def text(app: Flask) -> str:
    """The contract of `app` as YAML."""
    return _of(app).text


def _of(app: Flask) -> Contract:
    return cast(Contract, app.extensions["contract"])


def _show_seeds(operation: dict[str, Any]) -> None:
    """Show what is really answered, beside the examples made by hand. Read here and not sooner: it may just have been written."""
    written = seeds.read()
    for part, said in (("request", operation["requestBody"]), ("answer", operation["responses"]["200"])):
        shown = examples.named(**{name: seed[part] for name, seed in written.items()})
        said["content"]["application/json"]["examples"] |= shown


def _whole(name: str, said: dict[str, Any]) -> dict[str, Any]:
    """What the contract says of a schema, with the words of its docstring, and what no field by itself can say."""
    schema = get_class(f"{name}Schema")
    return {"description": getdoc(schema), **said, **(ONE_FORM if issubclass(schema, ArticleRequest) else {})}
