"""The response formats for an article's quotes."""

import csv
import json
from dataclasses import replace

import pytest
from checks import assert_problem

from api import examples
from attribution.command.forms import FORMS

JSON, CSV, NDJSON = "application/json", "text/csv", "application/x-ndjson"


def accepting(client, accept):
    """The response to the example with this `Accept` header."""
    return client.post("/v1/quotes", json=examples.REQUEST, headers={"Accept": accept})


def test_csv_is_what_the_command_writes(client):
    """Byte for byte."""
    response = accepting(client, CSV)
    assert (response.status_code, response.content_type) == (200, "text/csv; charset=utf-8")
    assert response.text == "".join(FORMS["csv"](iter([(examples.TEXT, examples.ARTICLE)]), False))
    head, *rows = csv.reader(response.text.splitlines())
    assert [dict(zip(head, row, strict=True))["speaker"] for row in rows] == ["Ann Lee", "Ann Lee"]


def test_ndjson_has_a_line_for_each_quote(client):
    """With the same fields as in the JSON."""
    response = accepting(client, NDJSON)
    assert (response.status_code, response.content_type) == (200, NDJSON)
    assert [json.loads(line) for line in response.text.splitlines()] == examples.ARTICLE.to_dict()["quotes"]


def test_a_quote_is_one_line_for_every_parser(make_client):
    """Some parsers end a line at characters that JSON allows in strings."""
    quote = replace(examples.ARTICLE.quotes[0], text="a\u2028b\u2029c\x85d\ne")
    client = make_client(extract=lambda text, **options: replace(examples.ARTICLE, quotes=(quote,)))
    (line,) = accepting(client, NDJSON).text.splitlines()
    assert json.loads(line)["text"] == quote.text


@pytest.mark.parametrize(("accept", "text"), [(CSV, "article,id,"), (NDJSON, "")])
def test_an_article_without_quotes_has_no_row_and_no_line(make_client, accept, text):
    """CSV still has its header."""
    response = accepting(make_client(extract=lambda text, **options: replace(examples.ARTICLE, quotes=())), accept)
    assert response.status_code == 200
    assert response.text[: len("article,id,")] == text
    assert response.text.count("\n") == bool(text)


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("", JSON),
        ("*/*", JSON),
        ("text/html,application/xhtml+xml,*/*;q=0.8", JSON),
        ("image/png", JSON),
        ("application/json, text/csv", JSON),
        ("text/csv;q=0.5, application/json;q=0.4", CSV),
        ("text/csv;q=0.5, application/x-ndjson", NDJSON),
        ("text/csv, */*;q=0.1", CSV),
        ("text/*", CSV),
        ("text/csv;q=0, */*", JSON),
    ],
)
def test_a_client_gets_the_format_that_it_prefers(client, accept, kind):
    """JSON if it accepts none of the formats, or prefers none."""
    assert accepting(client, accept).mimetype == kind


def test_a_failure_is_a_problem_whatever_the_requested_format(client):
    """Programs recognise it by its media type."""
    assert_problem(client.post("/v1/quotes", json={}, headers={"Accept": CSV}), 422, "text: Missing")
