"""What a request about one article is, for the contract. In: its schema. Out: OpenAPI's request body and query parameters.

The body is JSON, plain text or HTML. The parameters are the fields of the JSON, but for the article itself. A list is written
with commas; a list of objects, as JSON. None is required: what is, stands in the JSON itself, and needs the query only beside
plain text and HTML.
"""

from __future__ import annotations

from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow.openapi import OpenAPIConverter
from marshmallow import Schema, fields

from . import examples
from .body import IN_BODY
from .requests import WORDS


def body(schema: type[Schema], description: str, **shown: Any) -> dict[str, Any]:
    """The body in each of its forms; `shown` are examples of the JSON."""
    return {
        "required": True,
        "description": f"The article, in UTF-8. JSON can do everything; {description}",
        "content": {
            "application/json": {"schema": schema, "examples": examples.named(**shown)},
            "text/plain": {"schema": WORDS, "examples": examples.named(bridge=examples.TEXT)},
            "text/html": {"schema": WORDS, "examples": examples.named(bridge=examples.HTML)},
        },
    }


def parameters(schema: type[Schema]) -> list[dict[str, Any]]:
    """A parameter for each option."""
    return [_parameter(name, field) for name, field in schema().fields.items() if name not in IN_BODY]


def _parameter(name: str, field: fields.Field[Any]) -> dict[str, Any]:
    needed = " Needed beside a body of plain text or HTML." if field.required else ""
    said = {"in": "query", "name": name, "description": f"As `{name}` of the JSON body.{needed}"}
    if isinstance(field, fields.List) and isinstance(field.inner, fields.Nested):
        component = type(field.inner.schema).__name__.removesuffix("Schema")
        items = {"type": "array", "items": {"$ref": f"#/components/schemas/{component}"}}
        return {**said, "content": {"application/json": {"schema": items}}}
    form = {"style": "form", "explode": False} if isinstance(field, fields.List) else {}
    return {**said, "required": False, "schema": _schema(field), **form}


def _schema(field: fields.Field[Any]) -> dict[str, Any]:
    """What the body says of the field's values, but for null, which no query can say."""
    converter = OpenAPIConverter("3.1.0", lambda schema: None, APISpec("", "", "3.1.0"))
    said: dict[str, Any] = converter.field2property(field)
    kind = said["type"]
    return {**said, "type": kind[0] if isinstance(kind, list) else kind}
