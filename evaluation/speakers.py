"""Who is named as the speaker, by what evidence, and how often he is the right one, the surer the answer has to be.

In: gold articles that name speakers, and predictions, as for `corpus`; those made with `min_speaker_probability` 0 show every
threshold. Out: the report, subset → the speakers by evidence, and by threshold how many are still named and how many of these are
right. What counts is each match of `corpus` whose gold speaker is named, and right is a speaker of that name; of news, each found
quote whose speaker is named, and any of the right answers. News has one more subset, `unnamed`: those whose speaker is only
described, or nobody; a name there is a wrong one, unless it is an answer too.
Two outcomes put no name into anybody's mouth: `none`, and `described`: a nominal that is the speaker in its own words ("a senior
aide"). They are not counted as named. Where the annotators know a name they are not right either, unless the words are as good.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from evaluation import calibration
from evaluation.corpus import Article, Quote, by_subset, compare
from evaluation.pairs import is_marked, is_news, pair, right_speaker
from evaluation.spans import same_speaker

EVIDENCE = ("name", "alias", "acronym", "nominal", "pronoun", "implicit", "continued", "described", "none")
UNNAMED = ("described", "none")
STEPS = 10
"""The thresholds are those tenths, 0 and 1 among them."""


@dataclass(frozen=True, slots=True)
class JudgedSpeaker:
    """One speaker: the `evidence` for him, how probable he is, 0 to 1, and whether he is the right one."""

    evidence: str
    probability: float
    right: bool


def score(articles: Sequence[Article], predictions: Mapping[str, Article]) -> dict[str, Any]:
    """The report over all `articles`; each must have its prediction, and one at least must name a speaker."""
    judged = judge_news(articles, predictions) if is_news(articles) else by_subset(judge, articles, predictions)
    if not judged["statements"]:
        raise ValueError("no matched quote has a named speaker: give articles whose quotes have `speaker` and `named`")
    return {subset: report(found) for subset, found in judged.items()}


def judge(article: Article, prediction: Article, *, quoted: bool) -> Iterator[JudgedSpeaker]:
    """The speaker of each matched quote of one article whose gold speaker is named."""
    compared = compare(article, prediction, quoted=quoted)
    for i, j in compared.pairs:
        if compared.truths[j].named:
            quote = compared.predicted[i]
            name = (quote.get("speaker") or {}).get("name")
            yield verdict(quote, right=same_speaker(name, compared.truths[j].speaker))


def judge_news(articles: Iterable[Article], predictions: Mapping[str, Article]) -> dict[str, list[JudgedSpeaker]]:
    """The speaker of each quote of news that is found, by subset."""
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
    """The speaker of a predicted quote."""
    return JudgedSpeaker(evidence(quote), (quote.get("speaker") or {}).get("probability", 1.0), right)


def evidence(quote: Quote) -> str:
    """The evidence for a quote's speaker; `described` where a nominal is only itself, `none` where there is no speaker."""
    speaker, source = quote.get("speaker"), quote.get("source")
    if not speaker:
        return "none"
    itself = speaker["evidence"] == "nominal" and source and speaker["name"].lower() in source["text"].lower()
    return "described" if itself else str(speaker["evidence"])


def report(judged: Sequence[JudgedSpeaker]) -> dict[str, Any]:
    """The rows by evidence, the sum of them all, the rows by threshold, and the expected calibration error of what is named."""
    groups = {name: [one for one in judged if one.evidence == name] for name in EVIDENCE}
    named = [calibration.JudgedQuote(one.probability, one.right) for one in judged if is_named(one)]
    return {
        "evidence": {name: row(group) for name, group in groups.items() if group},
        "all": row(judged),
        "thresholds": [at(judged, number / STEPS) for number in range(STEPS + 1)],
        "error": calibration.report(named)["error"],
    }


def is_named(one: JudgedSpeaker) -> bool:
    """Whether a name is given."""
    return one.evidence not in UNNAMED


def row(judged: Sequence[JudgedSpeaker]) -> dict[str, float | None]:
    """How many there are, the share that is right, and their mean probability; of no speaker there is none."""
    probable = [one.probability for one in judged if one.evidence != "none"]
    return {
        "quotes": len(judged),
        "right": fmean(one.right for one in judged) if judged else None,
        "probability": fmean(probable) if probable else None,
    }


def at(judged: Sequence[JudgedSpeaker], threshold: float) -> dict[str, float | None]:
    """How many are named where none less probable is, the share of all that they are, how many of them are wrong, the share of
    them that is right, and the F1 of that and of the share of all that is named rightly.
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
