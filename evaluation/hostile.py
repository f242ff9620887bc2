"""Measures how processing time grows with input that is designed to be slow.

In: families of hostile input, each a function from a number of characters to an input of that size. Out: seconds of processor
time for sizes that double, and the factor of each doubling, in plain text. A factor of two is linear and fine. Input whose time
grows fourfold at each doubling could stop the service.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import count, islice, pairwise, takewhile
from time import process_time

import attribution
from attribution.errors import TextError
from attribution.text import html

SMALLEST, LARGEST = 6_250, 200_000
MAX_FACTOR = 2.3
"""The largest factor allowed for a doubling."""
NOISE = 0.05
"""Times below so many seconds are too short to compare."""
RUNS, FEW = 3, 12_500
"""Sizes of up to FEW characters are timed RUNS times, larger ones once."""


@dataclass(frozen=True, slots=True)
class Input:
    """A hostile text; with `page`, HTML; with `quote`, a text and a claim to verify in it."""

    text: str
    page: bool = False
    quote: str = ""

    def process(self) -> object:
        """Process it with the library. Of a page, only the article text is extracted, which is short."""
        if self.page:
            return html.extract_text(self.text)
        if self.quote:
            return attribution.verify(self.quote, self.text, language="en")
        return attribution.extract(self.text, language="en")


Family = Callable[[int], Input]
"""Makes an input of a given number of characters."""


@dataclass(frozen=True, slots=True)
class Growth:
    """The times of one family: (characters, seconds), smallest first."""

    name: str
    times: tuple[tuple[int, float], ...]

    @property
    def factors(self) -> list[float]:
        """The factor of each doubling; 0 if the times are too short to compare."""
        return [_factor(before, after) for (_, before), (_, after) in pairwise(self.times)]

    @property
    def exceeds(self) -> bool:
        """Whether a doubling exceeds the allowed factor."""
        return any(factor > MAX_FACTOR for factor in self.factors)

    def line(self) -> str:
        """The times and factors as one line of text."""
        factors = ["", *(f"×{factor:.1f}" if factor else "" for factor in self.factors)]
        cells = (f"{seconds:>9.2f}{factor:>6}" for (_, seconds), factor in zip(self.times, factors, strict=True))
        return f"{'! ' * self.exceeds + self.name:<34}{''.join(cells)}"


def measure(names: Iterable[str], largest: int) -> Iterator[Growth]:
    """Yield the growth of each family as it is measured."""
    attribution.extract("“The bridge opens on Monday,” Ann Lee said.")
    for name in names:
        yield Growth(name, tuple(_times(FAMILIES[name], largest)))


def _sizes(largest: int) -> Iterator[int]:
    """The numbers of characters to time, each twice the one before."""
    return takewhile(lambda size: size <= largest, (SMALLEST * 2**power for power in count()))


def _times(family: Family, largest: int) -> Iterator[tuple[int, float]]:
    """Each size with its seconds. A doubling that takes too long is timed again: another process may have disturbed it."""
    before = float("inf")
    for size in _sizes(largest):
        seconds = _seconds(family, size)
        if _factor(before, seconds) > MAX_FACTOR:
            seconds = min(seconds, _seconds(family, size))
        yield size, seconds
        before = seconds


def _factor(before: float, after: float) -> float:
    """How many times as long a doubling takes; 0 if the times are too short to compare."""
    return after / max(before, NOISE) if after > NOISE else 0.0


def _seconds(family: Family, size: int) -> float:
    """The seconds that one size of a family takes: the median of some runs."""
    work = family(size).process
    return statistics.median(_timed(work) for _ in range(RUNS if size <= FEW else 1))


def _timed(work: Callable[[], object]) -> float:
    start = process_time()
    with suppress(TextError):  # refusing a text takes time too
        work()
    return process_time() - start


def head(largest: int) -> str:
    """The header line."""
    return f"{'seconds for so many characters':<34}{''.join(f'{size:>9,}{str():>6}' for size in _sizes(largest))}"


def _text(unit: str, *, before: str = "", after: str = "") -> Family:
    """A text that repeats a unit."""
    return lambda size: Input(f"{before}{_repeat(unit, size)}{after}")


def _names(pattern: str) -> Family:
    """A text that repeats a pattern, each time with a new name."""
    return lambda size: Input("".join(islice((pattern.format(_name(number)) for number in count()), size // len(pattern))))


def _name(number: int) -> str:
    letters = [chr(ord("a") + number // 26**place % 26) for place in range(4)]
    return "".join(letters).capitalize()


def _html(unit: str, *, before: str = "<html><body>") -> Family:
    """A page that repeats a unit."""
    return lambda size: Input(before + _repeat(unit, size), page=True)


def _claim(quote: str, unit: str) -> Family:
    """A claim about a text that repeats a unit."""
    return lambda size: Input(_repeat(unit, size), quote=quote)


def _repeat(unit: str, size: int) -> str:
    return (unit * (size // len(unit) + 1))[:size]


ARTICLE = "<html><body><article>" + "<p>“The bridge opens on Monday,” Mayor Ann Lee said on the steps of the town hall.</p>" * 5
FAMILIES: dict[str, Family] = {
    "an article": _text("“The bridge opens on Monday,” Mayor Ann Lee said. She warned that cyclists must wait until June.\n"),
    "equals signs": _text("="),
    "dashes": _text("-"),
    "dollars": _text("$"),
    "closing marks": _text("”"),
    "opening marks": _text("“"),
    "brackets": _text("("),
    "emoji": _text("😀"),
    "joined emoji": _text("👩\u200d👧"),
    "combining characters": _text("e\u0301\u0302"),
    "mixed marks": _text("=-)(”“…"),
    "letters and signs": _text("a="),
    "letters and apostrophes": _text("'s"),
    "apostrophes": _text("' "),
    "straight marks": _text('" a '),
    "an address": _text("http://a.example/b?c=d&e;f-g/", before="See "),
    "a pasted image": _text("iVBORw0KGgoAAAANSUhEUgAA"),
    "full stops": _text(". "),
    "spaces": _text(" ", before="He said", after="no."),
    "line ends": _text("a\n"),
    "marks that never close": _text("“Hi he said. "),
    "marks that never close, by line": _text("“Hi he said.\n"),
    "a run over lines": _text("“Hi\n", before="“Hi,” he said.\n"),
    "marks inside marks": _text("‘Hi’ he said. ", before="“", after="”"),
    "straight marks that never close": _text('"Hi he said. '),
    "single marks that never close": _text("‘Hi he said. "),
    "said within said": _text("he said that "),
    "said and nothing else": _text("said "),
    "the same name": _text("“It rains,” Ann Lee said. "),
    "he": _text("“It rains,” he said. ", before="Ann Lee met Bob Orr. "),
    "other names": _names("“It rains,” {} Lee said. "),
    "other names and he": _names("{} Lee came. “It rains,” he said. "),
    "other names in a list": _names("{}, "),
    "other bodies": _names("The Ministry of {} said so. "),
    "other roles": _names("The mayor of {}, Ann Lee, said so. The mayor agreed. "),
    "other nominals": _names("Ann Lee left. The {} mayor said so. "),
    "acronyms": _names("The {} Office (MoD) said so. "),
    "capitals": _text("Ann Bob "),
    "of": _text("the mayor of "),
    "and": _text("Ann and Bob and "),
    "possessives": _text("Ann's "),
    "appositions": _text("Ann, the mayor, "),
    "links": _html("<a href=a>x</a> "),
    "links in an article": _html("<a href=a>x</a> ", before=ARTICLE + "<p>"),
    "paragraphs": _html("<p>a b</p>"),
    "long paragraphs": _html("<p>The mayor said that the bridge opens on Monday.</p>"),
    "breaks": _html("a<br>"),
    "nested tags": _html("<div>"),
    "nested lists": _html("<ul><li>x"),
    "tables": _html("<table><tr><td>a"),
    "end tags": _html("<b></i>"),
    "attributes": _html(" a=b", before="<html><body><p"),
    "comments": _html("<!-- a -->"),
    "comments that never end": _html("<!--"),
    "references": _html("&amp;"),
    "angle brackets": _html("<"),
    "a claim": _claim("the bridge opens on Monday and cyclists wait", "“The bridge opens on Monday,” Ann Lee said. "),
    "a claim of one word": _claim("a " * 500, "a b "),
    "a claim about nobody's words": _claim("the bridge … opens … on Monday", "The bridge is old. "),
}
"""By name."""
