"""The relation figures of `corpus` by group: publisher, type, act and mark style.

In: gold articles whose quotes have the type and act that `describe` adds, and predictions, as for `corpus`. Out: the report,
section → group → row. It reads no file; only `by_style` predicts, with the function it is given.
Quotes are matched over the whole article, as in `corpus` (statements), and grouped afterwards. If the gold and the predicted
quote of a right pair are in different groups, the pair counts once in each. Recall is over the gold quotes of a group (how many
direct quotes are found, as any type), precision over the predicted ones (how many quotes called direct are right), F1 is their
harmonic mean. The publisher is the part of the id before the date; quotes without a publisher, type or act are in the group
"none". For each mark style the articles are rewritten. Offsets do not change, so the answers are scored against the original
articles, and the same quotes count as quoted in each style.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from evaluation.corpus import Article, Comparison, Counts, Quote, compare
from evaluation.styles import STYLES, restyle

Row = dict[str, float]
Sections = dict[str, dict[str, Row]]
Predict = Callable[[Mapping[str, str]], Iterable[Article]]

STYLE_SECTIONS = {"mark style": False, "mark style, quoted": True}
"""The sections of `by_style`, and whether each counts only quoted statements."""
MIN_GOLD = 10
"""Acts with fewer gold quotes share one row."""
NONE, OTHER = "none", "other"
PUBLISHER = re.compile(r"(.+?)_\d{4}-\d\d-\d\d(?:_|$)")


def score(articles: Iterable[Article], predictions: Mapping[str, Article]) -> Sections:
    """The report over all `articles` by publisher, type and act; each must have its prediction."""
    counts: dict[str, defaultdict[str, Counts]] = {section: defaultdict(Counter) for section in ("publisher", "type", "act")}
    for article in articles:
        compared = compare(article, predictions[article["id"]], quoted=False)
        gold, predicted = ([labels(article, quote) for quote in quotes] for quotes in (compared.gold, compared.predicted))
        for section, groups in counts.items():
            tally(groups, compared, [each[section] for each in gold], [each[section] for each in predicted])
    return {section: rows(join_rare(groups) if section == "act" else groups) for section, groups in counts.items()}


def by_style(articles: Sequence[Article], predict: Predict) -> Sections:
    """The report by mark style, for all statements and for the quoted ones. Predicts every article in each style."""
    counts: dict[str, defaultdict[str, Counts]] = {section: defaultdict(Counter) for section in STYLE_SECTIONS}
    for style in STYLES:
        answers = predict({article["id"]: restyle(article["text"], style) for article in articles})
        for article, answer in zip(articles, answers, strict=True):
            for section, groups in counts.items():
                compared = compare(article, answer, quoted=STYLE_SECTIONS[section])
                tally(groups, compared, [style] * len(compared.gold), [style] * len(compared.predicted))
    return {section: rows(groups) for section, groups in counts.items()}


def labels(article: Article, quote: Quote) -> dict[str, str]:
    """The groups of one quote, gold or predicted."""
    act = (quote.get("verb") or {}).get("act")
    return {"publisher": publisher(article["id"]), "type": quote.get("type") or NONE, "act": act or NONE}


def publisher(article_id: str) -> str:
    """The publisher that an id names, e.g. `publisher("wash-post_2016-10-05_title") == "wash-post"`."""
    match = PUBLISHER.match(article_id)
    return match[1] if match else NONE


def tally(groups: defaultdict[str, Counts], compared: Comparison, gold: Sequence[str], predicted: Sequence[str]) -> None:
    """Add one article to the counts, given the group of each of its gold and predicted quotes."""
    for group in gold:
        groups[group]["gold"] += 1
    for group in predicted:
        groups[group]["predicted"] += 1
    for figure, pairs in (("relation", compared.related()), ("exact", compared.exact())):
        for i, j in pairs:
            groups[predicted[i]][f"{figure} predicted"] += 1
            groups[gold[j]][f"{figure} gold"] += 1


def join_rare(groups: Mapping[str, Counts]) -> dict[str, Counts]:
    """The groups, with those of fewer than MIN_GOLD gold quotes merged. The group "none" stays apart."""
    joined: defaultdict[str, Counts] = defaultdict(Counter)
    for group, counts in groups.items():
        joined[group if counts["gold"] >= MIN_GOLD or group == NONE else OTHER].update(counts)
    return joined


def rows(groups: Mapping[str, Counts]) -> dict[str, Row]:
    """The row of each group, most gold quotes first, the merged group last."""
    ranked = sorted(groups, key=lambda group: (group == OTHER, -groups[group]["gold"]))
    return {group: row(groups[group]) for group in ranked}


def row(counts: Counts) -> Row:
    """The number of quotes, the relation figures in per cent, and the F1 of quotes exact in every span."""
    relation, exact = figures(counts, "relation"), figures(counts, "exact")
    return {"gold": counts["gold"], "predicted": counts["predicted"], **relation, "exact f": exact["f"]}


def figures(counts: Counts, figure: str) -> Row:
    """Precision, recall and their harmonic mean in per cent; each side has its own count of right quotes."""
    p, r = (100 * counts[f"{figure} {side}"] / max(1, counts[side]) for side in ("predicted", "gold"))
    return {"p": round(p, 1), "r": round(r, 1), "f": round(2 * p * r / (p + r), 1) if p + r else 0.0}
