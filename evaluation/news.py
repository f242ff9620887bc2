"""Score predictions against news articles annotated for an editor: what is found, and what is right in every respect.

In: gold articles and predictions by article id, as `pairs` has them. Out: the report: shares in per cent, each with the bounds
of `intervals`, and every fault in words. It reads no file and predicts nothing.
Found is a quote that an editor wants (`core`) and that is told as a statement; F1 is over all of these, those inside other quotes
too. Right is a found one of which no part is wrong. What is told as a statement and takes a topic or nothing is spurious; what
takes an attitude or the author's own view counts for nothing. Kinds are compared in each pair whose prediction has one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from evaluation.corpus import Article, Counts, Quote
from evaluation.intervals import interval
from evaluation.pairs import PARTS, TOPIC, Pair, count_right_relays, is_marked, pair, relay_names, right_speaker, speaker

SHARES = {
    "marked quotes found": ("marked found", "marked"),
    "named speaker right, of the found": ("named right", "named"),
    "speaker right, of the found with an answer": ("answer right", "answer"),
    "wrong name, of the found": ("wrong name", "found"),
    "nested found": ("nested found", "nested"),
    "nested right": ("nested right", "nested"),
    "nested right but for the speaker": ("nested right but for the speaker", "nested"),
    "via right, of all in the found": ("via right", "via"),
    "via right, of those told": ("via right", "via told"),
    "kind right, of the matched": ("kind right", "kind"),
    "spurious, of the predicted": ("spurious", "predicted"),
    "spurious topic, of the predicted": ("spurious topic", "predicted"),
}
"""Which count is shown as a share of which."""

ComparedArticle = tuple[Article, list[Pair]]
Fault = tuple[str, str, str]


def compare(articles: Iterable[Article], predictions: Mapping[str, Article]) -> list[ComparedArticle]:
    """Each article with its pairs; each must have its prediction."""
    return [(article, pair(article, predictions[article["id"]])) for article in articles]


def score(compared: Sequence[ComparedArticle]) -> dict[str, Any]:
    """The report over all articles, one at least."""
    counts = [count(pairs) for _, pairs in compared]
    wrong = {part: share(counts, f"wrong {part}", "found") for part in PARTS}
    return {
        "articles": len(compared),
        "core": sum(each["core"] for each in counts),
        "predicted": sum(each["predicted"] for each in counts),
        "found": figures(counts, "found"),
        "right": figures(counts, "right"),
        "shares": {label: share(counts, *names) for label, names in SHARES.items()},
        "wrong": dict(sorted(wrong.items(), key=lambda item: -item[1]["count"])),
        "faults": [fault for article, pairs in compared for fault in faults(article, pairs)],
    }


def figures(counts: Sequence[Counts], hit: str) -> dict[str, dict[str, Any]]:
    """Precision, recall and F1: twice the hits in what is predicted and what is wanted, both together."""
    return {
        "p": share(counts, hit, "predicted"),
        "r": share(counts, hit, "core"),
        "f": share(counts, hit, "predicted", "core", times=2),
    }


def share(counts: Sequence[Counts], part: str, *of: str, times: int = 1) -> dict[str, Any]:
    """A count, so many `times`, as a share of others in per cent, with its bounds; None where there is nothing to share."""
    parts, wholes = [times * each[part] for each in counts], [sum(each[name] for name in of) for each in counts]
    part_sum, whole = sum(parts), sum(wholes)
    low, high = interval(parts, wholes) or (None, None)
    return {
        "count": part_sum,
        "of": whole,
        "share": round(100 * part_sum / whole, 1) if whole else None,
        "low": low,
        "high": high,
    }


def count(pairs: Iterable[Pair]) -> Counts:
    """What one article adds to the counts."""
    counts: Counts = Counter()
    for each in pairs:
        counts.update(count_predicted(each))
        if each.gold and each.wanted:
            counts.update(count_wanted(each.gold, each))
        if each.gold and each.predicted and each.found:
            counts.update(count_speaker(each.gold, each.predicted))
            counts.update(f"wrong {part}" for part in each.wrong)
    return counts


def count_predicted(pair: Pair) -> dict[str, int]:
    """Whether a predicted quote counts, whether it should not have been told, and whether it is of the kind told."""
    has_kind = bool(pair.gold and pair.predicted and pair.predicted.get("kind"))
    return {
        "predicted": pair.counts,
        "spurious": pair.spurious,
        "spurious topic": pair.spurious and pair.kind == TOPIC,
        "kind": has_kind,
        "kind right": has_kind and pair.agreed,
    }


def count_wanted(gold: Quote, pair: Pair) -> dict[str, int]:
    """Whether a quote that an editor wants is found and right, also as one with marked words and as one inside another."""
    marked, nested = is_marked(gold), gold["parent"] is not None
    return {
        "core": 1,
        "found": pair.found,
        "right": pair.right,
        "marked": marked,
        "marked found": marked and pair.found,
        "nested": nested,
        "nested found": nested and pair.found,
        "nested right": nested and pair.right,
        "nested right but for the speaker": nested and pair.found and set(pair.wrong) <= {"speaker"},
    }


def count_speaker(gold: Quote, predicted: Quote) -> dict[str, int]:
    """Who a found quote is said to be by, and who to pass it on."""
    right, answers = right_speaker(gold, predicted), bool(gold["speakers"])
    return {
        "named": gold["named"],
        "named right": gold["named"] and right,
        "answer": answers,
        "answer right": answers and right,
        "wrong name": not right and bool(speaker(predicted)),
        "via": len(gold["via"]),
        "via right": count_right_relays(gold, predicted),
        "via told": len(relay_names(predicted)),
    }


def faults(article: Article, pairs: Iterable[Pair]) -> Iterator[Fault]:
    """Each fault of one article: the article's id, what it is, and the words it is about; what is spurious comes first."""
    for each in pairs:
        if each.predicted and each.spurious:
            yield article["id"], "spurious topic" if each.gold else "spurious", each.predicted.get("text", "")[:90]
    for each in pairs:
        if each.gold and each.wanted and not each.found:
            nested = " nested" if each.gold["parent"] is not None else ""
            yield article["id"], f"missed{nested}", content(each.gold, article["text"])[:90]
        elif each.gold and each.predicted and each.found and each.wrong:
            yield article["id"], f"wrong {', '.join(each.wrong)}", difference(each.gold, each.predicted)


def content(gold: Quote, text: str) -> str:
    """What a gold quote says."""
    return " ".join(text[start:end] for start, end in gold["content"])


def difference(gold: Quote, predicted: Quote) -> str:
    """Who speaks and which type it is, as told and as annotated, and what is told."""
    types = f"{predicted.get('type')} for {gold['type']}"
    return f"{speaker(predicted)!r} for {gold['speakers']} | {types} | {predicted.get('text', '')[:70]}"
