"""Pair quotation marks and tell them from apostrophes. In: a text. Out: its `Layout`: the paragraphs and the marked stretches.

Marks are paired within a paragraph, because a quote over several paragraphs opens each of them and closes only the last. A mark
that never closes runs to the end of its paragraph, or to the next opening mark of the same curly kind, as in paragraphs that were
joined. A stray closing mark is ignored. Nothing here decides what is a quote.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import islice

from attribution.data import Offsets

PAIRS = {"“": "”", "„": "“”", "«": "»", "‹": "›", "‘": "’", '"': '"', "'": "'", "`": "'’`", "''": ("''",), "``": ("''",)}
"""Each opening mark with the marks that may close it."""
SINGLE = ("‘", "'", "`")
CURLY = "“”„«»‹›"
BEFORE_OPENING = "([{-–—/“\"'‘«„:"
AFTER_CLOSING = ")]},.;:!?…-–—/”\"'’»"
LINE_BREAKS = frozenset("\n\r\u2028\u2029")
PARAGRAPH = re.compile(r"\S(?:[^\n\r\u2028\u2029]*\S)?")
QUOTATION_MARKS = "“”„«»‹›‘’\"'`"
MARK = re.compile(f"''|``|[{QUOTATION_MARKS}]")
SINGLE_MARK = re.compile("(?<!')['’`](?!')")
OPENS_SINGLE = re.compile(r"(?<=[\s(])[‘'](?=\w)")
PLURAL = re.compile(r"[sS]['’][ \u00a0][a-z]")
MAX_DEPTH = 16
"""No more marks are open at once."""
MAX_SINGLE_LENGTH, MAX_APOSTROPHES = 2000, 50
"""A single mark closes within this many characters and candidate marks."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A stretch between quotation marks, from the `start` of the opening mark to the `end` of the closing one. `closed` is False
    if the closing mark is missing; then `end` is the end of the paragraph, or where the next such mark opens. `depth` counts the
    stretches around it. `width` is the length of the mark: two for a double mark typed as two single ones.
    """

    start: int
    end: int
    closed: bool
    depth: int
    width: int = 1

    @property
    def inner(self) -> Offsets:
        """The stretch without its marks."""
        return self.start + self.width, self.end - self.width * self.closed


@dataclass(frozen=True, slots=True)
class Layout:
    """A text's `paragraphs` and marked `stretches`, both in order, and `layers`: the stretches by depth, outermost first."""

    paragraphs: tuple[Offsets, ...]
    stretches: tuple[Marked, ...]
    layers: tuple[tuple[Marked, ...], ...]

    def paragraph(self, place: int) -> int:
        """The number of the paragraph that contains a position, or of the last one that begins before it."""
        return max(0, bisect_right(self.paragraphs, place, key=lambda paragraph: paragraph[0]) - 1)

    def split(self, start: int, end: int) -> list[Offsets]:
        """A stretch of text, cut at the ends of paragraphs."""
        blocks = (self.paragraphs[number] for number in range(self.paragraph(start), self.paragraph(end) + 1))
        return [(max(start, first), min(end, last)) for first, last in blocks if start < last and first < end]

    def touching(self, start: int, end: int) -> list[Marked]:
        """The marked stretches that touch or overlap a stretch of text."""
        near: list[Marked] = []
        for layer in self.layers:
            # Stretches of one layer never overlap, so at most two of those that begin before `start` can touch it.
            first = max(0, bisect_right(layer, start, key=lambda stretch: stretch.start) - 2)
            last = bisect_right(layer, end, lo=first, key=lambda stretch: stretch.start)
            near += (stretch for stretch in layer[first:last] if stretch.end >= start)
        return sorted(near, key=lambda stretch: (stretch.start, -stretch.end))


