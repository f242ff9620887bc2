"""The trained pipeline that the library ships: where it lies, and what it says of how to use it. In: its `meta.json`. Out: the
numbers that were chosen with its weights and that a request may change. It loads nothing and checks nothing (`seal`).
"""

from __future__ import annotations

import json
from pathlib import Path

DIRECTORY = Path(__file__).parent / "model"


def default(option: str, directory: Path = DIRECTORY) -> float:
    """What an option is where a request does not say. It is 0 where no pipeline can be read: `attribution.load` says why."""
    try:
        return float(json.loads((directory / "meta.json").read_text(encoding="utf-8"))["defaults"][option])
    except (OSError, ValueError, KeyError, TypeError):
        return 0.0
