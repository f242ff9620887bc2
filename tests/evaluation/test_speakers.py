"""Speakers by evidence and by threshold, on invented quotes: `Ann said “no” twice. Bob says it rains.`"""

from pathlib import Path
from typing import Any

import pytest
from newsroom import ARTICLE, INNER, RAIN, SEA
from newsroom import answer as told
from newsroom import speaker as who

from evaluation.corpus import score as corpus_score
from evaluation.plot import save_trade_off
from evaluation.speakers import JudgedSpeaker as Judged
from evaluation.speakers import report, score
from evaluation.table import speakers_table

TEXT = "Ann said “no” twice. Bob says it rains."
ANN: dict[str, Any] = {"content": [[9, 19]], "cue": [[4, 8]], "source": [[0, 3]], "speaker": "Ann Lee", "named": True}
BOB: dict[str, Any] = {"content": [[30, 38]], "cue": [[25, 29]], "source": [[21, 24]], "speaker": "Bob Orr", "named": True}
UNNAMED: dict[str, Any] = {"content": [[30, 38]], "cue": [[25, 29]], "source": [[21, 24]]}


def answer(gold: dict[str, Any], name: str | None, evidence: str = "name", probability: float = 1.0) -> dict[str, Any]:
    """The gold quote in the API's shape, with a speaker."""
    content, verb, source = (
        {"start": s, "end": e, "text": TEXT[s:e]} for ((s, e),) in map(gold.get, ("content", "cue", "source"))
    )
    speaker = {"name": name, "evidence": evidence, "probability": probability} if name else None
    return {"content": [content], "verb": verb, "source": source, "speaker": speaker}


def rows(*answers: dict[str, Any], gold: tuple[dict[str, Any], ...] = (ANN, BOB), subset: str = "statements") -> dict[str, Any]:
    found: dict[str, Any] = score([{"id": "a", "text": TEXT, "quotes": gold}], {"a": {"quotes": answers}})[subset]
    return found


def test_each_kind_of_evidence_has_its_share_of_right_speakers() -> None:
    found = rows(answer(ANN, "Ann Lee"), answer(BOB, "Tom Fox", "pronoun", 0.5))
    assert found["evidence"] == {
        "name": {"quotes": 1, "right": 1, "probability": 1},
        "pronoun": {"quotes": 1, "right": 0, "probability": 0.5},
    }
    assert found["all"] == {"quotes": 2, "right": 0.5, "probability": 0.75}


def test_the_share_right_of_all_is_the_accuracy_in_the_corpus_table() -> None:
    gold, quotes = {"id": "a", "text": TEXT, "quotes": [ANN, BOB]}, [answer(ANN, "Ann Lee"), answer(BOB, None)]
    accuracy = corpus_score([gold], {"a": {"quotes": quotes}})["statements"]["speaker"]["accuracy on matched"]
    assert 100 * rows(*quotes)["all"]["right"] == accuracy == 50


def test_a_quote_without_a_gold_speaker_is_not_scored() -> None:
    assert rows(answer(ANN, "Ann Lee"), answer(UNNAMED, "Bob"), gold=(ANN, UNNAMED))["all"]["quotes"] == 1


def test_quoted_statements_are_scored_apart() -> None:
    assert rows(answer(ANN, "Ann Lee"), answer(BOB, "Bob Orr"), subset="quoted")["all"]["quotes"] == 1


@pytest.mark.parametrize(("name", "kind"), [("ann", "described"), ("Tom Fox", "nominal")])
def test_a_nominal_that_stands_for_itself_is_not_a_name(name: str, kind: str) -> None:
    found = rows(answer(ANN, name, "nominal"))
    assert list(found["evidence"]) == [kind]
    assert found["thresholds"][0]["named"] == (kind == "nominal")


