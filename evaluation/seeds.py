"""Scores predictions against the seed articles, whose gold is written in the API's shape, quote by quote.

In: gold articles, and texts and predictions by article id. Out: how many quotes of each tier are right, and every fault in
words. It reads no file and predicts nothing.
A gold quote is matched with the free prediction of the greatest IoU with its content or one of its `alternatives`. It is found if
the IoU is at least 0.5. It is right if content (IoU 0.8, or 0.5 with the same verbatim words), type, verb, speaker, verbatim, via
and nesting are right. Tiers: `core` and `nested` must be right; `extra` is optional. Predictions without a gold quote are
spurious.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from evaluation.spans import MATCH, RIGHT, chars, iou, offsets, same_relay, same_speaker, speaker_name

Quote = Mapping[str, Any]
_OUTER = re.compile(r"^[\W_]+|[\W_]+$")


def score(
    golds: Iterable[Mapping[str, Any]], texts: Mapping[str, str], predictions: Mapping[str, Mapping[str, Any]]
) -> dict[str, Any]:
    """The report over all seeds; each must have its text and its prediction."""
    counts: Counter[str] = Counter()
    found_faults: list[str] = []
    for gold in golds:
        counted, faulty = judge(gold, predictions[gold["id"]]["quotes"], texts[gold["id"]])
        counts += counted
        found_faults += faulty
    return {
        "core": f"{counts['core right']} of {counts['core']} right, {counts['core found']} found",
        "nested": f"{counts['nested right']} of {counts['nested']}",
        "extra": f"{counts['extra found']} of {counts['extra']} found",
        "spurious": counts["spurious"],
        "faults": found_faults,
    }


def judge(gold: Mapping[str, Any], predicted: Iterable[Quote], text: str) -> tuple[Counter[str], list[str]]:
    """The number of gold, found and right quotes of one article by tier, and its faults."""
    counts: Counter[str] = Counter()
    faulty: list[str] = []
    free = dict(enumerate(predicted))
    for quote in gold["quotes"]:
        tier = quote["tier"]
        overlap, at = best(quote, free, text)
        wrong = list(faults(quote, free.pop(at), text, overlap)) if overlap >= MATCH else [_not_found(quote, text)]
        counts.update({tier: 1, f"{tier} found": overlap >= MATCH, f"{tier} right": not wrong})
        if wrong and tier != "extra":
            faulty.append(f"{quote['id']} {tier}: " + "; ".join(wrong))
    counts["spurious"] = len(free)
    return counts, faulty + [_spurious(gold["id"], quote, text) for quote in free.values()]


def _spurious(article_id: str, quote: Quote, text: str) -> str:
    content = " … ".join(text[start:end] for start, end in offsets(quote["content"]))
    return f"{article_id} spurious: {content[:80]!r}"


def _not_found(quote: Quote, text: str) -> str:
    start, end = offsets(quote["content"])[0]
    return f"not found: {text[start:end][:70]!r}"


def best(gold: Quote, free: Mapping[int, Quote], text: str) -> tuple[float, int]:
    """The greatest overlap of a free prediction with a reading of `gold`, and the prediction's index (in a tie the first)."""
    readings = [chars(offsets(spans), text) for spans in (gold["content"], *gold.get("alternatives", []))]
    contents = ((at, chars(offsets(quote["content"]), text)) for at, quote in free.items())
    overlaps = ((max(iou(content, reading) for reading in readings), at) for at, content in contents)
    return max(overlaps, key=lambda pair: (pair[0], -pair[1]), default=(0.0, 0))


def faults(gold: Quote, quote: Quote, text: str, overlap: float) -> Iterator[str]:
    """The faults of a prediction, part by part, in words."""
    same_words = verbatim_words(quote, text) == verbatim_words(gold, text)
    speaker = speaker_name(quote)
    if quote.get("type") != gold["type"]:
        yield f"type {quote.get('type')} for {gold['type']}"
    if gold["verb"] and not same_verb(quote.get("verb"), gold["verb"]):
        yield f"verb {(quote.get('verb') or {}).get('text')!r} for {gold['verb']['text']!r}"
    if gold["speaker"] and not same_speaker(speaker, gold["speaker"]["name"]):
        yield f"speaker {speaker!r} for {gold['speaker']['name']!r}"
    if overlap < RIGHT and not (gold["verbatim"] and same_words):
        yield f"content IoU {overlap:.2f}"
    if not same_words:
        yield f"verbatim {verbatim_words(quote, text)}"
    yield from chain_faults(gold, quote)


def chain_faults(gold: Quote, quote: Quote) -> Iterator[str]:
    """The faults of a prediction's relays and of its nesting."""
    for relay in gold["via"]:
        if not any(same_relay(via.get("name"), relay["name"]) for via in quote.get("via") or []):
            yield f"via {quote.get('via')} for {relay['name']!r}"
    if gold["tier"] == "nested" and not quote.get("parent"):
        yield "no parent"


def same_verb(predicted: Mapping[str, Any] | None, gold: Mapping[str, Any]) -> bool:
    """Whether the prediction overlaps the last word of the gold verb: "declared" matches "has declared"."""
    start = gold["end"] - len(gold["text"].split()[-1])
    return predicted is not None and predicted["start"] < gold["end"] and start < predicted["end"]


def verbatim_words(quote: Quote, text: str) -> list[str]:
    """The verbatim stretches without punctuation at their ends, sorted."""
    return sorted(_OUTER.sub("", text[start:end]) for start, end in offsets(quote.get("verbatim", [])))
