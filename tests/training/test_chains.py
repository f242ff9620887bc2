"""Coreference chains as training articles."""

import gzip
import json
from pathlib import Path

import pytest

from training.corpora.chains import read_texts, to_article

TEXT = "The head of the council met his wife, Ann Lee. He left London."


def chained(folder: Path, *mentions: tuple[str, str, str]) -> Path:
    """A corpus of one text with (words, type, kind) as mentions, each of its own chain."""
    found = [
        {"start": (start := TEXT.index(words)), "end": start + len(words), "cluster": words, "etype": type_, "kind": kind}
        for words, type_, kind in mentions
    ]
    file = folder / "gum.jsonl.gz"
    file.write_bytes(gzip.compress(json.dumps({"id": "a", "text": TEXT, "mentions": found}).encode()))
    return file


@pytest.mark.parametrize(
    ("mention", "called"),
    [
        (("The head of the council", "person", "nom"), ("head", "noun")),
        (("his wife, Ann Lee", "person", "nom"), ("his wife", "noun")),
        (("Ann Lee", "person", "name"), ("Ann Lee", "name")),
        (("the council", "organization", "nom"), ("council", "noun")),
        (("He", "person", "pron"), None),
        (("London", "place", "name"), None),
    ],
)
def test_names_and_nouns_for_persons_and_bodies_are_calls(
    tmp_path: Path, mention: tuple[str, str, str], called: tuple[str, str] | None
) -> None:
    (text,) = read_texts(chained(tmp_path, mention))
    found = [(TEXT[start:end], label) for start, end, label in to_article(text).calls or ()]
    assert found == ([called] if called else [])
