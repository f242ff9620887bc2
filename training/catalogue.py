"""The corpora in the folder DATA. In: `corpora.toml`, which lists the content, licence and checksum of each. Out: which of them
are present, and whether they are the files that the recipe was followed with. It reads no article.
"""

from __future__ import annotations

import hashlib
import sys
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TABLE = Path(__file__).parent / "corpora.toml"


@dataclass(frozen=True)
class Corpus:
    """One file of DATA: its path there, its content, its licence, its authors, and its SHA-256 checksum."""

    file: str
    what: str
    licence: str
    origin: str
    sha256: str

    def state(self, data: Path) -> str:
        """The state of the file: "there", "missing", or "another file" if the checksum differs."""
        if not (data / self.file).exists():
            return "missing"
        return "there" if checksum(data / self.file) == self.sha256 else "another file"


def corpora() -> list[Corpus]:
    """All corpora of the table."""
    return [Corpus(**each) for each in tomllib.loads(TABLE.read_text(encoding="utf-8"))["corpus"]]


def checksum(file: Path) -> str:
    """The SHA-256 checksum of a file."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def present_files(data: Path, files: Iterable[str]) -> list[Path]:
    """The files that are in DATA. Each missing file is reported once, on standard error."""
    found = list[Path]()
    for name in files:
        if (data / name).exists():
            found.append(data / name)
        else:
            _say_missing(data, name)
    return found


def present_names(data: Path, names: Iterable[str]) -> list[str]:
    """The names of those corpora, each one compressed file, that are in DATA."""
    return [file.name.removesuffix(".jsonl.gz") for file in present_files(data, (f"{name}.jsonl.gz" for name in names))]


@cache
def _say_missing(data: Path, name: str) -> None:
    print(f"{data / name} is missing: continuing without it", file=sys.stderr)
