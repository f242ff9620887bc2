"""Describes requests about one article for the contract.

In: the schema of the request. Out: the request body and query parameters in OpenAPI's form. The body is JSON, plain text or
HTML. The parameters are the fields of the JSON except the article. A list is written with commas, a list of objects as JSON. No
parameter is required: a required field belongs in the JSON, and is a parameter only with plain text and HTML.
"""

from __future__ import annotations

from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow.openapi import OpenAPIConverter
from marshmallow import Schema, fields

from . import examples
from .body import BODY_FIELDS
from .requests import WORDS


def request_body(schema: type[Schema], description: str, **shown: Any) -> dict[str, Any]:
    """The body in each media type; `shown` are examples of the JSON."""
    return {
        "required": True,
        "description": f"The article, in UTF-8. JSON supports all options; {description}",
        "content": {
            "application/json": {"schema": schema, "examples": examples.named(**shown)},
            "text/plain": {"schema": WORDS, "examples": examples.named(bridge=examples.TEXT)},
            "text/html": {"schema": WORDS, "examples": examples.named(bridge=examples.HTML)},
        },
    }


def query_parameters(schema: type[Schema]) -> list[dict[str, Any]]:
    """A parameter for each option."""
    return [_parameter(name, field) for name, field in schema().fields.items() if name not in BODY_FIELDS]


def _parameter(name: str, field: fields.Field[Any]) -> dict[str, Any]:
    needed = " Required with a body of plain text or HTML." if field.required else ""
    parameter = {"in": "query", "name": name, "description": f"Same as `{name}` in the JSON body.{needed}"}
    if isinstance(field, fields.List) and isinstance(field.inner, fields.Nested):
        component = type(field.inner.schema).__name__.removesuffix("Schema")
        items = {"type": "array", "items": {"$ref": f"#/components/schemas/{component}"}}
        return {**parameter, "content": {"application/json": {"schema": items}}}
    form = {"style": "form", "explode": False} if isinstance(field, fields.List) else {}
    return {**parameter, "required": False, "schema": _schema(field), **form}


def _schema(field: fields.Field[Any]) -> dict[str, Any]:
    """The schema of the field in the body, without null, which a query cannot express."""
    converter = OpenAPIConverter("3.1.0", lambda schema: None, APISpec("", "", "3.1.0"))
    schema: dict[str, Any] = converter.field2property(field)
    kind = schema["type"]
    return {**schema, "type": kind[0] if isinstance(kind, list) else kind}
