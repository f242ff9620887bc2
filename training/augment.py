"""Rewrites an article in another style. In: an article with attributions. Out: the rewritten article, its spans adjusted.

Newspapers differ in quotation marks, spelling and the lines that their pages put between paragraphs; the corpus has one style.
Marks and letters are replaced one for one, so offsets hold; inserted lines shift them. No quote is added or removed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from random import Random

from evaluation.styles import DOUBLE, STYLES, restyle
from training.corpora.records import Article, Offsets

AMERICAN = re.compile(
    r"(?<=[a-z]{3}i)z(?=(?:e[ds]?|ers?|ing|ations?)\b)"
    r"|(?<=[a-z]y)z(?=e[ds]?\b)"
    r"|(?<=\b[od][ef]fen)s(?=e\b)"
    r"|(?<=\bcent)er\b"
)
BRITISH = {"z": "s", "s": "c", "er": "re"}
FURNITURE = ("Advert", "Advertisement", "READ MORE: {}", "READ MORE:{}", "Related: {}", "Topics: {}", "Share this article", "{}")


def straighten(article: Article) -> Article:
    """The article with straight apostrophes."""
    return replace(article, text=article.text.replace("’", "'").replace("‘", "'"))


def curl(article: Article) -> Article:
    """The article with curly apostrophes between letters."""
    return replace(article, text=re.sub(r"(?<=\w)'(?=\w)", "’", article.text))


def anglicise(article: Article) -> Article:
    """The article in British spelling where the length stays the same: "characterised", "defence", "centre"."""
    return replace(article, text=AMERICAN.sub(lambda match: BRITISH[match[0]], article.text))


def drop_closing(article: Article, rng: Random) -> Article:
    """The article with a fifth of its closing double marks dropped, as in careless copy."""
    return replace(article, text=DOUBLE.sub(lambda m: " " if m["close"] and rng.random() < 0.2 else m[0], article.text))


def furnish(article: Article, rng: Random, headlines: list[str]) -> Article:
    """The article with lines of page furniture between some of its paragraphs."""
    breaks = list(re.finditer(r"\n+", article.text))
    if not breaks:
        return article
    inserts = []
    for match in sorted(rng.sample(breaks, min(len(breaks), 1 + len(breaks) // 12)), key=lambda match: match.start()):
        inserts.append((match.end(), rng.choice(FURNITURE).format(rng.choice(headlines)) + match[0]))
    pieces, last = [], 0
    for place, line in inserts:
        pieces += [article.text[last:place], line]
        last = place
    return _move(replace(article, text="".join([*pieces, article.text[last:]])), inserts)


def vary(article: Article, rng: Random, headlines: list[str]) -> Article:
    """A random rewriting of an article."""
    changes: list[Callable[[Article], Article]] = []
    if rng.random() < 0.2:
        changes.append(lambda a: drop_closing(a, rng))
    if rng.random() < 0.5:
        changes.append(anglicise)
    if rng.random() < 0.7:
        style = rng.choice(list(STYLES))
        changes.append(lambda a: replace(a, text=restyle(a.text, style)))
    changes.append(rng.choice([straighten, curl]))
    if rng.random() < 0.5:
        changes.append(lambda a: furnish(a, rng, headlines))
    for change in changes:
        article = change(article)
    return article


def _move(article: Article, inserts: list[tuple[int, str]]) -> Article:
    """Shift the spans of an article after lines were inserted at places of the old text. A span across an insertion is split."""

    def shift(span: Offsets) -> list[Offsets]:
        start, end, moved, parts = *span, 0, []
        for place, line in inserts:
            if place <= start:
                moved += len(line)
            elif place < end:
                parts.append((start + moved, place + moved))
                start, moved = place, moved + len(line)
        return [*parts, (start + moved, end + moved)]

    if article.names is not None or article.attributions is None:
        raise ValueError(f"article {article.id}: names cannot be moved. Give an article with attributions and without names")
    return replace(
        article,
        attributions=tuple(quote.rewritten(shift) for quote in article.attributions),
        calls=article.calls and tuple((*part, call) for start, end, call in article.calls for part in shift((start, end))),
        mentions=article.mentions and tuple(replace(one, span=part) for one in article.mentions for part in shift(one.span)),
    )