def parse_layout(text: str) -> Layout:
    """The layout of a text that contains more than white space."""
    blocks = [match.span() for match in PARAGRAPH.finditer(text)]
    stretches = [stretch for start, end in blocks for stretch in _pair(text, start, end)]
    deepest = max((stretch.depth for stretch in stretches), default=-1)
    layers = (tuple(stretch for stretch in stretches if stretch.depth == depth) for depth in range(deepest + 1))
    return Layout(tuple(blocks), tuple(stretches), tuple(layers))


@dataclass(frozen=True, slots=True)
class _Open:
    """An open mark: where it is, which it is, and, for a single mark, where it closes."""

    start: int
    mark: str
    closer: int | None


def _pair(text: str, start: int, end: int) -> list[Marked]:
    """Pair the marks of one paragraph, with a stack of open marks."""
    stack: list[_Open] = []
    found: list[Marked] = []
    for i, mark in ((match.start(), match[0]) for match in MARK.finditer(text, start, end)):
        level = _closed_level(text, i, mark, end, stack)
        if level is not None:
            found.append(Marked(stack[level].start, i + len(mark), closed=True, depth=level, width=len(mark)))
            del stack[level:]
        elif len(stack) < MAX_DEPTH and _may_open(text, i, mark, start, end):
            closer = _closer(text, i, end) if mark in SINGLE else None
            if mark not in SINGLE or closer is not None or (i == start and _runs_on(text, i, end)):
                if stack and mark in CURLY and stack[-1].mark == mark:
                    found.append(Marked(stack.pop().start, len(text[:i].rstrip()), False, len(stack), len(mark)))
                stack.append(_Open(i, mark, closer))
    found += [Marked(o.start, end, False, level, len(o.mark)) for level, o in enumerate(stack) if o.closer is None]
    return sorted(found, key=lambda stretch: (stretch.start, -stretch.end))


def _closed_level(text: str, i: int, mark: str, end: int, stack: list[_Open]) -> int | None:
    """The level of the innermost open mark that the mark at i closes. A curly double mark closes anywhere, a straight one where a
    word may end, and a single one only at the position found when it opened.
    """
    for level in range(len(stack) - 1, -1, -1):
        closer = stack[level].closer
        fits = i == closer if closer is not None else mark in CURLY or _ends_word(text, i + len(mark) - 1, end)
        if fits and mark in PAIRS[stack[level].mark]:
            return level
    return None


def _may_open(text: str, i: int, mark: str, start: int, end: int) -> bool:
    """Whether a mark can open here: after a space, a bracket or another mark, and before a visible character."""
    after = i + len(mark)
    if mark not in PAIRS or after >= end or text[after].isspace():
        return False
    return i == start or mark in CURLY or text[i - 1].isspace() or text[i - 1] in BEFORE_OPENING


def _closer(text: str, opening: int, end: int) -> int | None:
    """Where the single mark at `opening` closes: at the first mark that can close it. A mark after a plural s counts as an
    apostrophe if a later one can close ('the fighters' demands'), unless a new single mark opens in between.
    """
    plural, searched = None, opening + 2
    marks = SINGLE_MARK.finditer(text, opening + 2, min(end, opening + MAX_SINGLE_LENGTH))
    for i in (match.start() for match in islice(marks, MAX_APOSTROPHES)):
        if text[i] not in PAIRS[text[opening]] or text[i - 1].isspace() or not _ends_word(text, i, end):
            continue
        if plural is not None and OPENS_SINGLE.search(text, searched, i):
            return plural
        if not PLURAL.match(text, i - 1, end):
            return i
        plural, searched = plural or i, i
    return plural


def _runs_on(text: str, opening: int, end: int) -> bool:
    """Whether the next paragraph opens with the same mark."""
    following = re.compile(r"\s*").match(text, end)
    return following is not None and text.startswith(text[opening], following.end())


def _ends_word(text: str, i: int, end: int) -> bool:
    return i + 1 >= end or text[i + 1].isspace() or text[i + 1] in AFTER_CLOSING
