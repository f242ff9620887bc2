"""Clients of the last release work with this one: nothing in its contract is removed or narrowed.

`released.yaml` is the contract of the last release. CONTRIBUTING says when it is replaced.
"""

from copy import deepcopy
from pathlib import Path

import pytest
import yaml
from compatibility import taken_away

RELEASED = Path(__file__).with_name("released.yaml")
QUOTES = "POST /v1/quotes"


@pytest.fixture(scope="module")
def released():
    """The contract of the last release."""
    return yaml.safe_load(RELEASED.read_text(encoding="utf-8"))


def changed(contract, path, change):
    """A copy of the contract, with the part at `path` changed by `change`."""
    copy = deepcopy(contract)
    part = copy
    for step in path:
        part = part[step]
    change(part)
    return copy


def drop(name):
    """Removes a field."""
    return lambda part: part.pop(name) if isinstance(part, dict) else part.remove(name)


def put(**fields):
    """Adds fields."""
    return lambda part: part.update(fields)


PATHS = ("paths",)
POST = ("paths", "/v1/quotes", "post")
REQUEST = ("components", "schemas", "QuoteRequest", "properties")
QUOTE = ("components", "schemas", "Quote")
NARROWED = [
    (PATHS, drop("/v1/quotes"), f"no longer: {QUOTES}"),
    (("paths", "/v1/quotes"), drop("post"), f"no longer: {QUOTES}"),
    ((*POST, "responses"), drop("413"), f"no longer: {QUOTES} → 413"),
    ((*POST, "responses", "200", "content"), drop("application/json"), f"no longer: {QUOTES} → 200 application/json "),
    ((*POST, "requestBody", "content"), drop("text/html"), f"no longer: {QUOTES} text/html "),
    ((*POST, "parameters"), lambda part: part.pop(0), f"no longer: {QUOTES} ?id"),
    ((*POST, "parameters", 0), put(required=True), f"new: {QUOTES} ?id must be sent"),
    ((*QUOTE, "properties"), drop("confidence"), f"no longer: {QUOTES} → 200 application/json .quotes[].confidence"),
    ((*QUOTE, "required"), drop("type"), f"no longer: {QUOTES} → 200 application/json .quotes[].type is always there"),
    (
        (*QUOTE, "properties", "confidence"),
        put(type=["number", "null"]),
        f"new: {QUOTES} → 200 application/json .quotes[].confidence may be 'null'",
    ),
    (REQUEST, drop("topics"), f"no longer: {QUOTES} application/json .topics"),
    (REQUEST[:-1], put(required=["text"]), f"new: {QUOTES} application/json .text must be sent"),
    ((*REQUEST, "context", "enum"), drop("none"), f"no longer: {QUOTES} application/json .context may be 'none'"),
    ((*REQUEST, "topics"), put(enum=[True]), f"new: {QUOTES} application/json .topics has enum"),
    ((*REQUEST, "id"), put(type="string"), f"no longer: {QUOTES} application/json .id may be 'null'"),
    ((*REQUEST, "id"), put(maxLength=100), f"narrower: {QUOTES} application/json .id has maxLength"),
    ((*REQUEST, "id"), put(minLength=1), f"narrower: {QUOTES} application/json .id has minLength"),
]
WIDENED = [
    (PATHS, put(**{"/v2/quotes": {"post": {"responses": {}}}})),
    ((*POST, "responses"), put(**{"418": {"description": "Tea."}})),
    ((*QUOTE, "properties"), put(tone={"type": "string"})),
    ((*QUOTE, "required"), lambda part: part.append("tone")),
    (REQUEST, put(tone={"type": "string", "enum": ["dry"], "maxLength": 3})),
    ((*REQUEST, "context", "enum"), lambda part: part.append("article")),
    ((*REQUEST, "id"), put(maxLength=1000)),
    ((*REQUEST, "id"), drop("maxLength")),
]


def test_nothing_is_removed_since_the_last_release(released):
    now = yaml.safe_load((Path(__file__).parents[2] / "openapi.yaml").read_text(encoding="utf-8"))
    assert taken_away(released, now) == []


@pytest.mark.parametrize(("path", "change", "report"), NARROWED, ids=[report for _, _, report in NARROWED])
def test_what_is_removed_or_narrowed_is_reported(released, path, change, report):
    assert report in taken_away(released, changed(released, path, change))


@pytest.mark.parametrize(("path", "change"), WIDENED)
def test_additions_are_not_reported(released, path, change):
    assert taken_away(released, changed(released, path, change)) == []
