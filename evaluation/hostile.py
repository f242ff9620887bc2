"""Measure how the time of reading grows with what somebody has made up to make it long.

In: families of such input, each a function from a number of characters to so many of them. Out: seconds of processor time for
sizes that double, and by how much each doubling took longer, in plain text. What takes twice as long is as it should be; what
takes four times as long at each doubling will one day stop the service.
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
MOST = 2.3
"""A doubling may take so many times as long."""
NOISE = 0.05
"""Seconds; what takes less is compared with nothing."""
RUNS, FEW = 3, 12_500
"""So many runs give a figure, at sizes up to so many characters; above, one does."""


@dataclass(frozen=True, slots=True)
class Input:
    """What somebody has made up: a text, or a `page` of HTML, or a text about which something is claimed, a `quote`."""

    text: str
    page: bool = False
    quote: str = ""

    def read(self) -> object:
        """Read it by the library. Of a page the article is found, which is short, and no more."""
        if self.page:
            return html.extract_text(self.text)
        if self.quote:
            return attribution.verify(self.quote, self.text, language="en")
        return attribution.extract(self.text, language="en")


Family = Callable[[int], Input]
"""From a number of characters to so many of them."""


@dataclass(frozen=True, slots=True)
class Growth:
    """How long a family took: (characters, seconds) in order."""

    name: str
    times: tuple[tuple[int, float], ...]

    @property
    def factors(self) -> list[float]:
        """How many times as long each doubling took; 0 where both took next to nothing."""
        return [after / max(before, NOISE) if after > NOISE else 0.0 for (_, before), (_, after) in pairwise(self.times)]

    @property
    def exceeds(self) -> bool:
        """Whether a doubling took too much longer."""
        return any(factor > MOST for factor in self.factors)

    def line(self) -> str:
        """The times and the factors, on a line."""
        factors = ["", *(f"×{factor:.1f}" if factor else "" for factor in self.factors)]
        cells = (f"{seconds:>9.2f}{factor:>6}" for (_, seconds), factor in zip(self.times, factors, strict=True))
        return f"{'! ' * self.exceeds + self.name:<34}{''.join(cells)}"


def measure(names: Iterable[str], largest: int) -> Iterator[Growth]:
    """How each of some families grows, as it is measured."""
    attribution.extract("“The bridge opens on Monday,” Ann Lee said.")
    for name in names:
        sizes = takewhile(lambda size: size <= largest, (SMALLEST * 2**power for power in count()))
        yield Growth(name, tuple((size, _seconds(FAMILIES[name], size)) for size in sizes))


def _seconds(family: Family, size: int) -> float:
    """Seconds that a size of a family takes: the median of some runs."""
    work = family(size).read
    return statistics.median(_timed(work) for _ in range(RUNS if size <= FEW else 1))


def _timed(work: Callable[[], object]) -> float:
    start = process_time()
    with suppress(TextError):  # to refuse takes time as well
        work()
    return process_time() - start


def head(largest: int) -> str:
    """The line above the others."""
    sizes = takewhile(lambda size: size <= largest, (SMALLEST * 2**power for power in count()))
    return f"{'seconds for so many characters':<34}{''.join(f'{size:>9,}{str():>6}' for size in sizes)}"


def _text(unit: str, *, before: str = "", after: str = "") -> Family:
    """A unit again and again."""
    return lambda size: Input(f"{before}{_so_many(unit, size)}{after}")


def _names(pattern: str) -> Family:
    """A pattern again and again, each time with a name that was not there before."""
    return lambda size: Input("".join(islice((pattern.format(_name(number)) for number in count()), size // len(pattern))))


def _name(number: int) -> str:
    letters = [chr(ord("a") + number // 26**place % 26) for place in range(4)]
    return "".join(letters).capitalize()


def _html(unit: str, *, before: str = "<html><body>") -> Family:
    """A page with a unit again and again."""
    return lambda size: Input(before + _so_many(unit, size), page=True)


def _claim(quote: str, unit: str) -> Family:
    """A claim about a unit again and again."""
    return lambda size: Input(_so_many(unit, size), quote=quote)


def _so_many(unit: str, size: int) -> str:
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
    "an address": _text("http://a.example/b?c=d&e;f-g/"),
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
