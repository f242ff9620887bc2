"""Scores predictions against an annotated corpus: spans, relations and speakers, over all statements and over the quoted ones.

In: gold articles {"id", "text", "quotes": [{"content": [[s, e]], "cue": …, "source": …, "speaker"?, "named"?}], "ignore"?} and
predictions in the API's shape, by article id. Out: the report, subset → row → figures. It reads no file and predicts nothing.
- span exact: the spans of a role, equal to the character. span chars: the same over single characters.
- content: each gold quote is matched with the predicted one of the greatest IoU of content, at least 0.5, best pairs first.
- relation: a match whose cue overlaps, and whose source overlaps or is absent in both. relation exact: all three spans equal.
- speaker: the share of matches with a named gold speaker that have this name; end to end, the share of all such gold quotes.
A predicted quote that lies mostly in an `ignore` stretch does not count.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any, TypeVar

from evaluation.spans import Chars, SpanSets, chars, figures, iou, is_quoted, offsets, pair_up, same_speaker, speaker_name, touch

ROLES = ("source", "cue", "content")
SUBSETS = ("statements", "quoted")

Article = Mapping[str, Any]
Quote = Mapping[str, Any]
Figures = dict[str, float]
Counts = Counter[str]
T = TypeVar("T")


def score(articles: Iterable[Article], predictions: Mapping[str, Article]) -> dict[str, dict[str, Figures]]:
    """The report over all `articles`; each must have its prediction."""
    counts: dict[str, Counts] = {subset: Counter() for subset in SUBSETS}
    for article in articles:
        for subset, total in counts.items():
            total.update(count(compare(article, predictions[article["id"]], quoted=subset == "quoted")))
    return {subset: report(total) for subset, total in counts.items()}


@dataclass(frozen=True, slots=True)
class Comparison:
    """The quotes of one article that count: `gold` and `predicted` as given, their spans `truths` and `guesses` in the same
    order, and `pairs`, the indices of the predicted and the gold quote of each match.
    """

    gold: list[Quote]
    predicted: list[Quote]
    truths: list[SpanSets]
    guesses: list[SpanSets]
    pairs: list[tuple[int, int]]

    def related(self) -> list[tuple[int, int]]:
        """The pairs whose relation is right."""
        return [(i, j) for i, j in self.pairs if _related(self.guesses[i], self.truths[j])]

    def exact(self) -> list[tuple[int, int]]:
        """The pairs whose spans are all equal."""
        return [(i, j) for i, j in self.pairs if self.guesses[i].same_spans(self.truths[j])]


def compare(article: Article, prediction: Article, *, quoted: bool) -> Comparison:
    """Compare the quotes of one article, all of them or only those with a quotation mark in their content. Predicted quotes that
    lie mostly in an ignored stretch are left out.
    """
    text = article["text"]
    ignored = chars(article.get("ignore", []), text)
    gold = [quote for quote in article["quotes"] if not quoted or is_quoted(quote["content"], text)]
    predicted = [quote for quote in prediction["quotes"] if not quoted or is_quoted(offsets(quote["content"]), text)]
    predicted = [quote for quote in predicted if not _mostly_in(ignored, chars(offsets(quote["content"]), text))]
    truths, guesses = [gold_spans(quote, text) for quote in gold], [predicted_spans(quote, text) for quote in predicted]
    return Comparison(gold, predicted, truths, guesses, matches(truths, guesses))


def by_subset(
    judge: Callable[..., Iterable[T]], articles: Iterable[Article], predictions: Mapping[str, Article]
) -> dict[str, list[T]]:
    """The results of `judge` for each article and its prediction, by subset; `quoted` selects the quoted statements."""
    said: dict[str, list[T]] = {subset: [] for subset in SUBSETS}
    for article in articles:
        for subset, found in said.items():
            found.extend(judge(article, predictions[article["id"]], quoted=subset == "quoted"))
    return said


def gold_spans(quote: Quote, text: str) -> SpanSets:
    """The spans of an annotated quote."""
    return SpanSets(
        content=chars(quote["content"], text),
        cue=chars(quote["cue"], text),
        source=chars(quote["source"], text),
        speaker=quote.get("speaker"),
        named=bool(quote.get("named")),
    )


def predicted_spans(quote: Quote, text: str) -> SpanSets:
    """The spans of a quote in the API's shape."""
    return SpanSets(
        content=chars(offsets(quote["content"]), text),
        cue=chars(offsets([quote.get("verb")]), text),
        source=chars(offsets([quote.get("source")]), text),
        speaker=speaker_name(quote),
    )


def _mostly_in(ignored: Chars, content: Chars) -> bool:
    return len(content & ignored) > len(content) / 2


def count(compared: Comparison) -> Counts:
    """The counts of one article, which `report` reads."""
    gold, predicted = compared.truths, compared.guesses
    counts = Counter({"gold": len(gold), "predicted": len(predicted), "named gold": sum(quote.named for quote in gold)})
    for role in ROLES:
        spans = [{getattr(quote, role) for quote in quotes} - {frozenset()} for quotes in (gold, predicted)]
        _count_equal(counts, f"{role} exact", *spans)
        _count_equal(counts, f"{role} chars", *(frozenset[int]().union(*sets) for sets in spans))
    counts["content IoU>=0.5"] = len(compared.pairs)
    counts["relation"] = len(compared.related())
    counts["relation exact"] = len(compared.exact())
    named = [(predicted[i].speaker, gold[j].speaker) for i, j in compared.pairs if gold[j].named]
    counts["named"] = len(named)
    counts["named right"] = sum(same_speaker(*names) for names in named)
    return counts


def _count_equal(counts: Counts, row: str, gold: AbstractSet[Any], predicted: AbstractSet[Any]) -> None:
    counts[f"{row} right"] += len(gold & predicted)
    counts[f"{row} predicted"] += len(predicted)
    counts[f"{row} gold"] += len(gold)


def matches(gold: list[SpanSets], predicted: list[SpanSets]) -> list[tuple[int, int]]:
    """Pairs of predicted and gold indices, each used once, the greatest IoU of content first (in a tie the later ones)."""
    overlaps = ((iou(p.content, g.content), i, j) for i, p in enumerate(predicted) for j, g in enumerate(gold))
    return list(pair_up(sorted(overlaps, reverse=True)).items())


def _related(guess: SpanSets, truth: SpanSets) -> bool:
    return bool(guess.cue & truth.cue) and touch(guess.source, truth.source)


def report(counts: Counts) -> dict[str, Figures]:
    """The rows of the table. The row `speaker` exists only if the gold names speakers."""
    rows = {}
    for role in ROLES:
        for unit in ("exact", "chars"):
            rows[f"{role} {unit}"] = figures(*(counts[f"{role} {unit} {part}"] for part in ("right", "predicted", "gold")))
    for row in ("content IoU>=0.5", "relation", "relation exact"):
        rows[row] = figures(counts[row], counts["predicted"], counts["gold"])
    if counts["named gold"]:
        rows["speaker"] = {
            "accuracy on matched": round(100 * counts["named right"] / max(1, counts["named"]), 1),
            "end to end recall": round(100 * counts["named right"] / counts["named gold"], 1),
            "n": counts["named gold"],
        }
    return rows
