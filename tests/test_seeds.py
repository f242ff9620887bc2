"""The seeds' gold is what it says: spans that hold, in the one shape, with speakers that exist."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

SEEDS = Path(__file__).parents[1] / "seeds"


@pytest.fixture(params=sorted(path.stem for path in SEEDS.glob("*.json")))
def seed(request: pytest.FixtureRequest) -> tuple[str, dict[str, Any]]:
    text = (SEEDS / f"{request.param}.txt").read_bytes().decode("utf-8")
    return text, json.loads((SEEDS / f"{request.param}.json").read_text(encoding="utf-8"))


def spans(value: Any) -> Iterator[dict[str, Any]]:
    """Everything with offsets, however deep."""
    if isinstance(value, dict) and "start" in value:
        yield value
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else []:
        yield from spans(item)


def test_every_text_has_its_gold() -> None:
    assert {path.stem for path in SEEDS.glob("*.txt")} == {path.stem for path in SEEDS.glob("*.json")}


def test_every_span_is_the_text_at_its_offsets(seed: tuple[str, dict[str, Any]]) -> None:
    text, gold = seed
    assert [span for span in spans(gold) if text[span["start"] : span["end"]] != span["text"]] == []


def test_the_text_of_a_quote_joins_its_fragments(seed: tuple[str, dict[str, Any]]) -> None:
    for quote in seed[1]["quotes"]:
        assert quote["text"] == " […] ".join(span["text"] for span in quote["content"])


def test_verbatim_words_lie_in_the_content(seed: tuple[str, dict[str, Any]]) -> None:
    for quote in seed[1]["quotes"]:
        for words in quote["verbatim"]:
            assert any(part["start"] <= words["start"] and words["end"] <= part["end"] for part in quote["content"])


def test_speakers_and_quotes_name_each_other(seed: tuple[str, dict[str, Any]]) -> None:
    of_quotes = {
        (quote["id"], quote["speaker"]["id"], quote["speaker"]["name"]) for quote in seed[1]["quotes"] if quote["speaker"]
    }
    assert of_quotes == {
        (quote, speaker["id"], speaker["name"]) for speaker in seed[1]["speakers"] for quote in speaker["quotes"]
    }


def test_a_nested_quote_lies_in_its_parent(seed: tuple[str, dict[str, Any]]) -> None:
    quotes = {quote["id"]: quote for quote in seed[1]["quotes"]}
    for quote in quotes.values():
        if quote["parent"]:
            outer, inner = quotes[quote["parent"]]["content"][0], quote["content"][0]
            assert outer["start"] <= inner["start"]
            assert inner["end"] <= outer["end"]
