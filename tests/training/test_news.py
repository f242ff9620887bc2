"""The news corpus is read with kinds, nesting and relays."""

import json
from pathlib import Path

import pytest

from evaluation.files import each_line
from training.corpora import news, own
from training.corpora.records import Annotation

TEXT = "RIA Novosti is an agency. It rains, Ann Lee told RIA on May 5. It pours."


def quote(content: str, cue: str, source: str, **more: object) -> dict[str, object]:
    parts = {"content": content, "cue": cue, "source": source}
    spans = {name: [[TEXT.index(words), TEXT.index(words) + len(words)]] for name, words in parts.items()}
    return {**spans, "via": [], "kind": "core", "parent": None, "speakers": [source], "named": True, **more}


def read(folder: Path, *quotes: dict[str, object]) -> tuple[Annotation, ...]:
    file = folder / "train.jsonl"
    file.write_text(json.dumps({"id": "a", "text": TEXT, "quotes": quotes}), encoding="utf-8")
    (article,) = map(news.to_article, each_line(file))
    assert article.nested
    assert [TEXT[start:end] for start, end, _ in article.calls or ()] == ["Ann Lee"] * len(quotes)
    return article.attributions or ()


@pytest.mark.parametrize("name", ["RIA", "RIA Novosti"])
def test_a_relay_is_found_in_the_sentence_of_the_quote(tmp_path: Path, name: str) -> None:
    (found,) = read(tmp_path, quote("It rains", "told", "Ann Lee", via=[{"name": name, "relation": "relays"}]))
    assert [TEXT[slice(*span)] for span in found.relays] == ["RIA"]
    assert found.relays[0][0] > TEXT.index("told")


def test_a_relay_may_be_in_the_source_or_before_the_quote(tmp_path: Path) -> None:
    way = [{"name": "RIA", "relation": "relays"}]
    said, more = read(
        tmp_path,
        quote("It rains", "told", "Ann Lee told RIA", via=way, speakers=["Ann Lee"]),
        quote("It pours", "told", "Ann Lee", via=way),
    )
    assert [TEXT[slice(*span)] for span in (*said.relays, *more.relays)] == ["RIA", "RIA"]
    assert said.relays == more.relays


def test_a_relay_that_the_text_does_not_name_is_left_out(tmp_path: Path) -> None:
    (found,) = read(tmp_path, quote("It rains", "told", "Ann Lee", via=[{"name": "Bob Orr", "relation": "cited"}]))
    assert (found.relays, found.cited) == ((), ())


def test_kinds_have_the_products_names(tmp_path: Path) -> None:
    found = read(tmp_path, quote("It rains", "told", "Ann Lee"), quote("It pours", "told", "Ann Lee", kind="topic"))
    assert [each.kind for each in found] == ["statement", "topic"]


def test_the_invented_articles_are_complete() -> None:
    """Each has quotes, whose parts are in its text and have no white space at their edges."""
    articles = list(map(news.to_article, own.lines()))
    assert len({article.id for article in articles}) == len(articles) > 0
    for article in articles:
        parts = [article.text[start:end] for quote in article.attributions or () for start, end in quote.spans]
        assert parts
        assert all(part and part == part.strip() for part in parts), article.id
