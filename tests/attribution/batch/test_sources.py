"""The articles of a batch: which they are, in which order, and what of a file that is not whole."""

import gzip
import os
import sys
from pathlib import Path

import pytest

from attribution.batch import sources
from attribution.batch.sources import items
from attribution.errors import BatchError


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The folder in which the test is."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def found(*names, form=None):
    """The articles of some paths."""
    return list(items(sources.sources([Path(name) for name in names], form)))


def test_a_folder_gives_its_articles_by_their_names_and_leaves_the_rest_alone(folder):
    """Those of the folders in it come after them, and each is called by its path there."""
    for name in ("in/b.txt", "in/a.HTM", "in/z.jsonl", "in/notes.md", "in/c/d.html", "in/a.txt/e.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name, encoding="utf-8")
    (folder / "in/c/f.txt.gz").write_bytes(gzip.compress(b"zipped"))
    seen = [(item.piece.name, item.piece.form, item.piece.data) for item in found("in")]
    assert seen == [
        ("a.HTM", "html", b"in/a.HTM"),
        ("b.txt", "text", b"in/b.txt"),
        ("a.txt/e.txt", "text", b"in/a.txt/e.txt"),
        ("c/d.html", "html", b"in/c/d.html"),
        ("c/f.txt.gz", "text", b"zipped"),
    ]


def test_a_line_is_an_article_that_is_called_by_its_number(folder):
    """Compressed or not. Empty lines are none, but count."""
    data = b'{"text": "One"}\n\n{"text": "Two"}'
    (folder / "a.jsonl").write_bytes(data)
    (folder / "b.ndjson.gz").write_bytes(gzip.compress(data[:10]) + gzip.compress(data[10:]))
    assert [(item.piece.name, item.piece.title) for item in found("a.jsonl", "b.ndjson.gz")] == [
        ("a.jsonl:1", "a.jsonl, line 1"),
        ("a.jsonl:3", "a.jsonl, line 3"),
        ("b.ndjson.gz:1", "b.ndjson.gz, line 1"),
        ("b.ndjson.gz:3", "b.ndjson.gz, line 3"),
    ]


def test_what_every_file_is_can_be_said(folder):
    """Where names do not tell."""
    (folder / "a.txt").write_text("<p>Hi</p>", encoding="utf-8")
    assert [item.piece.form for item in found("a.txt", form="html")] == ["html"]


def test_it_is_known_how_much_is_read(folder):
    """At the end, all bytes of all files."""
    (folder / "a.jsonl").write_bytes(b"{}\n{}\n")
    (folder / "b.txt").write_bytes(b"Four")
    assert [item.read for item in found("a.jsonl", "b.txt")][-1] == 10


def test_of_what_is_too_large_only_the_beginning_is_held(folder, monkeypatch):
    """As much as shows that it is, of a line and of a file; the next line is read."""
    monkeypatch.setattr(sources, "MOST", 4)
    (folder / "a.jsonl").write_bytes(b"123456789012\n{}\n1234\n12345")
    (folder / "b.txt").write_bytes(b"123456789")
    assert [item.piece.data for item in found("a.jsonl", "b.txt")] == [b"12345", b"{}\n", b"1234\n", b"12345", b"12345"]


@pytest.mark.parametrize("cut", [slice(0, -12), slice(0, 3)], ids=["cut off", "no more than its head"])
def test_a_file_that_is_not_whole_gives_what_it_has_and_the_rest_goes_on(folder, cut):
    """What is missing is told."""
    (folder / "a.jsonl.gz").write_bytes(gzip.compress(b"{}\n" * 3)[cut])
    (folder / "b.txt").write_text("Hi", encoding="utf-8")
    *_, damaged, after = found("a.jsonl.gz", "b.txt")
    assert damaged.piece.name == "a.jsonl.gz"
    assert damaged.fault.startswith("This cannot be read to its end")
    assert (after.piece.name, after.fault) == ("b.txt", None)


def test_a_file_that_is_no_gzip_is_told(folder):
    (folder / "a.txt.gz").write_text("Hi", encoding="utf-8")
    (item,) = found("a.txt.gz")
    assert "Not a gzipped file" in item.fault


def test_a_name_that_is_no_unicode_is_written_with_a_sign_in_its_place(folder):
    """An id must be text."""
    Path(os.fsdecode(b"caf\xe9.txt")).write_bytes(b"Hi")
    assert [item.piece.name for item in found(".")] == ["caf\ufffd.txt"]


@pytest.mark.parametrize("name", ["a.jsonl.zst", "a.parquet"])
def test_without_its_package_a_file_is_refused_with_the_remedy(folder, monkeypatch, name):
    for module in ("pyarrow", "pyarrow.parquet"):
        monkeypatch.setitem(sys.modules, module, None)
    (folder / name).touch()
    (source,) = sources.sources([Path(name)])
    with pytest.raises(BatchError, match=r"pyarrow: pip install quote-attribution\[batch\]"):
        sources.check(source)


def test_a_pipe_is_refused(folder):
    """It cannot be read a second time, to go on."""
    os.mkfifo("pipe.jsonl")
    (source,) = sources.sources([Path("pipe.jsonl")])
    with pytest.raises(BatchError, match="can be read only once: write what it gives to a file"):
        sources.check(source)
