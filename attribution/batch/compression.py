"""Compressed files, recognised by the suffix `.gz` or `.zst`; all others are read as they are.

In: an open file. Out: a stream that decompresses or compresses it, according to its name. Output is reproducible: it contains
neither a time nor a file name.
"""

from __future__ import annotations

import gzip
import io
from pathlib import Path
from typing import IO, Any

from attribution.batch.packages import require

SUFFIXES = (".gz", ".zst")


def uncompressed_path(path: Path) -> Path:
    """The path without the suffix of a compression: `uncompressed_path(Path("a.jsonl.gz")) == Path("a.jsonl")`."""
    return path.with_suffix("") if path.suffix.lower() in SUFFIXES else path


def reader(path: Path, raw: IO[bytes]) -> IO[bytes]:
    """A stream of the decompressed content of `raw`, the file at `path`."""
    match path.suffix.lower():
        case ".gz":
            stream: Any = gzip.GzipFile(fileobj=raw)
            return io.BufferedReader(stream)
        case ".zst":
            stream = require_zstd().CompressedInputStream(raw, "zstd")
            return io.BufferedReader(stream)
    return raw


def writer(path: Path, raw: IO[bytes]) -> IO[bytes]:
    """A stream that compresses into `raw`, the file at `path`. Close the stream first; that may close `raw` too."""
    stream: Any
    if path.suffix.lower() == ".gz":
        stream = gzip.GzipFile("", "wb", fileobj=raw, mtime=0)
    else:
        stream = require_zstd().CompressedOutputStream(raw, "zstd")
    return io.BufferedWriter(stream)


def require_zstd() -> Any:
    """The package that reads and writes Zstandard, and detects truncated files."""
    return require("pyarrow", "a .zst file")
