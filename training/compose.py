"""Composes pages in forms that are rare in the corpus: lists of quotations, transcripts, embedded tweets. In: annotated articles.
Out: articles composed of their quotes, each with a name after or before it.

A name beside a quote without a verb is its source; the dash or colon between the two is not a cue.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from random import Random

from training.corpora.records import Annotation, Article, Offsets

NAME = re.compile(r"[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){1,2}")
SPOKEN = re.compile(r"[“\"]([^“”\"\n]{20,600})[”\"]")
DASHES = ("―", "—", "–", "-", "--")
MONTHS = ("January", "March", "June", "September", "November")
ASIDES = ("(CROSSTALK)", "(APPLAUSE)", "(LAUGHTER)", "Advertisement", "Read more")
FEWEST, MOST = 3, 9
"""Quotes on a page."""


class _Page:
    """A text under construction, and its annotations."""

    def __init__(self) -> None:
        self.text = ""
        self.attributions: list[Annotation] = []

    def add(self, text: str) -> Offsets:
        """Append text, and return its span."""
        start = len(self.text)
        self.text += text
        return start, len(self.text)

    def attribute(self, content: Offsets, source: Offsets) -> None:
        """Annotate a quote with its source."""
        self.attributions.append(Annotation((content,), (), (source,), kind="statement"))


class Composer:
    """Composes pages from the quotes and the speakers' names in some articles."""

    def __init__(self, articles: Iterable[Article]) -> None:
        spoken: set[str] = set()
        names: set[str] = set()
        for article in articles:
            for quote in article.attributions or ():
                spoken.update(match[1] for start, end in quote.content if (match := SPOKEN.fullmatch(article.text[start:end])))
                names.update(match[0] for start, end in quote.source if (match := NAME.fullmatch(article.text[start:end])))
        self.spoken, self.names = sorted(spoken), sorted(names)

    def __call__(self, rng: Random, number: int) -> Article:
        """Compose one page; `number` is part of its id."""
        page = _Page()
        lay: Callable[[_Page, Sequence[str], Sequence[str], Random], None] = rng.choice((_list, _transcript, _tweets))
        count = rng.randint(FEWEST, MOST)
        lay(page, rng.sample(self.spoken, count), rng.sample(self.names, count), rng)
        return Article(f"composed.{number}", page.text, attributions=tuple(page.attributions))


def _list(page: _Page, spoken: Sequence[str], names: Sequence[str], rng: Random) -> None:
    """“…” ― Name, with the dash on the line of the quote or on its own."""
    dash, gap, between = rng.choice(DASHES), rng.choice((" ", "", "\n", "\n\n")), rng.choice((" ", ""))
    for words, name in zip(spoken, names, strict=True):
        content = page.add(f"“{words}”")
        page.add(gap)
        page.add(dash + between)
        page.attribute(content, page.add(name))
        page.add(rng.choice(("\n", "\n\n", ".\n\n")))


def _transcript(page: _Page, spoken: Sequence[str], names: Sequence[str], rng: Random) -> None:
    """NAME: quote, with two or three speakers who take turns."""
    speakers = [name.split()[-1].upper() if rng.random() < 0.7 else name for name in names[: rng.randint(2, 3)]]
    for number, words in enumerate(spoken):
        source = page.add(speakers[number % len(speakers)])
        page.add(": ")
        page.attribute(page.add(words), source)
        page.add("\n\n" + (rng.choice(ASIDES) + "\n\n" if rng.random() < 0.1 else ""))


def _tweets(page: _Page, spoken: Sequence[str], names: Sequence[str], rng: Random) -> None:
    """The text of a tweet, a dash, and its author."""
    for words, name in zip(spoken, names, strict=True):
        content = page.add(words)
        page.add(rng.choice(("\n\n", " ", "\n")))
        page.add("— ")
        page.attribute(content, page.add(f"{name} (@{name.replace(' ', '')})"))
        page.add(f" {rng.choice(MONTHS)} {rng.randint(1, 28)}, {rng.randint(2014, 2025)}\n\n")
        if rng.random() < 0.5:
            page.add(rng.choice(ASIDES) + "\n\n")
