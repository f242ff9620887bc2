"""What one article gives: its rows, or why there are none."""

import json
from dataclasses import replace

import pytest

import attribution
from api import examples
from attribution.batch import answers
from attribution.batch.sources import Item
from attribution.errors import LanguageError, ModelError, TextError
from attribution.inputs import RawArticle


def item(data, *, form="ndjson", fault=None):
    """An article."""
    return Item(RawArticle("a, line 1", "a:1", form, data), 0, fault)


@pytest.fixture
def ask(monkeypatch):
    """Asks with an `extract` that does what the test says, and remembers how it was called."""
    calls = []

    def invoke(one, *, rows="articles", raised=None, **keywords):
        def extract(**wanted):
            calls.append(wanted)
            if raised:
                raise raised
            return replace(examples.ARTICLE, id=wanted["article_id"])

        monkeypatch.setattr(attribution, "extract", extract)
        monkeypatch.setattr(attribution, "load", lambda: None)
        answers.prepare(keywords, rows)
        return answers.answer(one)

    invoke.calls = calls
    return invoke


def test_an_article_gives_its_rows(ask):
    """A line of JSON each, with the name that it bears, or that of its place."""
    given = ask(item(b'{"text": "Hi", "types": ["direct"]}'), topics=True, types=["mixed"])
    assert json.loads(given.rows) == replace(examples.ARTICLE, id="a:1").to_dict()
    assert given.error == b""
    assert ask.calls == [{"article_id": "a:1", "text": "Hi", "topics": True, "types": ["direct"]}]
    named = ask(item(b'{"html": "<p>Hi", "id": "bridge"}'), rows="quotes")
    assert [json.loads(line)["article"] for line in named.rows.splitlines()] == ["bridge", "bridge"]


FAULTS = {
    "bad JSON": (item(b'{"text": "He said "no"."}'), None, "a:1", "not valid JSON"),
    "no UTF-8": (item(b"caf\xe9", form="text"), None, "a:1", "not UTF-8"),
    "a page as text": (item(b"<!doctype html><p>Hi", form="text"), None, "a:1", "an HTML page"),
    "no text": (item(b'{"text": "", "id": "b"}'), TextError("the text is empty"), "b", "the text is empty"),
    "another language": (item(b'{"text": "Hallo", "id": "b"}'), LanguageError("only English", "de"), "b", "only English"),
    "a file cut off": (item(b"", form="text", fault="This is cut off."), None, "a:1", "This is cut off."),
    "our own fault": (item(b"Hi", form="text"), ZeroDivisionError("oh"), "a:1", "report: ZeroDivisionError: oh"),
}


@pytest.mark.parametrize(("one", "raised", "name", "reason"), FAULTS.values(), ids=FAULTS)
def test_an_article_that_cannot_be_read_says_why(ask, one, raised, name, reason):
    """With its id, or its place where it has none."""
    given = ask(one, raised=raised)
    told = json.loads(given.error)
    assert given.rows == b""
    assert (told["id"], told["place"]) == (name, "a, line 1")
    assert reason in told["reason"]


def test_an_article_that_is_too_large_is_told_to_be_parted(ask, monkeypatch):
    monkeypatch.setattr(answers, "MOST", 4)
    assert "larger than the 4 bytes" in json.loads(ask(item(b"12345", form="text")).error)["reason"]
    assert ask(item(b"1234", form="text")).error == b""


def test_without_a_pipeline_nothing_is_read(ask):
    """It is not the article's fault."""
    with pytest.raises(ModelError):
        ask(item(b"Hi", form="text"), raised=ModelError("no trained pipeline"))
