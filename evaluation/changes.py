"""Compares the answers of two models to the same texts, quote by quote, to show what changes for a caller.

In: the texts, the old answers and the new ones, in the API's shape. Out: how many quotes are the same, how many changed and in
which parts, which are gone and which are new. It does not judge which answer is right; `news` does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from evaluation.spans import chars, iou, offsets, pair_up

PARTS = ("type", "kind", "content", "verb", "source", "speaker", "via")
Answer = Mapping[str, Any]


def compare(texts: Mapping[str, str], before: Mapping[str, Answer], now: Mapping[str, Answer]) -> dict[str, Any]:
    """The report: counts, and a line for each quote that is not the same."""
    counts = dict.fromkeys(("before", "now", "same", "changed", "gone", "new"), 0)
    parts, lines = dict.fromkeys(PARTS, 0), list[tuple[str, str, str]]()
    for id_, text in texts.items():
        counts["before"] += len(before[id_]["quotes"])
        counts["now"] += len(now[id_]["quotes"])
        for one, other in _pairs(text, before[id_]["quotes"], now[id_]["quotes"]):
            changed = _changed(one, other) if one and other else []
            what = "gone" if not other else "new" if not one else "changed" if changed else "same"
            counts[what] += 1
            for part in changed:
                parts[part] += 1
            if what != "same":
                lines.append((id_, f"{what} {', '.join(changed)}".strip(), (other or one or {})["text"]))
    return {**counts, "parts": parts, "lines": lines}


def table(report: Mapping[str, Any]) -> str:
    """The report as text."""
    head = f"{report['before']:,} quotes before, {report['now']:,} now"
    counts = [f"{what:<10}{report[what]:>7,}" for what in ("same", "changed", "gone", "new")]
    parts = [f"  {part:<10}{count:>5,}" for part, count in report["parts"].items() if count]
    lines = [f"  {id_} {what}: {' '.join(words.split())[:100]}" for id_, what, words in report["lines"]]
    return "\n".join([head, "", *counts[:2], *parts, *counts[2:], "", *lines])


def _pairs(text: str, before: Iterable[Answer], now: Iterable[Answer]) -> Iterator[tuple[Answer | None, Answer | None]]:
    """Pair each old quote with the new one of the greatest IoU, best pairs first; a quote without a partner gets None."""
    spans = [[(quote, chars(offsets(quote["content"]), text)) for quote in quotes] for quotes in (before, now)]
    overlaps = ((iou(one, other), i, j) for i, (_, one) in enumerate(spans[0]) for j, (_, other) in enumerate(spans[1]))
    taken = pair_up(sorted(overlaps, key=lambda pair: -pair[0]))
    for i, (one, _) in enumerate(spans[0]):
        yield one, spans[1][taken[i]][0] if i in taken else None
    yield from ((None, other) for j, (other, _) in enumerate(spans[1]) if j not in taken.values())


def _changed(one: Answer, other: Answer) -> list[str]:
    return [part for part in PARTS if _comparable(one, part) != _comparable(other, part)]


def _comparable(quote: Answer, part: str) -> Any:
    """The comparable value of a part: the offsets of spans, the names of speakers and relays."""
    value = quote.get(part)
    if part == "content":
        return offsets(value or ())
    if part in ("verb", "source"):
        return offsets([value])
    if part == "via":
        return sorted(str(via["name"]) for via in value or ())
    return value and value["name"] if part == "speaker" else value
