"""The files that the measure reads and writes: gold, seeds, predictions; the workshop reads its corpora by them too.

In: paths. Out: the dicts in them. It judges nothing; a prediction that is missing is said so, with the article's id.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

Articles = list[dict[str, Any]]


def each_line(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSONL file, gzipped or not, one after the other: a corpus may be larger than the memory."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def read_lines(path: Path) -> Articles:
    """All of them."""
    return list(each_line(path))


def write_lines(path: Path, objects: Iterable[Mapping[str, Any]]) -> None:
    """Write one object a line."""
    path.write_text("".join(json.dumps(each, ensure_ascii=False) + "\n" for each in objects), encoding="utf-8")


def read_texts(path: Path) -> list[str]:
    """The texts of a JSONL file, or the one text of any other; line ends are left as they are, for offsets to hold."""
    return [line["text"] for line in read_lines(path)] if path.suffix == ".jsonl" else [path.read_bytes().decode("utf-8")]


def read_seeds(folder: Path) -> tuple[Articles, dict[str, str]]:
    """The gold of every seed in `folder` and the texts by id."""
    golds = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))]
    return golds, {gold["id"]: read_texts(folder / f"{gold['id']}.txt")[0] for gold in golds}


def by_id(predictions: Articles, wanted: Iterable[str]) -> dict[str, dict[str, Any]]:
    """The predictions by article id; each of the `wanted` must be there."""
    found = {prediction["id"]: prediction for prediction in predictions}
    missing = [article_id for article_id in wanted if article_id not in found]
    if missing:
        raise LookupError(f"no prediction for {len(missing)} articles, {missing[0]} among them: predict them too (--run)")
    return found
