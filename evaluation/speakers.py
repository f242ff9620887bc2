"""Scores speakers by the evidence for them and by the threshold of their probability.

In: gold articles that name speakers, and predictions, as for `corpus`; those made with `min_speaker_probability` 0 cover every
threshold. Out: the report, subset → the speakers by evidence, and by threshold how many are still named and how many of these are
right. It scores each match of `corpus` whose gold speaker is named, and the right speaker has that name; in news, it scores each
found quote whose speaker is named, and any of the right answers is right. News has one more subset, `unnamed`: quotes whose
speaker is only described or unknown; a name there is wrong unless it is one of the answers.
Two outcomes name no speaker: `none`, and `described`, a nominal that stands for itself ("a senior aide"). They do not count as
named. Where the annotators know a name, they are wrong too, unless the words are one of the answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from attribution import data
from evaluation import calibration
from evaluation.corpus import Article, Quote, by_subset, compare
from evaluation.pairs import is_marked, is_news, pair, right_speaker
from evaluation.spans import same_speaker, speaker_name

UNNAMED = ("described", "none")
EVIDENCE = (*data.EVIDENCE, *UNNAMED)
STEPS = 10
"""The thresholds are the tenths from 0 to 1."""


@dataclass(frozen=True, slots=True)
class JudgedSpeaker:
    """One predicted speaker: the `evidence` for them, their probability, from 0 to 1, and whether they are right."""

    evidence: str
    probability: float
    right: bool


def score(articles: Sequence[Article], predictions: Mapping[str, Article]) -> dict[str, Any]:
    """The report over all `articles`. Each must have its prediction, and at least one quote must have a named speaker."""
    judged = judge_news(articles, predictions) if is_news(articles) else by_subset(judge, articles, predictions)
    if not judged["statements"]:
        raise ValueError("no matched quote has a named speaker: give articles whose quotes have `speaker` and `named`")
    return {subset: report(found) for subset, found in judged.items()}


def judge(article: Article, prediction: Article, *, quoted: bool) -> Iterator[JudgedSpeaker]:
    """Judge the speaker of each matched quote of one article whose gold speaker is named."""
    compared = compare(article, prediction, quoted=quoted)
    for i, j in compared.pairs:
        if compared.truths[j].named:
            quote = compared.predicted[i]
            yield verdict(quote, right=same_speaker(speaker_name(quote), compared.truths[j].speaker))


def judge_news(articles: Iterable[Article], predictions: Mapping[str, Article]) -> dict[str, list[JudgedSpeaker]]:
    """Judge the speaker of each found quote of news, by subset."""
    found: dict[str, list[JudgedSpeaker]] = {"statements": [], "quoted": [], "unnamed": []}
    for article in articles:
        for each in pair(article, predictions[article["id"]]):
            if each.gold and each.predicted and each.found:
                one = verdict(each.predicted, right=right_speaker(each.gold, each.predicted))
                found["statements" if each.gold["named"] else "unnamed"].append(one)
                if each.gold["named"] and is_marked(each.gold):
                    found["quoted"].append(one)
    return found


def verdict(quote: Quote, *, right: bool) -> JudgedSpeaker:
    """The speaker of a predicted quote, judged."""
    return JudgedSpeaker(evidence(quote), (quote.get("speaker") or {}).get("probability", 1.0), right)


def evidence(quote: Quote) -> str:
    """The evidence for a quote's speaker; `described` for a nominal that stands for itself, `none` without a speaker."""
    speaker, source = quote.get("speaker"), quote.get("source")
    if not speaker:
        return "none"
    itself = speaker["evidence"] == "nominal" and source and speaker["name"].lower() in source["text"].lower()
    return "described" if itself else str(speaker["evidence"])


def report(judged: Sequence[JudgedSpeaker]) -> dict[str, Any]:
    """The rows by evidence, their total, the rows by threshold, and the expected calibration error of the named speakers."""
    groups = {name: [one for one in judged if one.evidence == name] for name in EVIDENCE}
    named = [calibration.JudgedQuote(one.probability, one.right) for one in judged if is_named(one)]
    return {
        "evidence": {name: row(group) for name, group in groups.items() if group},
        "all": row(judged),
        "thresholds": [at(judged, number / STEPS) for number in range(STEPS + 1)],
        "error": calibration.report(named)["error"],
    }


def is_named(one: JudgedSpeaker) -> bool:
    """Whether the speaker is named."""
    return one.evidence not in UNNAMED


def row(judged: Sequence[JudgedSpeaker]) -> dict[str, float | None]:
    """The number of quotes, the share whose speaker is right, and the mean probability of the speakers."""
    probable = [one.probability for one in judged if one.evidence != "none"]
    return {
        "quotes": len(judged),
        "right": fmean(one.right for one in judged) if judged else None,
        "probability": fmean(probable) if probable else None,
    }


def at(judged: Sequence[JudgedSpeaker], threshold: float) -> dict[str, float | None]:
    """The figures if only speakers of at least this probability are named: their number, their share of all quotes, how many are
    wrong, the share that is right, and the F1 of that share and of the share of all quotes whose speaker is named and right.
    """
    named = [one for one in judged if is_named(one) and one.probability >= threshold]
    right = sum(one.right for one in named)
    return {
        "threshold": threshold,
        "named": len(named),
        "answered": len(named) / len(judged) if judged else None,
        "wrong": len(named) - right,
        "right": right / len(named) if named else None,
        "f": 2 * right / (len(named) + len(judged)) if judged else None,
    }
