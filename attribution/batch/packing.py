"""The file that was asked for, made of lines of JSON. In: a file of lines. Out: the same rows as JSONL, compressed or not, or as
Parquet, by the end of the name. Whatever is made is made beside it, and there at once.

No more than a group of rows is held: GROUP bytes of lines, or the one row that is larger.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from json import loads
from pathlib import Path
from types import NoneType, UnionType
from typing import IO, Any, get_args, get_origin, get_type_hints

from attribution.batch import compression
from attribution.batch.output import synced
from attribution.batch.packages import needed
from attribution.batch.sources import PARQUET, parquet
from attribution.errors import BatchError

LINES = (".jsonl", ".ndjson")
GROUP = 16 * 2**20


def check(out: Path) -> None:
    """Raise BatchError for a name that says nothing which can be written."""
    if out.suffix.lower() == PARQUET:
        parquet()
    elif compression.plain(out).suffix.lower() not in LINES:
        raise BatchError(f"{out}: what this is to be is said by its end: .jsonl, .jsonl.gz, .jsonl.zst or .parquet")
    elif out.suffix.lower() == ".zst":
        compression.arrow()


def pack(partial: Path, out: Path, record: type) -> None:
    """Make `out` of the lines in `partial`, each the plain form of a `record`, and take `partial` away."""
    if out.suffix.lower() in LINES:
        os.replace(partial, out)
        return
    packed = out.with_name(f"{out.name}.packed")
    with partial.open("rb") as lines, packed.open("wb") as raw:
        if out.suffix.lower() == PARQUET:
            _write_table(lines, raw, record)
        else:
            with compression.writer(out, raw) as stream:
                shutil.copyfileobj(lines, stream)
    with packed.open("r+b") as file:
        synced(file)
    os.replace(packed, out)
    partial.unlink()


def _write_table(lines: IO[bytes], raw: IO[bytes], record: type) -> None:
    arrow = needed("pyarrow", "a .parquet file")
    schema = arrow.schema(list(_type(arrow, record)))
    with parquet().ParquetWriter(raw, schema, compression="zstd") as writer:
        for group in _groups(lines):
            writer.write_table(arrow.Table.from_pylist(group, schema=schema))


def _groups(lines: IO[bytes]) -> Iterator[list[dict[str, Any]]]:
    while group := lines.readlines(GROUP):
        yield [loads(line) for line in group]


def _type(arrow: Any, annotation: Any) -> Any:
    """The type of a column that holds what a record's field does: a record is a struct, a tuple a list."""
    if is_dataclass(annotation):
        hints = get_type_hints(annotation)
        return arrow.struct([(field.name, _type(arrow, hints[field.name])) for field in fields(annotation)])
    if get_origin(annotation) is UnionType:
        (annotation,) = (part for part in get_args(annotation) if part is not NoneType)
        return _type(arrow, annotation)
    if get_origin(annotation) is tuple:
        return arrow.list_(_type(arrow, get_args(annotation)[0]))
    return {str: arrow.string(), int: arrow.int64(), float: arrow.float64(), bool: arrow.bool_()}[annotation]
