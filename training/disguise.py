"""Chains without annotators: where who spoke last goes on, his name gives way to a pronoun, and the answer is known.

In: articles with attributions. Out: `Chained` texts, changed. A person becomes he or she, a body it or they. Which, is
told by the pronouns that follow the name in all articles together, and by the words of a body, never by a first name.
Where somebody else spoke in between, the writer may have named him because a pronoun would not do: there the name stays.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from random import Random

from attribution.resolving.lexicon import BODIES, OUTLETS, noun
from training.corpora.chains import Chained
from training.corpora.records import Article, Offsets

REACH, FOLLOWING = 600, 100
"""Characters that may lie between two sources, and that tell what pronoun follows a name."""
WEIGHT = 2.0
"""What such an example counts."""
LEAST, CLEAR = 3, 2.0
"""How many pronouns must follow a name in all, and how many times as many of one kind as of the others."""
NAME = re.compile(r"(?:(?:Mr|Mrs|Ms)\. )?([Tt]he )?((?:[A-Z][\w.’'-]* ){0,3}[A-Z][\w’-]+)")
OPENS = re.compile(r"(?:^|[.?!”\"]\s*|\n)$")
FOLLOWS = {"he": re.compile(r"\b(?:he|his|him)\b"), "she": re.compile(r"\b(?:she|her)\b"), "it": re.compile(r"\b(?:it|its)\b")}


def disguise(articles: Iterable[Article], rng: Random) -> Iterator[Chained]:
    """Each article in which some name could give way, changed."""
    articles = list(articles)
    pronouns = _pronouns(articles)
    for article in articles:
        text = article.text
        if places := list(_places(article, pronouns)):
            yield _change(article, [(span, name, _pronoun(text[slice(*span)], name, pronouns, rng)) for span, name in places])


def _is_body(name: str, source: str) -> bool:
    """Whether a source is a body by its noun, its article or its letters: "Washington Post", "the Fed", "NATO"."""
    named = noun(name)[0] in BODIES or name.lower() in OUTLETS
    return named or source.lower().startswith("the ") or (name.isupper() and len(name) > 1)


def _sources(article: Article) -> list[Offsets]:
    """Where the sources stand, those in several parts left out."""
    return sorted({one.source[0] for one in article.attributions or () if len(one.source) == 1})


def _names(article: Article) -> Iterator[tuple[Offsets, str]]:
    """The sources that are a name alone, with its last word."""
    for span in _sources(article):
        if match := NAME.fullmatch(article.text[slice(*span)]):
            yield span, match[2].split()[-1].removesuffix("’s").removesuffix("'s")


def _pronouns(articles: Iterable[Article]) -> dict[str, str]:
    """The pronoun of each name, by its last word, where it is clear."""
    counts = defaultdict[str, Counter[str]](Counter)
    for article in articles:
        for name in {name for _, name in _names(article)}:
            for match in re.finditer(rf"\b{re.escape(name)}\b", article.text):
                after = article.text[match.end() : match.end() + FOLLOWING]
                counts[name].update(pronoun for pronoun, pattern in FOLLOWS.items() if pattern.search(after))
    clear = {}
    for name, count in counts.items():
        (pronoun, most), *rest = count.most_common() or [("", 0)]
        if most >= LEAST and most >= CLEAR * sum(other for _, other in rest):
            clear[name] = pronoun
    return clear


def _places(article: Article, pronouns: Mapping[str, str]) -> Iterator[tuple[Offsets, str]]:
    """The names of known pronouns whose bearer is the last source too."""
    names = dict(_names(article))
    for last, span in pairwise(_sources(article)):
        name = names.get(span, "")
        known = name in pronouns or _is_body(name, article.text[slice(*span)])
        if name and known and span[0] - last[1] < REACH and re.search(rf"\b{re.escape(name)}\b", article.text[slice(*last)]):
            yield span, name


def _pronoun(source: str, name: str, pronouns: Mapping[str, str], rng: Random) -> str:
    """What the name gives way to: a body is "it" or "they"."""
    body = _is_body(name, source) or pronouns.get(name) == "it"
    return rng.choice(("it", "they")) if body else pronouns[name]


def _change(article: Article, chosen: Sequence[tuple[Offsets, str, str]]) -> Chained:
    """The article with the chosen sources as pronouns."""
    text, done, asked, mentions = "", 0, set[Offsets](), list[tuple[Offsets, str]]()
    for (start, end), name, pronoun in chosen:
        text += article.text[done:start]
        word = pronoun[0].upper() + pronoun[1:] if OPENS.search(text) else pronoun
        asked.add((len(text), len(text) + len(word)))
        mentions.append(((len(text), len(text) + len(word)), name))
        text, done = text + word, end
    text += article.text[done:]
    for name in dict.fromkeys(name for _, name, _ in chosen):
        mentions += [(match.span(), name) for match in re.finditer(rf"\b{re.escape(name)}\b", text)]
    return Chained(f"{article.id} disguised", text, tuple(mentions), whole=False, asked=frozenset(asked))
