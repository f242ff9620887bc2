"""The figures of `news` by group: family of articles, type, kind, and evidence for the speaker.

In: articles with their pairs, which `news` makes over whole articles. Out: the report, section → group → row.
A pair whose quotes are in different groups counts in both, as in `breakdown`: recall is over the gold quotes of a group,
precision over the predicted ones, F1 is their harmonic mean. By kind, a quote is found if it is predicted as the kind it is,
wanted or not. The author's own views are never predicted and have no row. A second section counts the predicted kinds of each.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from evaluation.breakdown import NONE, figures
from evaluation.corpus import Article, Counts
from evaluation.news import ComparedArticle
from evaluation.pairs import CORE, KINDS, Pair, right_speaker
from evaluation.spans import speaker_name
from evaluation.speakers import EVIDENCE, evidence

GROUPS = ("family", "type", "kind", "evidence")
NOTHING, MISSED = "nothing", "missed"

Rows = dict[str, dict[str, Any]]


def score(compared: Sequence[ComparedArticle], by: Iterable[str]) -> dict[str, Rows]:
    """The sections for the given GROUPS."""
    sections: dict[str, Rows] = {}
    for group in by:
        sections[group] = by_evidence(compared) if group == "evidence" else by_group(compared, group)
        if group == "kind":
            sections["kind, told as"] = predicted_kinds(compared)
    return sections


def by_group(compared: Iterable[ComparedArticle], group: str) -> Rows:
    """The figures by family, type or kind, most gold quotes first."""
    groups: defaultdict[str, Counts] = defaultdict(Counter)
    for article, pairs in compared:
        for pair in pairs:
            tally(groups, pair, *labels(article, pair, group))
    return {name: row(groups[name]) for name in sorted(groups, key=lambda name: -groups[name]["gold"])}


def labels(article: Article, pair: Pair, group: str) -> tuple[str | None, str | None]:
    """The groups of the gold quote and of the predicted one; None for a quote that is missing or does not count."""
    if group == "kind":
        counts = pair.counts or pair.predicted_kind != CORE
        return pair.kind if pair.kind in KINDS else None, pair.predicted_kind if counts else None
    gold, predicted = (article, article) if group == "family" else (pair.gold or {}, pair.predicted or {})
    return gold.get(group, NONE) if pair.wanted else None, predicted.get(group, NONE) if pair.counts else None


def tally(groups: Mapping[str, Counts], pair: Pair, gold: str | None, predicted: str | None) -> None:
    """Add one pair to the counts of its groups."""
    right = pair.agreed and not pair.wrong
    for side, name in (("gold", gold), ("predicted", predicted)):
        if name:
            groups[name].update({side: 1, f"found {side}": pair.agreed, f"right {side}": right})


def row(counts: Counts) -> dict[str, Any]:
    """The number of quotes, the figures of those found in per cent, and the F1 of those that are right."""
    found, right = figures(counts, "found"), figures(counts, "right")
    return {"gold": counts["gold"], "predicted": counts["predicted"], **found, "right f": right["f"]}


def predicted_kinds(compared: Iterable[ComparedArticle]) -> Rows:
    """How often each kind of gold quote is predicted as which kind, or missed; and the kinds of spurious predictions."""
    kinds = Counter((pair.kind or NOTHING, pair.predicted_kind or MISSED) for _, pairs in compared for pair in pairs)
    names = (*KINDS, "author", NOTHING)
    return {name: {kind: kinds[name, kind] for kind in (*KINDS, MISSED)} for name in names}


def by_evidence(compared: Iterable[ComparedArticle]) -> Rows:
    """The found quotes by the evidence for their speaker: how often the speaker is right, wrong, or missing."""
    groups: defaultdict[str, Counts] = defaultdict(Counter)
    for _, pairs in compared:
        for pair in pairs:
            if pair.gold and pair.predicted and pair.found:
                right, named = right_speaker(pair.gold, pair.predicted), bool(speaker_name(pair.predicted))
                groups[evidence(pair.predicted)].update(["found", "right" if right else "wrong" if named else "none"])
    return {name: answers(groups[name]) for name in EVIDENCE if name in groups}


def answers(counts: Counts) -> dict[str, Any]:
    """The counts for one kind of evidence, and the share of speakers that are right."""
    share = round(100 * counts["right"] / counts["found"], 1)
    return {**{name: counts[name] for name in ("found", "right", "wrong", "none")}, "share": share}
