"""Files that may be compressed, by the end of their names: `.gz`, `.zst`, and all others as they are.

In: an open file. Out: the same file, read or written through what its name says. A file is written the same way every time: no
time and no name stands in it.
"""

from __future__ import annotations

import gzip
import io
from pathlib import Path
from typing import IO, Any

from attribution.batch.packages import needed

SUFFIXES = (".gz", ".zst")


def plain(path: Path) -> Path:
    """A file's name without what says how it is compressed: `plain(Path("a.jsonl.gz")) == Path("a.jsonl")`."""
    return path.with_suffix("") if path.suffix.lower() in SUFFIXES else path


def reader(path: Path, raw: IO[bytes]) -> IO[bytes]:
    """What `raw`, the file at `path`, holds."""
    match path.suffix.lower():
        case ".gz":
            stream: Any = gzip.GzipFile(fileobj=raw)
            return io.BufferedReader(stream)
        case ".zst":
            stream = arrow().CompressedInputStream(raw, "zstd")
            return io.BufferedReader(stream)
    return raw


def writer(path: Path, raw: IO[bytes]) -> IO[bytes]:
    """Writes what is to stand in `raw`, the file at `path`, and is to be closed first; that may close `raw` too."""
    stream: Any
    if path.suffix.lower() == ".gz":
        stream = gzip.GzipFile("", "wb", fileobj=raw, mtime=0)
    else:
        stream = arrow().CompressedOutputStream(raw, "zstd")
    return io.BufferedWriter(stream)


def arrow() -> Any:
    """The package that knows Zstandard, and a file that is cut off."""
    return needed("pyarrow", "a .zst file")
