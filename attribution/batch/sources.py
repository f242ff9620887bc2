"""Iterate over the articles of a batch. In: files and folders. Out: an `Item` for each article, always in the same order.

In a folder and its subfolders, the .txt and .html files are read, ordered by name; other files are only counted. Only one
article is in memory at a time, and of that at most MAX_BYTES and one byte more, which shows that it is too large.
"""

from __future__ import annotations

import gzip
import json
import os
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import IO, Any

from attribution.batch import compression
from attribution.batch.packages import require
from attribution.errors import BatchError
from attribution.inputs import RawArticle, form_of
from attribution.text import intake

MAX_BYTES = 16 * 2**20
"""The most bytes of an article: enough for a million characters, all of them escaped, or for a very large HTML page."""
FOLDER_SUFFIXES = (".txt", ".html", ".htm", ".xhtml")
PARQUET = ".parquet"
COLUMNS = ("id", "text", "html")
"""The columns that are read from a Parquet file, if present."""
PARQUET_ROWS = 16
"""The rows that are read from a Parquet file at a time."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file: its `path`, the `name` in messages and ids, which of `attribution.inputs.INPUTS` it is, and its `size` in bytes."""

    path: Path
    name: str
    form: str
    size: int


@dataclass(frozen=True, slots=True)
class Item:
    """An article. `bytes_read` counts the bytes of all sources up to its end; `fault` says why its source cannot be read on."""

    article: RawArticle
    bytes_read: int
    fault: str | None = None


def sources(paths: Sequence[Path], form: str | None = None) -> Iterator[Source]:
    """The given files and those in the given folders; all have the given `form`, or the one of their names."""
    for path in paths:
        if path.is_dir():
            yield from (_source(file, _shown(file.relative_to(path)), form) for file in _files(path) if _is_read(file))
        else:
            yield _source(path, _shown(path), form)


def others(paths: Sequence[Path]) -> Iterator[Path]:
    """The files in the given folders that are not read because of their endings, without hidden files."""
    for path in paths:
        if path.is_dir():
            yield from (file for file in _files(path) if not _is_read(file) and not _is_hidden(file.relative_to(path)))


def _is_read(file: Path) -> bool:
    return compression.uncompressed_path(file).suffix.lower() in FOLDER_SUFFIXES


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _files(folder: Path) -> Iterator[Path]:
    for inner, folders, names in os.walk(folder):
        folders.sort()
        yield from (Path(inner, name) for name in sorted(names))


def _source(path: Path, name: str, form: str | None) -> Source:
    return Source(path, name, form or form_of(str(compression.uncompressed_path(path))), path.stat().st_size)


def _shown(path: Path) -> str:
    """A path as valid Unicode text."""
    return os.fsencode(path).decode("utf-8", "replace")


def check(source: Source) -> None:
    """Raise BatchError for a file that cannot be read twice, or that needs a missing package."""
    if not source.path.is_file():
        raise BatchError(f"{source.name} is not a regular file, so it can be read only once: save its content to a file first")
    match source.path.suffix.lower():
        case ".zst":
            compression.require_zstd()
        case ".parquet":
            require_parquet()


def require_parquet() -> Any:
    """The module that reads and writes Parquet."""
    return require("pyarrow.parquet", "a .parquet file")


def items(found: Iterable[Source]) -> Iterator[Item]:
    """The articles of the sources."""
    before = 0
    for source in found:
        try:
            for raw, read in _table(source) if source.path.suffix.lower() == PARQUET else _articles(source):
                yield Item(raw, before + read)
        except _read_errors(source) as error:
            fault = f"This cannot be read to its end, so the rest of it is missing: {error}."
            yield Item(RawArticle(source.name, source.name, source.form, b""), before + source.size, fault)
        before += source.size


def _read_errors(source: Source) -> tuple[type[Exception], ...]:
    """The exceptions for a damaged file, or one without read permission."""
    match source.path.suffix.lower():
        case ".zst":
            return (OSError,)
        case ".parquet":
            return PermissionError, require("pyarrow", "a .parquet file").ArrowException
    return PermissionError, EOFError, zlib.error, gzip.BadGzipFile


def _articles(source: Source) -> Iterator[tuple[RawArticle, int]]:
    """The articles of a file, each with the number of bytes read so far."""
    with source.path.open("rb") as raw, compression.reader(source.path, raw) as stream:
        if source.form == "ndjson":
            yield from _lines(source.name, stream, raw.tell)
        else:
            yield RawArticle(source.name, source.name, source.form, stream.read(MAX_BYTES + 1)), source.size


def _lines(name: str, stream: IO[bytes], read: Callable[[], int]) -> Iterator[tuple[RawArticle, int]]:
    """The lines that are not blank; of one that is too large, only its beginning."""
    for number, line in intake.lines(stream, MAX_BYTES):
        yield RawArticle(f"{name}, line {number}", f"{name}:{number}", "ndjson", line), read()


def _table(source: Source) -> Iterator[tuple[RawArticle, int]]:
    """The rows of a Parquet file, as lines of NDJSON."""
    with require_parquet().ParquetFile(source.path) as table:
        columns = [name for name in COLUMNS if name in table.schema_arrow.names]
        rows = chain.from_iterable(batch.to_pylist() for batch in table.iter_batches(PARQUET_ROWS, columns=columns))
        for number, row in enumerate(rows, 1):
            name, title = f"{source.name}:{number}", f"{source.name}, row {number}"
            yield RawArticle(title, name, "ndjson", _line(row)), source.size * number // table.metadata.num_rows


def _line(row: dict[str, Any]) -> bytes:
    """A row as a line of JSON, without empty cells; an id that is a number becomes text."""
    cells = {name: str(cell) if name == "id" else cell for name, cell in row.items() if cell is not None}
    return json.dumps(cells, default=lambda cell: None).encode()
