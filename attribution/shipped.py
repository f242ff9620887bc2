"""The trained pipeline that the library ships: its folder, and its default options. In: its `meta.json`. Out: the defaults that
were chosen with its weights, and that a request may override. It neither loads nor checks the pipeline (`seal`).
"""

from __future__ import annotations

import json
from pathlib import Path

DIRECTORY = Path(__file__).parent / "model"


def default(option: str, directory: Path = DIRECTORY) -> float:
    """The default of an option. It is 0 if the pipeline cannot be read; `attribution.load` then reports why."""
    try:
        return float(json.loads((directory / "meta.json").read_text(encoding="utf-8"))["defaults"][option])
    except (OSError, ValueError, KeyError, TypeError):
        return 0.0
