"""All corpora are read into the same records, whatever the format of their files."""

import gzip
import json
from pathlib import Path
from random import Random

from training.corpora import names, polnear, silver, texts
from training.corpora.records import Annotation, Article, draw


def test_polnear_gives_attributions_and_no_names(tmp_path: Path) -> None:
    line = {
        "id": "a",
        "text": "Ann said no.",
        "quotes": [{"content": [[9, 11]], "cue": [[4, 8]], "source": []}],
        "ignore": [[0, 3]],
    }
    (tmp_path / "dev.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    (article,) = polnear.read_articles(tmp_path / "dev.jsonl")
    (quote,) = article.attributions or ()
    assert (quote.content, quote.cue, quote.source, article.names) == (((9, 11),), ((4, 8),), (), None)


def test_an_epoch_draws_from_every_file_even_with_equal_shares() -> None:
    documents = {name: [f"{name} {i}" for i in range(100)] for name in names.FILES}
    drawn = draw(documents, names.FILES, Random(1))
    assert {one.split()[0] for one in drawn} == set(names.FILES)
    assert len(drawn) == len(set(drawn)) == sum(round(100 * share) for share in names.FILES.values())


def test_names_are_mapped_to_our_labels_and_dates_left_out(tmp_path: Path) -> None:
    found = [{"start": 0, "end": 3, "label": label} for label in ("PER", "GPE", "MISC", "DATE")]
    with gzip.open(tmp_path / "a.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write(json.dumps({"id": "a", "text": "Ann", "ner": found}) + "\n" + json.dumps({"id": "b", "text": "No."}) + "\n")
    (article,) = names.read_articles(tmp_path / "a.jsonl.gz")
    assert [name[2] for name in article.names or ()] == ["PERSON", "LOC", None]


def test_written_articles_are_read_back_unchanged(tmp_path: Path) -> None:
    said = Annotation(((0, 7),), ((8, 12),), ((13, 16),), relays=((0, 1),), kind="topic")
    article = Article("a", "“Néin,” said Ann.", attributions=(said,), nested=True)
    with (tmp_path / "a.jsonl").open("w", encoding="utf-8") as file:
        assert silver.write_articles([article], file) == 1
    assert list(silver.read_articles(tmp_path / "a.jsonl")) == [article]


def test_shuffled_sentences_are_separate_articles(tmp_path: Path) -> None:
    for name in ("meantime", "ner_gmb"):
        with gzip.open(tmp_path / f"{name}.jsonl.gz", "wt", encoding="utf-8") as file:
            file.write(json.dumps({"id": "a", "text": "Go. Stop.", "sents": [[0, 3], [4, 9]]}))
    assert [article.text for article in texts.read_articles(tmp_path / "meantime.jsonl.gz")] == ["Go. Stop."]
    assert [article.text for article in texts.read_articles(tmp_path / "ner_gmb.jsonl.gz")] == ["Go.", "Stop."]