def test_a_higher_threshold_names_only_more_probable_speakers() -> None:
    steps = report(
        [Judged("pronoun", 0.3, False), Judged("pronoun", 0.7, True), Judged("name", 1.0, True), Judged("none", 1.0, False)]
    )
    named = {step["threshold"]: (step["named"], step["answered"], step["wrong"], step["right"]) for step in steps["thresholds"]}
    assert named[0.3] == (3, 0.75, 1, pytest.approx(2 / 3))
    assert named[0.4] == named[0.7] == (2, 0.5, 0, 1)
    assert named[0.8] == named[1.0] == (1, 0.25, 0, 1)


def test_f1_combines_the_right_share_of_the_named_and_of_all() -> None:
    steps = report([Judged("name", 1.0, True), Judged("pronoun", 0.5, False), Judged("none", 1.0, False)])["thresholds"]
    assert steps[0]["f"] == pytest.approx(2 * (1 / 2) * (1 / 3) / (1 / 2 + 1 / 3))


def test_the_calibration_error_is_over_named_speakers() -> None:
    assert report([Judged("pronoun", 0.85, True), Judged("none", 1.0, False)])["error"] == pytest.approx(0.15)


def test_in_news_any_right_answer_counts_and_only_found_quotes_are_scored() -> None:
    quotes = [told(SEA, speaker=who("Lee")), told(RAIN, speaker=who("Bob Orr", "pronoun", 0.95)), told(INNER, kind="topic")]
    found = score([ARTICLE], {"a": {"quotes": quotes}})
    assert found["statements"]["evidence"] == {
        "name": {"quotes": 1, "right": 1, "probability": 1},
        "pronoun": {"quotes": 1, "right": 0, "probability": 0.95},
    }
    assert found["quoted"]["all"]["quotes"] == 1
    assert [step["wrong"] for step in found["statements"]["thresholds"]][-2:] == [1, 0]


def test_in_news_quotes_without_a_gold_name_are_scored_apart() -> None:
    golds = [SEA, {**RAIN, "speakers": ["a witness"], "named": False}, {**INNER, "parent": None, "speakers": [], "named": False}]
    quotes = [told(SEA), told(RAIN, speaker=who("Bob Orr")), told(INNER, parent=None, speaker=None)]
    found = score([{**ARTICLE, "quotes": golds}], {"a": {"quotes": quotes}})
    assert found["statements"]["all"]["quotes"] == 1
    assert {name: row["right"] for name, row in found["unnamed"]["evidence"].items()} == {"name": 0, "none": 1}
    assert found["unnamed"]["thresholds"][-1]["wrong"] == 1


def test_gold_without_named_speakers_is_refused_with_a_remedy() -> None:
    with pytest.raises(ValueError, match="give articles whose quotes have `speaker` and `named`"):
        rows(answer(UNNAMED, "Bob"), gold=(UNNAMED,))


def test_the_table_has_a_line_for_each_kind_of_evidence_and_each_threshold() -> None:
    judged = report([Judged("name", 1.0, True), Judged("pronoun", 0.45, False)])
    lines = [line.split() for line in speakers_table({"statements": judged, "quoted": report([])}).splitlines()]
    assert lines[0] == ["statements", "quoted"]
    assert lines[2] == ["name", "1", "1.000", "1.000", "0", "–", "–"]
    assert lines[4] == ["all", "2", "0.500", "0.725", "0", "–", "–"]
    assert lines[5] == ["expected", "calibration", "error,", "statements:", "0.225"]
    assert lines[-11:][4] == ["0.4", "1.000", "1", "0.500", "0.500", "–", "0", "–", "–"]
    assert lines[-11:][5] == ["0.5", "0.500", "0", "1.000", "0.667", "–", "0", "–", "–"]


def test_the_plot_shows_each_threshold_that_changes_something(tmp_path: Path) -> None:
    judged = report([Judged("name", 1.0, True), Judged("pronoun", 0.45, False)])
    for name in ("one.svg", "other.svg"):
        save_trade_off({"statements": judged, "quoted": report([])}, tmp_path / name)
    drawing = (tmp_path / "one.svg").read_text(encoding="utf-8")
    assert "statements: 2 matched quotes" in drawing
    assert ">0.4<" in drawing
    assert ">0.3<" not in drawing
    assert drawing == (tmp_path / "other.svg").read_text(encoding="utf-8")
