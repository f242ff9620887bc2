"""Checksums of a trained pipeline. In: its folder. Out: nothing, or a ModelError that names the changed file and says what to do.

`meta.json` holds the SHA-256 checksum of each of the TRAINED files. Every command that trains a part calls `write` at its end;
`check` compares. A pipeline without checksums is accepted as it is.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from attribution.errors import ModelError

TRAINED = ("config.cfg", "tagger/network.onnx", "verbs/lookups.bin", "coreference/ranker.npz")
"""The files that training writes; `config.cfg` holds the calibration and the thresholds."""


def write(directory: Path) -> None:
    """Write the checksums of the existing files into `meta.json`."""
    file = directory / "meta.json"
    meta = json.loads(file.read_text(encoding="utf-8"))
    meta["checksums"] = {name: _checksum(directory / name) for name in TRAINED if (directory / name).exists()}
    file.write_text(json.dumps(meta, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def check(directory: Path) -> None:
    """Raise ModelError for the first file that does not match its checksum."""
    file = directory / "meta.json"
    try:
        checksums = dict(json.loads(file.read_text(encoding="utf-8")).get("checksums", {}))
    except (OSError, ValueError, AttributeError, TypeError):
        raise ModelError(f"{file} cannot be read: reinstall the package, or export the pipeline again") from None
    for name, checksum in checksums.items():
        if not (directory / name).exists():
            raise ModelError(f"{directory / name} is missing: reinstall the package, or train that part again")
        if _checksum(directory / name) != checksum:
            raise ModelError(
                f"{directory / name} is damaged or was changed: reinstall the package; if you changed the file yourself, remove "
                f"it from `checksums` in {file}"
            )


def _checksum(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
