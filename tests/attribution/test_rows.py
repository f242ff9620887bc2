"""An article as a table: in a notebook, and as a data frame."""

import sys
from dataclasses import fields, replace
from types import SimpleNamespace

import pytest

from api import examples
from attribution import rows
from attribution.data import Article


@pytest.fixture
def install(monkeypatch):
    """Installs fakes of the named libraries, and no others; their data frame is the mapping that it is made from."""

    def installed(*names):
        monkeypatch.setattr(rows, "find_spec", lambda name: name if name in names else None)
        for name in names:
            monkeypatch.setitem(sys.modules, name, SimpleNamespace(DataFrame=lambda data, name=name: (name, data)))

    return installed


@pytest.mark.parametrize(("names", "chosen"), [(["polars", "pandas"], "pandas"), (["polars"], "polars")])
def test_a_data_frame_has_one_row_per_quote(install, names, chosen):
    """It is a pandas one if both libraries are installed."""
    install(*names)
    library, table = examples.ARTICLE.to_frame()
    assert library == chosen
    assert table["text"] == [quote.text for quote in examples.ARTICLE.quotes]
    assert table["speaker"] == [quote.speaker.name if quote.speaker else None for quote in examples.ARTICLE.quotes]


def test_a_data_frame_without_rows_has_all_columns(install):
    """So that frames of many articles can be concatenated."""
    install("pandas")
    _, table = replace(examples.ARTICLE, quotes=()).to_frame()
    assert table == {field.name: [] for field in fields(rows.Row)}


def test_without_a_library_the_error_says_what_to_install(install):
    """Neither is a requirement."""
    install()
    with pytest.raises(ImportError, match="pip install pandas"):
        examples.ARTICLE.to_frame()


def test_a_notebook_shows_who_said_what():
    """Everything is escaped: an article cannot inject HTML."""
    hostile = replace(examples.ARTICLE.quotes[0], text="<script>alert(1)</script>", speaker=None)
    shown = Article(None, "codepoint", examples.ARTICLE.model, (hostile, examples.ARTICLE.quotes[0]), ())._repr_html_()
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown
    assert "–</td>" in shown
    assert examples.ARTICLE.quotes[0].speaker.name in shown
