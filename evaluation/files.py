"""Reads and writes the files of the evaluation: gold, seeds and predictions. The training reads its corpora with it too.

In: paths. Out: the dicts in them. It judges nothing; a missing prediction is an error that names the article's id.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

Articles = list[dict[str, Any]]


def each_line(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a JSONL file, gzipped or not, one by one: a corpus may be larger than memory."""
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def read_lines(path: Path) -> Articles:
    """All objects of a JSONL file."""
    return list(each_line(path))


def write_lines(path: Path, objects: Iterable[Mapping[str, Any]]) -> None:
    """Write one object per line."""
    path.write_text("".join(json.dumps(each, ensure_ascii=False) + "\n" for each in objects), encoding="utf-8")


def read_texts(paths: Iterable[Path]) -> list[str]:
    """The texts of JSONL files, and the one text of each other file. Line ends are kept, so that offsets hold."""
    return [text for path in paths for text in _texts(path)]


def _texts(path: Path) -> list[str]:
    return [line["text"] for line in each_line(path)] if path.suffix == ".jsonl" else [path.read_bytes().decode("utf-8")]


def with_texts(paths: Iterable[Path], texts_in: Path) -> Iterator[dict[str, Any]]:
    """The objects of JSONL files that hold no texts, with the texts that another JSONL file has for their ids. Raises ValueError
    if a text is missing or does not have its checksum: the offsets would not fit.
    """
    texts = {article["id"]: article["text"] for article in each_line(texts_in)}
    for path in paths:
        for line in each_line(path):
            text = texts.get(line["id"])
            if text is None or checksum(text) != line["sha256"]:
                raise ValueError(f"{texts_in} does not have the text of {line['id']} that {path.name} annotates")
            yield {**line, "text": text}


def checksum(text: str) -> str:
    """The SHA-256 checksum of a text."""
    return sha256(text.encode()).hexdigest()


def read_seeds(folder: Path) -> tuple[Articles, dict[str, str]]:
    """The gold of every seed in `folder`, and the texts by id."""
    golds = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))]
    return golds, {gold["id"]: _texts(folder / f"{gold['id']}.txt")[0] for gold in golds}


def by_id(predictions: Articles, wanted: Iterable[str]) -> dict[str, dict[str, Any]]:
    """The predictions by article id. Raises LookupError if one of the `wanted` is missing."""
    found = {prediction["id"]: prediction for prediction in predictions}
    missing = [article_id for article_id in wanted if article_id not in found]
    if missing:
        raise LookupError(f"no prediction for {len(missing)} articles, such as {missing[0]}: predict them too (--run)")
    return found
