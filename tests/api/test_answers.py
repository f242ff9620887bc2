"""The forms in which an article's quotes are answered."""

import csv
import json
from dataclasses import replace

import pytest
from checks import assert_problem

from api import examples
from attribution.command.forms import FORMS

JSON, CSV, NDJSON = "application/json", "text/csv", "application/x-ndjson"


def accepting(client, accept):
    """The response to the example where a client accepts that."""
    return client.post("/v1/quotes", json=examples.REQUEST, headers={"Accept": accept})


def test_csv_is_what_the_command_writes(client):
    """To the byte: there is one CSV of a quote."""
    response = accepting(client, CSV)
    assert (response.status_code, response.content_type) == (200, "text/csv; charset=utf-8")
    assert response.text == "".join(FORMS["csv"](iter([(examples.TEXT, examples.ARTICLE)]), False))
    head, *rows = csv.reader(response.text.splitlines())
    assert [dict(zip(head, row, strict=True))["speaker"] for row in rows] == ["Ann Lee", "Ann Lee"]


def test_ndjson_is_a_line_a_quote(client):
    """Each as it is in the JSON."""
    response = accepting(client, NDJSON)
    assert (response.status_code, response.content_type) == (200, NDJSON)
    assert [json.loads(line) for line in response.text.splitlines()] == examples.ARTICLE.to_dict()["quotes"]


def test_a_quote_is_one_line_for_every_reader(make_client):
    """Some end a line at characters that JSON lets stand in a string."""
    quote = replace(examples.ARTICLE.quotes[0], text="a\u2028b\u2029c\x85d\ne")
    client = make_client(extract=lambda text, **options: replace(examples.ARTICLE, quotes=(quote,)))
    (line,) = accepting(client, NDJSON).text.splitlines()
    assert json.loads(line)["text"] == quote.text


@pytest.mark.parametrize(("accept", "text"), [(CSV, "article,id,"), (NDJSON, "")])
def test_an_article_without_quotes_has_no_row_and_no_line(make_client, accept, text):
    """Of CSV the head is left."""
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
def test_what_a_client_likes_best_is_what_it_gets(client, accept, kind):
    """JSON where it likes nothing that there is, or all alike."""
    assert accepting(client, accept).mimetype == kind


def test_a_failure_is_a_problem_in_whichever_form_the_quotes_were_to_be(client):
    """A program knows it by its type."""
    assert_problem(client.post("/v1/quotes", json={}, headers={"Accept": CSV}), 422, "text: Missing")
