"""Scores the ranker on GAP: which of two names, if any, a pronoun in a text from Wikipedia refers to.

In: GAP's documents (one pronoun, two names; names in the pronoun's cluster are right) and the trained pipeline. Out: F1 over the
right names, for all, masculine and feminine pronouns, and the bias, feminine over masculine.
As in GAP's setting with gold names, the pipeline is given the spans of pronoun and names, and may choose neither.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from spacy.language import Language

from attribution.data import Offsets
from attribution.resolving.mentions import find_mentions
from evaluation.spans import figures

SPLIT = "test"
LEAST = 0.1
"""The least probability of the likelier name; below that the answer is neither."""
FEMININE = frozenset({"she", "her", "hers", "herself"})
LATER = ["mentions", "coreference", "speakers"]


def score(documents: Iterable[Mapping[str, Any]], nlp: Language) -> dict[str, float]:
    """F1 over all, masculine and feminine pronouns of the test split, and the ratio of feminine to masculine."""
    counts: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    for document in documents:
        if document["split"] == SPLIT:
            pronoun, *names = document["mentions"]
            right = [name["cluster"] == pronoun["cluster"] for name in names]
            guess = choose(nlp, document["text"], _span(pronoun), [_span(name) for name in names])
            counts[pronoun["text"].lower() in FEMININE].update(count(right, guess))
    masculine, feminine = (_f1(counts[kind]) for kind in (False, True))
    bias = round(feminine / masculine, 3) if masculine else 0.0
    return {"overall": _f1(counts[True] + counts[False]), "masculine": masculine, "feminine": feminine, "bias": bias}


def choose(nlp: Language, text: str, pronoun: Offsets, names: list[Offsets]) -> int | None:
    """The index of the name that the pronoun refers to; None for neither."""
    doc = nlp(text, disable=LATER)
    doc._.mentions = find_mentions(doc, doc._.quotes, further=[pronoun, *names])
    chances = nlp.get_pipe("coreference")(doc)._.chances
    chosen = next((found for mention, found in chances.items() if mention.start == pronoun[0]), ())
    sums = [
        sum(probability for entity, probability in chosen if any(one.start < end and start < one.end for one in entity.mentions))
        for start, end in names
    ]
    best = max(range(len(names)), key=lambda number: sums[number])
    return best if sums[best] >= LEAST else None


def count(right: list[bool], guess: int | None) -> Counter[str]:
    """The counts of one pronoun."""
    return Counter({"right": int(guess is not None and right[guess]), "predicted": int(guess is not None), "gold": sum(right)})


def report(figures: Mapping[str, float]) -> str:
    """The figures, one per line."""
    return "\n".join(f"{name:<12}{value:>8}" for name, value in figures.items())


def _f1(counts: Mapping[str, int]) -> float:
    return figures(counts["right"], counts["predicted"], counts["gold"])["f"]


def _span(mention: Mapping[str, Any]) -> Offsets:
    return mention["start"], mention["end"]
