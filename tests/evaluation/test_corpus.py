"""Every row of the corpus table, on one sentence: `Ann said “no” twice. Bob says it rains.`"""

from typing import Any

import pytest

from evaluation.corpus import score

TEXT = "Ann said “no” twice. Bob says it rains."
ANN: dict[str, Any] = {"content": [[9, 19]], "cue": [[4, 8]], "source": [[0, 3]], "speaker": "Ann Lee", "named": True}
BOB: dict[str, Any] = {"content": [[30, 38]], "cue": [[25, 29]], "source": [[21, 24]]}


def article(*quotes: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"id": "a", "text": TEXT, "quotes": quotes, **more}


def answer(
    content: list[list[int]], verb: list[int] | None = None, source: list[int] | None = None, speaker: str | None = None
) -> dict[str, Any]:
    """A quote in the API's shape, with only the fields that the scorer reads."""
    span = lambda offsets: offsets and {"start": offsets[0], "end": offsets[1]}  # noqa: E731
    return {
        "content": [span(c) for c in content],
        "verb": span(verb),
        "source": span(source),
        "speaker": speaker and {"name": speaker},
    }


def rows(gold: dict[str, Any], *quotes: dict[str, Any], subset: str = "statements") -> dict[str, dict[str, float]]:
    return score([gold], {"a": {"id": "a", "quotes": quotes}})[subset]


RIGHT = answer([[9, 19]], [4, 8], [0, 3], "Ann Lee")
FULL = {"p": 100.0, "r": 100.0, "f": 100.0}
HALF = {"p": 50.0, "r": 50.0, "f": 50.0}
NOUGHT = {"p": 0.0, "r": 0.0, "f": 0.0}


def test_the_gold_itself_is_right_in_every_row() -> None:
    table = rows(article(ANN), RIGHT)
    assert table.pop("speaker") == {"accuracy on matched": 100.0, "end to end recall": 100.0, "n": 1}
    assert table == dict.fromkeys(table, FULL)


def test_no_answer_recalls_nothing() -> None:
    table = rows(article(ANN))
    assert table.pop("speaker") == {"accuracy on matched": 0.0, "end to end recall": 0.0, "n": 1}
    assert table == dict.fromkeys(table, NOUGHT)


def test_a_span_is_scored_exactly_and_by_character() -> None:
    table = rows(article(ANN), answer([[9, 13]], [4, 8], [0, 3]))
    assert table["content exact"] == NOUGHT
    assert table["content chars"] == {"p": 100.0, "r": 44.4, "f": 61.5}


def test_a_span_of_two_quotes_counts_once() -> None:
    table = rows(article(ANN, {**BOB, "source": ANN["source"]}), RIGHT)
    assert table["source exact"] == FULL
    assert table["cue exact"] == {"p": 100.0, "r": 50.0, "f": 66.7}


def test_content_matches_at_an_overlap_of_one_half() -> None:
    assert rows(article(ANN), answer([[9, 13]]))["content IoU>=0.5"] == NOUGHT
    assert rows(article(ANN), answer([[9, 15]]))["content IoU>=0.5"] == FULL


def test_a_gold_quote_is_matched_once_with_the_best_prediction() -> None:
    table = rows(article(ANN), answer([[9, 17]]), RIGHT)
    assert table["content IoU>=0.5"] == {"p": 50.0, "r": 100.0, "f": 66.7}
    assert table["relation exact"]["r"] == 100.0


def test_fragments_match_as_one_content() -> None:
    fragmented = {**ANN, "content": [[9, 13], [30, 38]]}
    assert rows(article(fragmented), answer([[9, 13], [30, 38]], [4, 8], [0, 3]))["relation exact"] == FULL


@pytest.mark.parametrize(
    ("verb", "source", "relation"),
    [([4, 6], [0, 2], FULL), ([25, 29], [0, 3], NOUGHT), ([4, 8], None, NOUGHT), (None, [0, 3], NOUGHT)],
)
def test_a_relation_needs_overlapping_cue_and_source(
    verb: list[int] | None, source: list[int] | None, relation: dict[str, float]
) -> None:
    table = rows(article(ANN), answer([[9, 19]], verb, source))
    assert table["relation"] == relation
    assert table["relation exact"] == NOUGHT


def test_a_relation_without_a_gold_source_needs_no_predicted_source() -> None:
    sourceless = article({**ANN, "source": []})
    assert rows(sourceless, answer([[9, 19]], [4, 8]))["relation"] == FULL
    assert rows(sourceless, answer([[9, 19]], [4, 8], [0, 3]))["relation"] == NOUGHT


def test_a_speaker_is_scored_on_matches_and_end_to_end() -> None:
    gold = article(ANN, {**BOB, "speaker": "Bob", "named": True})
    assert rows(gold, RIGHT)["speaker"] == {"accuracy on matched": 100.0, "end to end recall": 50.0, "n": 2}


def test_a_gold_without_names_has_no_row_for_speakers() -> None:
    assert "speaker" not in rows(article(BOB), answer([[30, 38]], speaker="Bob"))


def test_a_prediction_mostly_in_an_ignored_stretch_does_not_count() -> None:
    gold = article(ANN, ignore=[[21, 39]])
    assert rows(gold, RIGHT, answer([[30, 38]], [25, 29], [21, 24]))["content IoU>=0.5"] == FULL
    assert rows(gold, RIGHT, answer([[9, 23]]))["content IoU>=0.5"]["p"] == 50.0


def test_the_quoted_subset_holds_quotes_with_a_quotation_mark() -> None:
    gold, guess = article(ANN, BOB), [RIGHT, answer([[30, 38]], [25, 29])]
    assert rows(gold, *guess)["relation"] == HALF
    assert rows(gold, *guess, subset="quoted")["relation"] == FULL


def test_counts_add_up_over_articles() -> None:
    golds = [article(ANN), article(BOB) | {"id": "b"}]
    report = score(golds, {"a": {"quotes": [RIGHT]}, "b": {"quotes": []}})
    assert report["statements"]["relation"] == {"p": 100.0, "r": 50.0, "f": 66.7}
