"""Whether a trained pipeline is as it was written. In: its folder. Out: nothing, or a ModelError that names the file that is
another one, and what to do about it.

`meta.json` holds the SHA-256 checksum of each of its TRAINED files: `write` puts them in, whatever trains a part calls it at its
end, and `check` compares. A pipeline whose `meta.json` holds none is taken as it is.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from attribution.errors import ModelError

TRAINED = ("config.cfg", "tagger/network.onnx", "verbs/lookups.bin", "coreference/ranker.npz")
"""What training writes, and what decides what is found; `config.cfg` holds how sure is how right."""


def write(directory: Path) -> None:
    """Write the checksums of the files that are there."""
    file = directory / "meta.json"
    meta = json.loads(file.read_text(encoding="utf-8"))
    meta["checksums"] = {name: _checksum(directory / name) for name in TRAINED if (directory / name).exists()}
    file.write_text(json.dumps(meta, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def check(directory: Path) -> None:
    """Raise a ModelError for the first file that is not the one whose checksum is written."""
    file = directory / "meta.json"
    try:
        checksums = dict(json.loads(file.read_text(encoding="utf-8")).get("checksums", {}))
    except (OSError, ValueError, AttributeError, TypeError):
        raise ModelError(f"{file} cannot be read: install the package anew, or export the pipeline anew") from None
    for name, checksum in checksums.items():
        if not (directory / name).exists():
            raise ModelError(f"{directory / name} is missing: install the package anew, or train that part anew")
        if _checksum(directory / name) != checksum:
            raise ModelError(
                f"{directory / name} is not the file that the pipeline was written with, but damaged or another one: install the "
                f"package anew; if you changed it yourself, take it out of `checksums` in {file}"
            )


def _checksum(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
