"""Excerpts of the seed articles with the pipeline's real answers, as examples for the contract.

In: the folder `seeds` and the trained pipeline. After a change to either, `python -m api.contract` writes `seeds.json`, next to
this file. Out: the requests and the answers, by the seed's name. The service itself only loads that file.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import attribution

PATH = Path(__file__).with_suffix(".json")
FOLDER = Path(__file__).parents[1] / "seeds"
EXCERPTS: dict[str, tuple[int, int, dict[str, Any]]] = {
    "kremlin": (0, 3, {}),
    "armed-mutiny": (0, 1, {"context": "none"}),
    "ministry-of-defence": (4, 7, {"types": ["mixed"], "context": "none", "include": []}),
}
"""The lines of each seed to read, first and last (exclusive), and the options."""


def load() -> dict[str, dict[str, Any]]:
    """The saved `request` and `answer` of each seed."""
    seeds: dict[str, dict[str, Any]] = json.loads(PATH.read_text(encoding="utf-8"))
    return seeds


def example(name: str) -> dict[str, Any]:
    """The request for an excerpt, and the pipeline's answer to it."""
    first, last, options = EXCERPTS[name]
    lines = (FOLDER / f"{name}.txt").read_bytes().decode("utf-8").split("\n")
    text = "\n".join(lines[first:last])
    answer = attribution.extract(text, article_id=name, **options).to_dict()
    return {"request": {"id": name, "text": text, **options}, "answer": answer}


def write() -> None:
    """Run the pipeline on every excerpt, and save the answers."""
    PATH.write_text(json.dumps({name: example(name) for name in EXCERPTS}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
