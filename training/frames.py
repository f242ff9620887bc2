"""Composes nested quotes, of which the corpus has none. In: annotated articles. Out: articles whose paragraphs are frames,
"“…,” Ann said.", with another paragraph, the filling, in place of their content: its attributions are now nested.

Frames and fillings are paragraphs of the corpus, so their wording is real. Some fillings hold no attribution; some frames only
relay a whole attribution: "…, Ann said, according to RIA".
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from random import Random

from training.corpora.records import Annotation, Article, Offsets
from training.paragraphs import Paragraph, move, paragraphs
from training.participles import participles

FEWEST, MOST = 3, 9
"""Paragraphs of a page."""
EMPTY = 0.3
"""The share of fillings without an attribution."""
PASSED_ON = 0.3
"""The share of frames that only relay another attribution: "…, Ann said, according to RIA"."""
BY_ORDER = 0.6
"""The share of fillings that are drawn by the order of their roles, each order equally often: "described by Ann as …" is one in
seventy."""
PARTICIPLES = 0.35
"""The share of fillings that are participles, with each cue equally likely: "In the plan described by Ann as bold, …"."""
BARE = 0.15
"""The share of a page's paragraphs that are such a participle without a frame."""
FEWEST_ALIKE = 50
"""The least number of fillings of an order that is drawn so."""
INNER = str.maketrans('“”"', "‘’'")
SHELL = re.compile(r"(?P<open>[“\"]?)(?P<that>(?:that )?).*?(?P<close>[,.?!]?[”\"]?)")
"""The parts of a content that stay when its words are replaced."""


class Framer:
    """Puts paragraphs of some articles into the contents of others. The rare participles come from `more` articles too."""

    def __init__(self, articles: Sequence[Article], more: Sequence[Article] = ()) -> None:
        whole = [paragraph for article in articles for paragraph in paragraphs(article)]
        self.frames = [paragraph for paragraph in whole if _is_frame(paragraph)]
        self.fillings = [paragraph for paragraph in whole if paragraph.attributions and len(paragraph.text) < 240]
        self.orders = by_order(self.fillings)
        self.empty = [paragraph for paragraph in whole if not paragraph.attributions and paragraph.text.endswith(".")]
        self.participles = by_cue(participles([*articles, *more], [paragraph.text for paragraph in self.empty], Random(0)))
        self.relays = [frame for frame in self.frames if _comes_first(frame) and frame.text[0] not in '“"']
        self.relayed = [frame for frame in self.frames if _comes_first(frame) and len(_rest(frame)) < 2]

    def __call__(self, rng: Random, number: int) -> Article:
        """Compose one page; `number` is part of its id."""
        text, attributions = "", list[Annotation]()
        for _ in range(rng.randint(FEWEST, MOST)):
            bare = self.participles and rng.random() < BARE
            filled = rng.choice(rng.choice(self.participles)) if bare else self._fill(rng)
            attributions += (move(attribution, len(text)) for attribution in filled.attributions)
            text += filled.text + rng.choice(("\n", "\n\n"))
        return Article(f"framed.{number}", text, attributions=tuple(attributions), nested=True)

    def _fill(self, rng: Random) -> Paragraph:
        if self.relays and self.relayed and rng.random() < PASSED_ON:
            return fill(rng.choice(self.relays), rng.choice(self.relayed))
        if self.participles and rng.random() < PARTICIPLES:
            return fill(rng.choice(self.frames), rng.choice(rng.choice(self.participles)))
        fillings = rng.choice(self.orders) if self.orders and rng.random() < BY_ORDER else self.fillings
        return fill(rng.choice(self.frames), rng.choice(self.empty if rng.random() < EMPTY else fillings))


def fill(frame: Paragraph, filling: Paragraph) -> Paragraph:
    """The frame with the filling as its content: after the same "that", between the same marks, before the same full stop."""
    (outer,) = frame.attributions
    ((start, end),) = outer.content
    shell = SHELL.fullmatch(frame.text[start:end])
    assert shell
    words = filling.text.rstrip(" .")
    core = words.translate(INNER) if shell["open"] else words
    content = shell["open"] + shell["that"] + core + shell["close"]
    grown, first = len(content) - (end - start), start + len(shell["open"] + shell["that"])

    def shift(span: Offsets) -> Offsets:
        return span if span[1] <= start else (span[0] + grown, span[1] + grown)

    moved = replace(outer.rewritten(lambda span: [shift(span)]), content=((start, start + len(content)),))
    inner = (move(_cut(each, len(words)), first) for each in filling.attributions)
    return Paragraph(frame.text[:start] + content + frame.text[end:], (moved, *inner))


def _is_frame(paragraph: Paragraph) -> bool:
    """Whether it has one complete attribution, with one content that is a clause: in marks, after "that", or at the start."""
    if len(paragraph.attributions) != 1:
        return False
    (attribution,) = paragraph.attributions
    if len(attribution.content) != 1 or not attribution.cue or not attribution.source:
        return False
    ((start, end),) = attribution.content
    shell = SHELL.fullmatch(paragraph.text[start:end])
    if shell is None or bool(shell["open"]) != (shell["close"][-1:] in ("”", '"')):
        return False
    others = (span for span in attribution.spans if span not in attribution.content)
    apart = all(stop <= start or end <= begin for begin, stop in others)
    return apart and bool(shell["open"] or shell["that"] or start == 0)


def by_order(fillings: Iterable[Paragraph]) -> list[list[Paragraph]]:
    """The fillings grouped by the order of their roles, without rare orders. A filling may be in several groups."""
    orders = defaultdict[str, list[Paragraph]](list)
    for filling in fillings:
        for attribution in filling.attributions:
            if attribution.source:
                orders[_order(attribution)].append(filling)
    return [alike for alike in orders.values() if len(alike) >= FEWEST_ALIKE]


def by_cue(fillings: Iterable[Paragraph]) -> list[list[Paragraph]]:
    """The fillings grouped by the cue of their first attribution."""
    cues = defaultdict[str, list[Paragraph]](list)
    for filling in fillings:
        cues[filling.text[slice(*filling.attributions[0].cue[0])]].append(filling)
    return list(cues.values())


def _order(attribution: Annotation) -> str:
    """The order of the parts of an attribution, such as "csv": content, source, verb."""
    roles = {"c": attribution.content, "v": attribution.cue, "s": attribution.source}
    return "".join(role for _, role in sorted((start, role) for role, spans in roles.items() for start, _ in spans))


def _comes_first(frame: Paragraph) -> bool:
    """Whether a frame's content opens it."""
    return frame.attributions[0].content[0][0] == 0


def _rest(frame: Paragraph) -> str:
    """The text after the attribution of a frame."""
    (attribution,) = frame.attributions
    return frame.text[max(end for _, end in attribution.spans) :].strip()


def _cut(attribution: Annotation, end: int) -> Annotation:
    """The attribution cut off at a place: without the full stop that its paragraph lost."""
    return attribution.rewritten(lambda span: [(span[0], min(span[1], end))])
