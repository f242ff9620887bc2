"""Parts of the seed articles with what is really answered to them: the contract shows them.

In: the folder `seeds`, and the trained pipeline: `python -m api.contract` writes `seeds.json` beside this file, whenever either
has changed. Out: the requests and the answers, by the seed's name. The service itself only reads that file.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import attribution

PATH = Path(__file__).with_suffix(".json")
FOLDER = Path(__file__).parents[1] / "seeds"
PARTS: dict[str, tuple[int, int, dict[str, Any]]] = {
    "kremlin": (0, 3, {}),
    "armed-mutiny": (0, 1, {"context": "none"}),
    "ministry-of-defence": (4, 7, {"types": ["mixed"], "context": "none", "include": []}),
}
"""Which lines of a seed, and with which options."""


def read() -> dict[str, dict[str, Any]]:
    """What was written: a `request` and its `answer` for each seed."""
    seeds: dict[str, dict[str, Any]] = json.loads(PATH.read_text(encoding="utf-8"))
    return seeds


def ask(name: str) -> dict[str, Any]:
    """The request that some lines of a seed are, and what is answered to it now."""
    first, last, options = PARTS[name]
    lines = (FOLDER / f"{name}.txt").read_bytes().decode("utf-8").split("\n")
    text = "\n".join(lines[first:last])
    answer = attribution.extract(text, article_id=name, **options).to_dict()
    return {"request": {"id": name, "text": text, **options}, "answer": answer}


def write() -> None:
    """Ask, and keep what is answered."""
    PATH.write_text(json.dumps({name: ask(name) for name in PARTS}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
