"""Scores predictions against news articles annotated for an editor: which quotes are found, and which are right in every part.

In: gold articles and predictions by article id, as `pairs` has them. Out: the report: shares in per cent, each with the bounds
of `intervals`, and every fault in words. It reads no file and predicts nothing.
A quote is found if an editor wants it (`core`) and it is predicted as a statement; nested quotes count too. It is right if it is
found and none of its parts is wrong. A predicted statement is spurious if it is paired with a topic or with nothing; it does not
count if it is paired with an attitude or the author's own view. Kinds are compared in each pair whose prediction has a kind.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from evaluation.corpus import Article, Counts, Quote
from evaluation.intervals import interval
from evaluation.pairs import PARTS, TOPIC, Pair, count_right_relays, is_marked, pair, relay_names, right_speaker
from evaluation.spans import speaker_name

SHARES = {
    "marked quotes found": ("marked found", "marked"),
    "named speaker right, of the found": ("named right", "named"),
    "speaker right, of the found with an answer": ("answer right", "answer"),
    "wrong name, of the found": ("wrong name", "found"),
    "nested found": ("nested found", "nested"),
    "nested right": ("nested right", "nested"),
    "nested right but for the speaker": ("nested right but for the speaker", "nested"),
    "via right, of all in the found": ("via right", "via"),
    "via right, of those told": ("via right", "via predicted"),
    "kind right, of the matched": ("kind right", "kind"),
    "spurious, of the predicted": ("spurious", "predicted"),
    "spurious topic, of the predicted": ("spurious topic", "predicted"),
}
"""The shares of the report: label → (part, whole), by the names of the counts."""

ComparedArticle = tuple[Article, list[Pair]]
Fault = tuple[str, str, str]


def compare(articles: Iterable[Article], predictions: Mapping[str, Article]) -> list[ComparedArticle]:
    """Each article with its pairs. Each must have its prediction."""
    return [(article, pair(article, predictions[article["id"]])) for article in articles]


def score(compared: Sequence[ComparedArticle]) -> dict[str, Any]:
    """The report over all articles, of which there must be at least one."""
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
    """Precision, recall and F1. F1 is twice the hits over the sum of predicted and wanted quotes."""
    return {
        "p": share(counts, hit, "predicted"),
        "r": share(counts, hit, "core"),
        "f": share(counts, hit, "predicted", "core", times=2),
    }


def share(counts: Sequence[Counts], part: str, *of: str, times: int = 1) -> dict[str, Any]:
    """A count, multiplied by `times`, as a share of the sum of other counts, in per cent, with its bounds."""
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
    """The counts of one article."""
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
    """Whether a predicted quote counts, whether it is spurious, and whether its kind is right."""
    has_kind = bool(pair.gold and pair.predicted and pair.predicted.get("kind"))
    return {
        "predicted": pair.counts,
        "spurious": pair.spurious,
        "spurious topic": pair.spurious and pair.kind == TOPIC,
        "kind": has_kind,
        "kind right": has_kind and pair.agreed,
    }


def count_wanted(gold: Quote, pair: Pair) -> dict[str, int]:
    """Whether a wanted quote is found and right, counted also among the marked and the nested quotes."""
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
    """Whether the speaker and the relays of a found quote are right."""
    right, answers = right_speaker(gold, predicted), bool(gold["speakers"])
    return {
        "named": gold["named"],
        "named right": gold["named"] and right,
        "answer": answers,
        "answer right": answers and right,
        "wrong name": not right and bool(speaker_name(predicted)),
        "via": len(gold["via"]),
        "via right": count_right_relays(gold, predicted),
        "via predicted": len(relay_names(predicted)),
    }


def faults(article: Article, pairs: Iterable[Pair]) -> Iterator[Fault]:
    """Each fault of one article: the article's id, the kind of fault, and the words concerned; spurious quotes come first."""
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
    """The words of a gold quote."""
    return " ".join(text[start:end] for start, end in gold["content"])


def difference(gold: Quote, predicted: Quote) -> str:
    """The predicted and the gold speaker and type, and the predicted words."""
    types = f"{predicted.get('type')} for {gold['type']}"
    return f"{speaker_name(predicted)!r} for {gold['speakers']} | {types} | {predicted.get('text', '')[:70]}"
