"""Which gold quote a predicted one is paired with, and every mistake it may have."""

from typing import Any

import pytest
from newsroom import ARTICLE, BORDER, DOUBT, INNER, RAIN, SEA, SUN, answer, places, quote, span, speaker

from evaluation.pairs import Pair, is_news, pair


def pairs(*predicted: dict[str, Any], gold: tuple[dict[str, Any], ...] = ()) -> list[Pair]:
    return pair({**ARTICLE, "quotes": list(gold)} if gold else ARTICLE, {"quotes": predicted})


def wrong(gold: dict[str, Any], **changed: Any) -> tuple[str, ...]:
    """The mistakes in the prediction of a gold quote with changes; the other quotes are predicted perfectly."""
    told = [answer(each, **(changed if each is gold else {})) for each in (SEA, RAIN, INNER)]
    return next(each.wrong for each in pairs(*told) if each.gold is gold)


def test_pairs_list_each_gold_quote_and_then_the_unmatched_predictions() -> None:
    sea, nothing = answer(SEA), answer(SEA, content=[span(0, 7)])
    found = [(each.gold, each.predicted) for each in pairs(nothing, sea)]
    assert found == [(SEA, sea), *((gold, None) for gold in (RAIN, INNER, SUN, BORDER, DOUBT)), (None, nothing)]


def test_the_best_pairs_come_first_and_each_quote_is_used_once() -> None:
    exact, longer = answer(SEA), answer(SEA, content=[span(8, 39)])
    assert [each.predicted for each in pairs(longer, exact, gold=(SEA,))] == [exact, longer]


def test_an_overlap_below_one_half_is_no_match() -> None:
    alone, spurious = pairs(answer(SEA, content=[span(13, 20)]), gold=(SEA,))
    assert (alone.predicted, spurious.gold) == (None, None)


def test_a_tie_goes_to_a_quote_of_the_same_level() -> None:
    outer, inner = quote("it would rain", "warned", "She"), INNER
    nested, flat = answer(INNER), answer(INNER, parent=None, id="q9")
    found = {id(each.gold): each.predicted for each in pairs(flat, nested, gold=(inner, outer))}
    assert found == {id(inner): nested, id(outer): flat}


def test_a_tie_on_one_level_goes_to_a_core_quote() -> None:
    topic, core = quote("the border", "discussed", "They", kind="topic"), quote("the border", "discussed", "They")
    told = answer(BORDER)
    assert [each.predicted for each in pairs(told, gold=(core, topic))] == [told, None]


def test_a_perfect_prediction_has_no_mistakes() -> None:
    assert [wrong(each) for each in (SEA, RAIN, INNER)] == [(), (), ()]


@pytest.mark.parametrize(
    ("gold", "changed", "part"),
    [
        (SEA, {"type": "direct"}, "type"),
        (SEA, {"content": [span(13, 30)]}, "content"),
        (SEA, {"verb": None}, "verb"),
        (SEA, {"verb": span(0, 7)}, "verb"),
        (SEA, {"speaker": None}, "speaker"),
        (SEA, {"speaker": speaker("Bob Orr")}, "speaker"),
        (SEA, {"via": [{"name": "RIA"}]}, "via"),
        (RAIN, {"via": []}, "via"),
        (RAIN, {"via": [{"name": "BBC"}]}, "via"),
        (RAIN, {"via": [{"name": "RIA"}, {"name": "BBC"}]}, "via"),
        (SEA, {"parent": "q1"}, "nesting"),
        (INNER, {"parent": None}, "nesting"),
        (INNER, {"parent": "q9"}, "nesting"),
    ],
)
def test_each_wrong_part_is_reported(gold: dict[str, Any], changed: dict[str, Any], part: str) -> None:
    assert wrong(gold, **changed) == (part,)


@pytest.mark.parametrize(
    ("gold", "changed"),
    [
        (SEA, {"speaker": speaker("Lee")}),
        (SEA, {"speaker": speaker("Mayor Ann Lee")}),
        (SEA, {"verb": span(9, 12)}),
        (RAIN, {"via": [{"name": "RIA"}]}),
        (INNER, {"parent": "q0"}),
    ],
)
def test_equivalent_predictions_are_right(gold: dict[str, Any], changed: dict[str, Any]) -> None:
    assert wrong(gold, **changed) == ()


def test_without_gold_speaker_and_cue_none_is_right() -> None:
    bare = {**SEA, "cue": [], "speakers": []}
    (found,) = pairs(answer(SEA, verb=None, speaker=None), gold=(bare,))
    assert found.wrong == ()
    (found,) = pairs(answer(SEA), gold=(bare,))
    assert found.wrong == ("verb", "speaker")


@pytest.mark.parametrize(
    ("gold", "kind", "counts", "found"),
    [
        (SEA, None, True, True),
        (SEA, "statement", True, True),
        (SEA, "attitude", False, False),
        (SUN, None, False, False),
        (SUN, "attitude", False, False),
        (BORDER, "statement", True, False),
        (BORDER, "topic", False, False),
        (DOUBT, "statement", False, False),
    ],
)
def test_statements_count_unless_they_match_a_spared_kind(gold: dict[str, Any], kind: str, counts: bool, found: bool) -> None:
    (one,) = pairs(answer(gold, kind=kind), gold=(gold,))
    assert (one.counts, one.found, one.spurious) == (counts, found, counts and not found)


def test_kinds_agree_under_either_name() -> None:
    told = [answer(SEA, kind="statement"), answer(SUN, kind="attitude"), answer(BORDER, kind="statement")]
    assert [each.agreed for each in pairs(*told, gold=(SEA, SUN, BORDER))] == [True, True, False]


def test_news_is_recognised_by_its_kinds() -> None:
    assert is_news([ARTICLE])
    assert not is_news([{"quotes": [{"content": places("sun")}]}, {"quotes": []}])
