"""Reading and writing Parquet and Zstandard, with the package of the extra."""

import json
from dataclasses import replace

import batching
import pyarrow as arrow
import pytest
from pyarrow import parquet

from api import examples
from attribution.batch import packing
from attribution.batch.answers import Answer, json_line
from attribution.batch.rows import RECORDS, ROWS
from attribution.batch.sources import items, sources
from attribution.batch.work import Job
from attribution.data import Candidate, Span, Via

BARE = replace(
    examples.ARTICLE.quotes[0],
    speaker=None,
    verb=None,
    source=None,
    context=None,
    candidates=(Candidate("s1", "Ann Lee", 0.3),),
    via=(Via(None, "RIA", "relays", Span(0, 1, "“")),),
)
WITHOUT = replace(examples.ARTICLE, quotes=())
ARTICLES = (examples.ARTICLE, replace(examples.ARTICLE, id="bare", quotes=(BARE,), text="“"), WITHOUT)


def compressed(data):
    """A Zstandard frame."""
    return arrow.compress(data, "zstd", asbytes=True)


@pytest.mark.parametrize("rows", ROWS)
def test_parquet_has_the_same_rows_as_jsonl(tmp_path, rows):
    """Unknown values are null, even if a whole group of rows has none."""
    written = [row for article in ARTICLES for row in ROWS[rows](article)]
    (tmp_path / "lines").write_bytes(b"".join(map(json_line, written)))
    packing.pack(tmp_path / "lines", tmp_path / "out.parquet", RECORDS[rows])
    assert parquet.read_table(tmp_path / "out.parquet").to_pylist() == written
    assert [path.name for path in tmp_path.iterdir()] == ["out.parquet"]


def test_parquet_without_rows_has_all_columns(tmp_path):
    (tmp_path / "lines").touch()
    packing.pack(tmp_path / "lines", tmp_path / "out.parquet", RECORDS["quotes"])
    table = parquet.read_table(tmp_path / "out.parquet")
    assert (table.num_rows, table.column_names[:3]) == (0, ["article", "quote", "speaker"])
    assert table.schema.field("probability").type == arrow.float64()


def test_parquet_is_written_in_groups_of_rows(tmp_path, monkeypatch):
    """So memory is bounded. Here a group may have only one row."""
    monkeypatch.setattr(packing, "GROUP", 1)
    (tmp_path / "lines").write_bytes(b"".join(json_line(row) for row in ROWS["quotes"](examples.ARTICLE)))
    packing.pack(tmp_path / "lines", tmp_path / "out.parquet", RECORDS["quotes"])
    assert parquet.ParquetFile(tmp_path / "out.parquet").num_row_groups == 2


def test_zstandard_is_read_and_written(tmp_path):
    """Also in several frames."""
    data = batching.lines(tmp_path / "in.jsonl", ["One", "Two"]).read_bytes()
    (tmp_path / "in.jsonl.zst").write_bytes(compressed(data[:10]) + compressed(data[10:]))
    batching.read(Job((tmp_path / "in.jsonl.zst",), tmp_path / "out.jsonl.zst"))
    with arrow.input_stream(tmp_path / "out.jsonl.zst", compression="zstd") as stream:
        lines = stream.read().splitlines()
    assert [json.loads(line)["text"] for line in lines] == ["One", "Two"]


def test_a_whole_batch_can_be_written_as_parquet(tmp_path):
    job = Job((batching.lines(tmp_path / "in.jsonl", ["One", "Two"]),), tmp_path / "out.parquet", rows="quotes")
    answers = [Answer(json_line(row)) for row in ROWS["quotes"](examples.ARTICLE)]
    batching.read(job, reader=lambda item: answers[item.article.name.endswith("2")])
    assert parquet.read_table(job.out).column("quote").to_pylist() == ["q1", "q2"]
    assert not (tmp_path / "out.parquet.partial").exists()


def found(path):
    """The articles of a file."""
    return list(items(sources([path])))


def test_a_row_of_parquet_is_an_article(tmp_path):
    """Its id may be a number. Other columns and empty cells are ignored."""
    table = {"id": [7, None], "text": ["One", None], "html": [None, "<p>Two</p>"], "title": ["a", "b"]}
    parquet.write_table(arrow.table(table), tmp_path / "in.parquet")
    one, two = found(tmp_path / "in.parquet")
    assert json.loads(one.article.data) == {"id": "7", "text": "One"}
    assert json.loads(two.article.data) == {"html": "<p>Two</p>"}
    assert (two.article.name, two.article.title) == (f"{tmp_path}/in.parquet:2", f"{tmp_path}/in.parquet, row 2")
    assert two.bytes_read == (tmp_path / "in.parquet").stat().st_size


@pytest.mark.parametrize(("name", "cut"), [("in.parquet", 40), ("in.jsonl.zst", 10)])
def test_a_truncated_file_is_reported(tmp_path, name, cut):
    """Its readable part is not taken for the whole."""
    parquet.write_table(arrow.table({"text": ["One"]}), tmp_path / "in.parquet")
    (tmp_path / "in.jsonl.zst").write_bytes(compressed(b'{"text": "One"}\n' * 100))
    (tmp_path / name).write_bytes((tmp_path / name).read_bytes()[:-cut])
    *_, last = found(tmp_path / name)
    assert last.fault.startswith("This cannot be read to its end")
