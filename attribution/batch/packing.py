"""Convert lines of JSON into the output file. In: a file of lines. Out: the same rows as JSONL, compressed or not, or as Parquet,
according to the suffix. The output is written to a temporary file and then renamed.

At most one group of rows is in memory: GROUP bytes of lines, or a single longer row.
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
from attribution.batch.output import sync
from attribution.batch.packages import require
from attribution.batch.sources import PARQUET, require_parquet
from attribution.errors import BatchError

LINES = (".jsonl", ".ndjson")
GROUP = 16 * 2**20


def check(out: Path) -> None:
    """Raise BatchError if the folder does not exist, the suffix is unknown, or its package is missing."""
    if not out.parent.is_dir():
        raise BatchError(f"{out} cannot be written, because there is no folder {out.parent}: make it, or choose another name")
    if out.suffix.lower() == PARQUET:
        require_parquet()
    elif compression.uncompressed_path(out).suffix.lower() not in LINES:
        raise BatchError(f"{out} has no known suffix: choose a name with .jsonl, .jsonl.gz, .jsonl.zst or .parquet")
    elif out.suffix.lower() == ".zst":
        compression.require_zstd()


def pack(partial: Path, out: Path, record: type) -> None:
    """Write `out` from the lines in `partial`, each the plain form of a `record`, and remove `partial`."""
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
        sync(file)
    os.replace(packed, out)
    partial.unlink()


def _write_table(lines: IO[bytes], raw: IO[bytes], record: type) -> None:
    arrow = require("pyarrow", "a .parquet file")
    schema = arrow.schema(list(_type(arrow, record)))
    with require_parquet().ParquetWriter(raw, schema, compression="zstd") as writer:
        for group in _groups(lines):
            writer.write_table(arrow.Table.from_pylist(group, schema=schema))


def _groups(lines: IO[bytes]) -> Iterator[list[dict[str, Any]]]:
    while group := lines.readlines(GROUP):
        yield [loads(line) for line in group]


def _type(arrow: Any, annotation: Any) -> Any:
    """The column type for a record's field: a struct for a record, a list for a tuple."""
    if is_dataclass(annotation):
        hints = get_type_hints(annotation)
        return arrow.struct([(field.name, _type(arrow, hints[field.name])) for field in fields(annotation)])
    if get_origin(annotation) is UnionType:
        (annotation,) = (part for part in get_args(annotation) if part is not NoneType)
        return _type(arrow, annotation)
    if get_origin(annotation) is tuple:
        return arrow.list_(_type(arrow, get_args(annotation)[0]))
    return {str: arrow.string(), int: arrow.int64(), float: arrow.float64(), bool: arrow.bool_()}[annotation]
