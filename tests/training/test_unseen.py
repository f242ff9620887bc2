"""The unseen articles measure the model: it has learned from none of them."""

from pathlib import Path

from evaluation.files import each_line
from training.corpora import own

UNSEEN = list(each_line(Path("evaluation/unseen.jsonl")))


def test_no_unseen_article_is_learned_from() -> None:
    learned = {line["text"] for line in own.lines()}
    assert UNSEEN
    assert not [article["id"] for article in UNSEEN if article["text"] in learned]


def test_every_quote_lies_in_its_text() -> None:
    for article in UNSEEN:
        spans = [span for quote in article["quotes"] for role in ("content", "cue", "source") for span in quote[role]]
        assert all(0 <= start < end <= len(article["text"]) for start, end in spans), article["id"]
