"""Confidence against accuracy, on invented quotes: bins, shares and the expected calibration error."""

from pathlib import Path
from typing import Any

import pytest
from newsroom import ARTICLE, BORDER, INNER, RAIN, SEA, SUN
from newsroom import answer as told

from evaluation.calibration import JudgedQuote, report, score
from evaluation.corpus import score as corpus_score
from evaluation.news import compare
from evaluation.news import score as news_score
from evaluation.plot import save_reliability

TEXT = "Ann said “no” twice. Bob says it rains."
ANN = {"content": [[9, 19]], "cue": [[4, 8]], "source": [[0, 3]]}
BOB = {"content": [[30, 38]], "cue": [[25, 29]], "source": [[21, 24]]}
GOLD = {"id": "a", "text": TEXT, "quotes": [ANN, BOB]}


def answer(gold: dict[str, Any], **more: Any) -> dict[str, Any]:
    """The gold quote in the API's shape."""
    (content, verb, source) = ({"start": spans[0][0], "end": spans[0][1]} for spans in gold.values())
    return {"content": [content], "verb": verb, "source": source} | more


def judged(*pairs: tuple[float, bool]) -> dict[str, Any]:
    return report([JudgedQuote(*pair) for pair in pairs])


def test_a_quote_is_right_when_its_relation_is() -> None:
    quotes = [answer(ANN, confidence=0.9), answer(BOB, confidence=0.5, source=None)]
    bins = score([GOLD], {"a": {"quotes": quotes}})["statements"]["bins"]
    assert {bin["low"]: bin["right"] for bin in bins if bin["quotes"]} == {0.9: 1, 0.5: 0}


def test_quoted_statements_are_scored_apart() -> None:
    quotes = [answer(ANN, confidence=0.9, verb=None), answer(BOB, confidence=0.5)]
    found = score([GOLD], {"a": {"quotes": quotes}})
    assert [(found[subset]["all"]["quotes"], found[subset]["all"]["right"]) for subset in found] == [(2, 0.5), (1, 0)]


def test_the_share_of_all_is_the_precision_of_the_relation() -> None:
    predictions = {"a": {"quotes": [answer(ANN, confidence=1), answer(BOB, confidence=0), answer(BOB, confidence=0.2)]}}
    share = score([GOLD], predictions)["statements"]["all"]["right"]
    assert round(100 * share, 1) == corpus_score([GOLD], predictions)["statements"]["relation"]["p"] == 66.7


def test_ignored_quotes_are_not_scored() -> None:
    found = score([GOLD | {"ignore": [[21, 39]]}], {"a": {"quotes": [answer(ANN, confidence=1), answer(BOB)]}})
    assert found["statements"]["all"]["quotes"] == 1


def test_a_quote_of_news_is_right_if_it_is_found_so_the_share_is_the_precision_of_news() -> None:
    quotes = [told(SEA, speaker=None), told(RAIN), told(SUN), told(BORDER)]
    found = score([ARTICLE], {"a": {"quotes": quotes}})
    precision = news_score(compare([ARTICLE], {"a": {"quotes": quotes}}))["found"]["p"]["share"]
    assert round(100 * found["statements"]["all"]["right"], 1) == precision == 66.7
    assert {subset: rows["all"]["quotes"] for subset, rows in found.items()} == {"statements": 3, "quoted": 1}


def test_each_other_kind_of_news_is_scored_apart_by_whether_the_kind_is_right() -> None:
    quotes = [told(SEA, kind="statement"), told(RAIN, kind="topic"), told(INNER, kind="attitude"), told(SUN, kind="attitude")]
    found = score([ARTICLE], {"a": {"quotes": quotes}})
    assert {subset: (rows["all"]["quotes"], rows["all"]["right"]) for subset, rows in found.items()} == {
        "statements": (1, 1),
        "quoted": (1, 1),
        "topics": (1, 0),
        "attitudes": (2, 0.5),
    }


def test_a_quote_of_news_without_a_confidence_is_refused() -> None:
    with pytest.raises(ValueError, match="article a: a quote has no confidence"):
        score([ARTICLE], {"a": {"quotes": [told(SEA, confidence=None)]}})


@pytest.mark.parametrize(("confidence", "low"), [(0, 0), (0.099, 0), (0.1, 0.1), (0.3, 0.3), (0.7, 0.7), (0.999, 0.9), (1, 0.9)])
def test_a_bin_includes_its_lower_bound_and_the_last_one_its_upper_bound(confidence: float, low: float) -> None:
    assert [bin["low"] for bin in judged((confidence, True))["bins"] if bin["quotes"]] == [low]


def test_a_bin_reports_its_mean_confidence_and_its_share_right() -> None:
    bins = judged((0.62, True), (0.66, False), (0.64, True), (0.6, False))["bins"]
    assert bins[6] == {"low": 0.6, "high": 0.7, "quotes": 4, "confidence": pytest.approx(0.63), "right": 0.5}
    assert bins[5] == {"low": 0.5, "high": 0.6, "quotes": 0, "confidence": None, "right": None}


def test_the_error_is_the_gap_of_each_bin_weighted_by_its_quotes() -> None:
    three, one = [(0.85, True)] * 2 + [(0.85, False)], [(0.25, True)]
    assert judged(*three, *one)["error"] == pytest.approx((3 * (0.85 - 2 / 3) + (1 - 0.25)) / 4)


def test_over_and_underconfidence_in_different_bins_do_not_cancel_out() -> None:
    assert judged((0.95, False), (0.05, True))["error"] == pytest.approx(0.95)
    assert judged((0.5, True), (0.5, False))["error"] == 0


def test_no_quotes_have_no_error() -> None:
    assert judged()["error"] == 0


def test_the_curve_corrects_the_confidence() -> None:
    honest = judged(*[(0.8, True)] * 400, *[(0.8, False)] * 100, *[(0.2, True)] * 100, *[(0.2, False)] * 400)
    assert (honest["slope"], honest["offset"]) == (pytest.approx(1, abs=0.01), pytest.approx(0, abs=0.01))
    modest = judged(*[(0.6, True)] * 400, *[(0.6, False)] * 100, *[(0.4, True)] * 100, *[(0.4, False)] * 400)
    assert modest["slope"] > 3
    shy = judged(*[(0.5, True)] * 400, *[(0.5, False)] * 100)
    assert shy["offset"] > 1
    assert (judged()["slope"], judged()["offset"]) == (1, 0)


@pytest.mark.parametrize("confidence", [{}, {"confidence": None}, {"confidence": 1.2}])
def test_a_quote_without_a_confidence_is_refused(confidence: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="article a: a quote has no confidence"):
        score([GOLD], {"a": {"quotes": [answer(ANN, **confidence)]}})


def test_the_plot_shows_each_bin_and_the_error_of_each_subset(tmp_path: Path) -> None:
    plotted = {"statements": judged((0.85, True), (0.85, False)), "quoted": judged((0.25, False))}
    for name in ("one.svg", "other.svg", "one.png"):
        save_reliability(plotted, tmp_path / name)
    drawing = (tmp_path / "one.svg").read_text(encoding="utf-8")
    assert "statements: expected calibration error 0.350" in drawing
    assert "quoted: expected calibration error 0.250" in drawing
    assert drawing == (tmp_path / "other.svg").read_text(encoding="utf-8")
    assert (tmp_path / "one.png").read_bytes().startswith(b"\x89PNG")
