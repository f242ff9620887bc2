"""Articles of PolNeAR that were annotated anew: the annotations lie here, the texts with whoever trains."""

import json
from pathlib import Path

import pytest

from evaluation.files import checksum, each_line
from training import articles
from training.corpora import own, polnear, reread

TEXT = "Ann said no. She left."
QUOTE = {
    "content": [[9, 11]],
    "cue": [[4, 8]],
    "source": [[0, 3]],
    "speaker": "Ann",
    "speakers": ["Ann"],
    "named": True,
    "via": [],
    "kind": "core",
}


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two articles of PolNeAR, one of which is annotated anew."""
    (tmp_path / "reread").mkdir()
    line = {"id": "a", "sha256": checksum(TEXT), "quotes": [QUOTE]}
    (tmp_path / "reread" / "one.jsonl").write_text(json.dumps(line), encoding="utf-8")
    monkeypatch.setattr(reread, "FOLDER", tmp_path / "reread")
    monkeypatch.setattr(own, "FOLDER", tmp_path / "own")
    write_polnear(tmp_path, a=TEXT, b="Bob spoke.")
    return tmp_path


def write_polnear(data: Path, **texts: str) -> None:
    (data / "polnear").mkdir(exist_ok=True)
    lines = [json.dumps({"id": name, "text": text, "quotes": []}) for name, text in texts.items()]
    (data / "polnear" / "train.jsonl").write_text("\n".join(lines), encoding="utf-8")


def test_an_article_annotated_anew_is_learned_by_the_products_guidelines_only(data: Path) -> None:
    (anew,) = articles.annotated(data)
    (other,) = articles.other_polnear(data)
    assert (anew.id, anew.text, [quote.content for quote in anew.attributions or ()]) == ("a", TEXT, [((9, 11),)])
    assert (other.id, other.reading) == ("b", "polnear")


@pytest.mark.parametrize("texts", [{"b": "Bob spoke."}, {"a": "Ann said so. She left."}])
def test_a_text_that_is_missing_or_differs_is_refused(data: Path, texts: dict[str, str]) -> None:
    write_polnear(data, **texts)
    with pytest.raises(ValueError, match=r"does not have the text of a that one\.jsonl annotates"):
        articles.annotated(data)


def test_no_annotation_that_lies_here_holds_a_text() -> None:
    assert not [line["id"] for notes in reread.files() for line in each_line(notes) if "text" in line]


def test_no_article_that_measures_the_model_is_learned_from(tmp_path: Path) -> None:
    held_out = [line["id"] for line in each_line(polnear.NEWSPAPERS)]
    write_polnear(tmp_path, **dict.fromkeys(held_out, TEXT))
    assert held_out
    assert list(polnear.read_articles(tmp_path / "polnear" / "train.jsonl")) == []
    assert not [line["id"] for notes in reread.files() for line in each_line(notes) if line["id"] in held_out]
