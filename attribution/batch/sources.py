"""The articles of a batch, one after the other. In: files, and folders of them. Out: an `Item` for each article, always the same
ones in the same order.

A folder gives its .txt and .html files, and those of the folders in it, by their names; what else is in it is left alone. No more
than one article is held, and of none more than MOST bytes and one, by which whoever reads it sees that it is too large.
"""

from __future__ import annotations

import gzip
import json
import os
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path
from typing import IO, Any

from attribution.batch import compression
from attribution.batch.packages import needed
from attribution.errors import BatchError
from attribution.inputs import RawArticle, form_of

MOST = 16 * 2**20
"""Bytes of an article that are read: a million characters with every one of them escaped, and of HTML a very large page."""
IN_FOLDERS = (".txt", ".html", ".htm", ".xhtml")
PARQUET = ".parquet"
COLUMNS = ("id", "text", "html")
"""Of a Parquet file, where it has them."""
ROWS = 16
"""Of a Parquet file, taken at a time."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file: where it is, what messages and ids call it, which of `attribution.inputs.INPUTS` it holds, its bytes."""

    path: Path
    name: str
    form: str
    size: int


@dataclass(frozen=True, slots=True)
class Item:
    """An article. `read` is how many bytes of all sources are read with it; `fault` says why its source gives no more."""

    piece: RawArticle
    read: int
    fault: str | None = None


def sources(paths: Sequence[Path], form: str | None = None) -> Iterator[Source]:
    """The files that are there, and those in the folders; all of a `form`, or of what their names say."""
    for path in paths:
        if path.is_dir():
            yield from (_source(file, _shown(file.relative_to(path)), form) for file in _files(path))
        else:
            yield _source(path, _shown(path), form)


def _files(folder: Path) -> Iterator[Path]:
    for inner, folders, names in os.walk(folder):
        folders.sort()
        paths = (Path(inner, name) for name in sorted(names))
        yield from (path for path in paths if compression.plain(path).suffix.lower() in IN_FOLDERS)


def _source(path: Path, name: str, form: str | None) -> Source:
    return Source(path, name, form or form_of(str(compression.plain(path))), path.stat().st_size)


def _shown(path: Path) -> str:
    """A path as text, of which every character can be written."""
    return os.fsencode(path).decode("utf-8", "replace")


def check(source: Source) -> None:
    """Raise BatchError for a file that cannot be read twice, or that needs a package which is not there."""
    if not source.path.is_file():
        raise BatchError(f"{source.name} is no file, and can be read only once: write what it gives to a file first")
    match source.path.suffix.lower():
        case ".zst":
            compression.arrow()
        case ".parquet":
            parquet()


def parquet() -> Any:
    """The module that knows Parquet."""
    return needed("pyarrow.parquet", "a .parquet file")


def items(found: Iterable[Source]) -> Iterator[Item]:
    """The articles of the sources."""
    before = 0
    for source in found:
        try:
            for piece, read in _table(source) if source.path.suffix.lower() == PARQUET else _pieces(source):
                yield Item(piece, before + read)
        except _damage(source) as error:
            fault = f"This cannot be read to its end, and whatever else is in it is missing: {error}."
            yield Item(RawArticle(source.name, source.name, source.form, b""), before + source.size, fault)
        before += source.size


def _damage(source: Source) -> tuple[type[Exception], ...]:
    """What is raised for a file that is not whole, or that may not be read."""
    match source.path.suffix.lower():
        case ".zst":
            return (OSError,)
        case ".parquet":
            return PermissionError, needed("pyarrow", "a .parquet file").ArrowException
    return PermissionError, EOFError, zlib.error, gzip.BadGzipFile


def _pieces(source: Source) -> Iterator[tuple[RawArticle, int]]:
    """The articles of a file, each with how many of its bytes are read."""
    with source.path.open("rb") as raw, compression.reader(source.path, raw) as stream:
        if source.form == "ndjson":
            yield from _lines(source.name, stream, raw.tell)
        else:
            yield RawArticle(source.name, source.name, source.form, stream.read(MOST + 1)), source.size


def _lines(name: str, stream: IO[bytes], read: Callable[[], int]) -> Iterator[tuple[RawArticle, int]]:
    """The lines that are not empty, with their numbers; of one that is too large, its beginning."""
    for number in count(1):
        line = end = stream.readline(MOST + 1)
        while len(end) > MOST and not end.endswith(b"\n"):
            end = stream.readline(MOST + 1)
        if not line:
            return
        if line.strip():
            yield RawArticle(f"{name}, line {number}", f"{name}:{number}", "ndjson", line), read()


def _table(source: Source) -> Iterator[tuple[RawArticle, int]]:
    """The rows of a Parquet file, as lines of NDJSON."""
    with parquet().ParquetFile(source.path) as table:
        columns = [name for name in COLUMNS if name in table.schema_arrow.names]
        rows = chain.from_iterable(batch.to_pylist() for batch in table.iter_batches(ROWS, columns=columns))
        for number, row in enumerate(rows, 1):
            name, title = f"{source.name}:{number}", f"{source.name}, row {number}"
            yield RawArticle(title, name, "ndjson", _line(row)), source.size * number // table.metadata.num_rows


def _line(row: dict[str, Any]) -> bytes:
    """A row as a line: without what it leaves empty, and an id that is a number as text."""
    cells = {name: str(cell) if name == "id" else cell for name, cell in row.items() if cell is not None}
    return json.dumps(cells, default=lambda cell: None).encode()
