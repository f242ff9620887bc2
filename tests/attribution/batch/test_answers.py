"""The answer for one article: its rows, or the reason why there are none."""

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
    """Calls `answer` with a fake `extract` that records its calls."""
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


def test_the_answer_for_an_article_is_its_rows(ask):
    """Each is a line of JSON with the article's own id, or the id of its place."""
    given = ask(item(b'{"text": "Hi", "types": ["direct"]}'), topics=True, types=["mixed"])
    assert json.loads(given.rows) == replace(examples.ARTICLE, id="a:1").to_dict()
    assert given.error == b""
    assert ask.calls == [{"article_id": "a:1", "text": "Hi", "topics": True, "types": ["direct"]}]
    named = ask(item(b'{"html": "<p>Hi", "id": "bridge"}'), rows="quotes")
    assert [json.loads(line)["article"] for line in named.rows.splitlines()] == ["bridge", "bridge"]


FAULTS = {
    "bad JSON": (item(b'{"text": "He said "no"."}'), None, "a:1", "not valid JSON"),
    "no UTF-8": (item(b"caf\xe9", form="text"), None, "a:1", "not UTF-8"),
    "a Word file": (item(b"PK\x03\x04\xe9", form="text"), None, "a:1", "This is not a text file."),
    "a page as text": (item(b"<!doctype html><p>Hi", form="text"), None, "a:1", "an HTML page"),
    "no text": (item(b'{"text": "", "id": "b"}'), TextError("the text is empty"), "b", "the text is empty"),
    "another language": (item(b'{"text": "Hallo", "id": "b"}'), LanguageError("only English", "de"), "b", "only English"),
    "a file cut off": (item(b"", form="text", fault="This is cut off."), None, "a:1", "This is cut off."),
    "our own error": (item(b"Hi", form="text"), ZeroDivisionError("oh"), "a:1", "please report it: ZeroDivisionError: oh"),
}


@pytest.mark.parametrize(("one", "raised", "name", "reason"), FAULTS.values(), ids=FAULTS)
def test_the_error_for_an_unreadable_article_says_why(ask, one, raised, name, reason):
    """With the article's own id, or the id of its place."""
    given = ask(one, raised=raised)
    error = json.loads(given.error)
    assert given.rows == b""
    assert (error["id"], error["place"]) == (name, "a, line 1")
    assert reason in error["reason"]


def test_an_article_that_is_too_large_is_refused(ask, monkeypatch):
    monkeypatch.setattr(answers, "MAX_BYTES", 4)
    assert "larger than the limit of 4 bytes" in json.loads(ask(item(b"12345", form="text")).error)["reason"]
    assert ask(item(b"1234", form="text")).error == b""


def test_a_missing_pipeline_is_raised(ask):
    """It is not an error of the article."""
    with pytest.raises(ModelError):
        ask(item(b"Hi", form="text"), raised=ModelError("no trained pipeline"))
