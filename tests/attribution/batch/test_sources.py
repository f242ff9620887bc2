"""The articles of a batch: which ones, in which order, and what happens with a damaged file."""

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
    """The current folder of the test."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def found(*names, form=None):
    """The articles of some paths."""
    return list(items(sources.sources([Path(name) for name in names], form)))


def test_the_articles_of_a_folder_come_in_order_of_their_names(folder):
    """Those in subfolders come last, and are named by their relative path. Other files are ignored."""
    for name in ("in/b.txt", "in/a.HTM", "in/z.jsonl", "in/notes.md", "in/c/d.html", "in/a.txt/e.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name, encoding="utf-8")
    (folder / "in/c/f.txt.gz").write_bytes(gzip.compress(b"zipped"))
    seen = [(item.article.name, item.article.form, item.article.data) for item in found("in")]
    assert seen == [
        ("a.HTM", "html", b"in/a.HTM"),
        ("b.txt", "text", b"in/b.txt"),
        ("a.txt/e.txt", "text", b"in/a.txt/e.txt"),
        ("c/d.html", "html", b"in/c/d.html"),
        ("c/f.txt.gz", "text", b"zipped"),
    ]


def test_each_line_is_an_article_named_by_its_number(folder):
    """Compressed or not. Empty lines are skipped, but counted."""
    data = b'{"text": "One"}\n\n{"text": "Two"}'
    (folder / "a.jsonl").write_bytes(data)
    (folder / "b.ndjson.gz").write_bytes(gzip.compress(data[:10]) + gzip.compress(data[10:]))
    assert [(item.article.name, item.article.title) for item in found("a.jsonl", "b.ndjson.gz")] == [
        ("a.jsonl:1", "a.jsonl, line 1"),
        ("a.jsonl:3", "a.jsonl, line 3"),
        ("b.ndjson.gz:1", "b.ndjson.gz, line 1"),
        ("b.ndjson.gz:3", "b.ndjson.gz, line 3"),
    ]


def test_the_form_of_all_files_can_be_given(folder):
    """It overrides their names."""
    (folder / "a.txt").write_text("<p>Hi</p>", encoding="utf-8")
    assert [item.article.form for item in found("a.txt", form="html")] == ["html"]


def test_each_article_counts_the_bytes_read_so_far(folder):
    """The last one counts all bytes of all files."""
    (folder / "a.jsonl").write_bytes(b"{}\n{}\n")
    (folder / "b.txt").write_bytes(b"Four")
    assert [item.bytes_read for item in found("a.jsonl", "b.txt")][-1] == 10


def test_only_the_beginning_of_an_oversized_article_is_read(folder, monkeypatch):
    """Just enough to see that it is too large. The next line is read as usual."""
    monkeypatch.setattr(sources, "MAX_BYTES", 4)
    (folder / "a.jsonl").write_bytes(b"123456789012\n{}\n1234\n12345")
    (folder / "b.txt").write_bytes(b"123456789")
    assert [item.article.data for item in found("a.jsonl", "b.txt")] == [b"12345", b"{}\n", b"1234\n", b"12345", b"12345"]


@pytest.mark.parametrize("cut", [slice(0, -12), slice(0, 3)], ids=["truncated", "only the header"])
def test_a_truncated_file_is_read_as_far_as_possible_and_reported(folder, cut):
    """The next file is read as usual."""
    (folder / "a.jsonl.gz").write_bytes(gzip.compress(b"{}\n" * 3)[cut])
    (folder / "b.txt").write_text("Hi", encoding="utf-8")
    *_, damaged, after = found("a.jsonl.gz", "b.txt")
    assert damaged.article.name == "a.jsonl.gz"
    assert damaged.fault.startswith("This cannot be read to its end")
    assert (after.article.name, after.fault) == ("b.txt", None)


def test_a_file_that_is_not_gzip_is_reported(folder):
    (folder / "a.txt.gz").write_text("Hi", encoding="utf-8")
    (item,) = found("a.txt.gz")
    assert "Not a gzipped file" in item.fault


def test_invalid_bytes_in_a_file_name_are_replaced(folder):
    """An id must be valid Unicode."""
    Path(os.fsdecode(b"caf\xe9.txt")).write_bytes(b"Hi")
    assert [item.article.name for item in found(".")] == ["caf\ufffd.txt"]


@pytest.mark.parametrize("name", ["a.jsonl.zst", "a.parquet"])
def test_without_its_package_a_file_is_refused_with_the_remedy(folder, monkeypatch, name):
    for module in ("pyarrow", "pyarrow.parquet"):
        monkeypatch.setitem(sys.modules, module, None)
    (folder / name).touch()
    (source,) = sources.sources([Path(name)])
    with pytest.raises(BatchError, match=r"pyarrow: pip install pyarrow"):
        sources.check(source)


def test_a_pipe_is_refused(folder):
    """It could not be read again to resume the batch."""
    os.mkfifo("pipe.jsonl")
    (source,) = sources.sources([Path("pipe.jsonl")])
    with pytest.raises(BatchError, match="can be read only once: save its content to a file"):
        sources.check(source)
