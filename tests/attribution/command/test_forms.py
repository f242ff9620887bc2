"""The output formats of the command."""

import csv
import io
import json
from dataclasses import replace

import pytest

from api import examples
from attribution.command.forms import FORMS
from attribution.command.table import table
from attribution.data import Span, Via

DIRECT, INDIRECT = examples.ARTICLE.quotes
NESTED = replace(INDIRECT, parent="q1", speaker=None, verb=None, source=None, via=(Via("s2", "RIA", "relays", Span(0, 1, "“")),))


def write(form, *articles, several=False):
    """The output for some articles."""
    return "".join(FORMS[form](iter([(examples.TEXT, article) for article in articles]), several))


def of(*quotes):
    """The example with these quotes."""
    return replace(examples.ARTICLE, quotes=quotes)


def test_json_is_the_answer_or_a_list_of_several():
    answer = examples.ARTICLE.to_dict()
    assert json.loads(write("json", examples.ARTICLE)) == answer
    assert json.loads(write("json", examples.ARTICLE, examples.ARTICLE, several=True)) == [answer, answer]
    assert json.loads(write("json", several=True)) == []


def test_ndjson_is_one_answer_per_line():
    lines = write("ndjson", examples.ARTICLE, examples.ARTICLE, several=True).splitlines()
    assert [json.loads(line) for line in lines] == [examples.ARTICLE.to_dict()] * 2


def test_csv_is_one_row_per_quote_under_one_header():
    rows = list(csv.DictReader(io.StringIO(write("csv", examples.ARTICLE, of(NESTED), several=True), newline="")))
    assert [row["id"] for row in rows] == ["q1", "q2", "q2"]
    assert rows[0] == {
        **{
            "article": "bridge",
            "id": "q1",
            "type": "direct",
            "kind": "statement",
            "speaker": "Ann Lee",
            "verb": "said",
            "act": "say",
        },
        **{"negated": "false", "text": "“The bridge opens on Monday,”", "verbatim": "The bridge opens on Monday,"},
        **{"source": "Mayor Ann Lee", "via": "", "parent": "", "confidence": "0.99", "start": "0", "end": "29"},
    }
    assert [rows[2][name] for name in ("speaker", "verb", "act", "negated", "via", "parent")] == [
        "",
        "",
        "",
        "",
        "RIA (relays)",
        "q1",
    ]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a", "\t=1"])
def test_csv_contains_nothing_that_a_spreadsheet_would_run(text):
    (row,) = csv.DictReader(io.StringIO(write("csv", of(replace(DIRECT, text=text))), newline=""))
    assert row["text"] == f"'{text}"


def test_markdown_is_a_list_with_nested_quotes_under_their_parents():
    assert write("markdown", of(DIRECT, NESTED)) == (
        "- **Ann Lee** said: “The bridge opens on Monday,” (direct, q1)\n"
        "  - **Not named**: that cyclists must wait until June (indirect, q2; relayed by RIA)\n"
    )


def test_markdown_keeps_a_nested_quote_without_its_parent():
    assert write("markdown", of(NESTED)).startswith("- **Not named**")


def test_markdown_escapes_special_characters():
    assert r"a \*b\* \<c\> \[d\] e" in write("markdown", of(replace(DIRECT, text="a *b* <c> [d]\ne")))


def test_with_several_articles_each_has_its_name():
    assert write("markdown", examples.ARTICLE, of(), several=True).split("\n\n")[0::2] == ["## bridge", "## bridge", ""]
    assert write("table", examples.ARTICLE, several=True).startswith("bridge\n\nspeaker ")


def test_a_table_shows_unknown_values_as_dashes():
    """A quote without a speaker is kept."""
    assert table(of(NESTED), width=100).splitlines()[2].split("  ")[0] == "–"


@pytest.mark.parametrize("form", ["table", "markdown"])
def test_an_answer_without_quotes_is_a_message(form):
    """Not an empty screen."""
    assert write(form, of()) == "No quotation found.\n"


def test_a_table_contains_no_control_sequences():
    assert "a [31mb c" in table(of(replace(DIRECT, text="a\x1b[31mb\nc")), width=100)
