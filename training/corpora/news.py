"""The news corpus: articles of many kinds, annotated by the product's guidelines. In: an object for each article, as in
`train.jsonl`. Out: articles whose attributions have kinds, nesting and relays.

The corpus names the relays of a quote but does not say where. Their words are searched in the quote's own sentence, then in its
source ("documents seen by the Courier"), then nearby, since several quotes may share a relay. `speakers` reads who speaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from training.corpora import speakers
from training.corpora.records import Annotation, Article, Offsets

KINDS = {"core": "statement"}
"""The kinds that have another name in the product."""
ROLES = ("content", "cue", "source")
SENTENCE_END = re.compile(r"[.?!][”\"’']?(?=\s|$)|\n")
SMALL = re.compile(r"(?:the|a|an|of|and|for|in|on)$", re.IGNORECASE)
REACH = 300
"""Characters before and after a quote within which its sentence must begin and end."""
BEFORE, AFTER = 800, 300
"""Characters before and after a quote in which its relay may be named."""
Spans = tuple[Offsets, ...]


def to_article(line: Mapping[str, Any]) -> Article:
    """The article of one object: id, text, quotes (content, cue, source as lists of offsets, via, kind)."""
    text, quotes = line["text"], line["quotes"]
    return Article(
        line["id"],
        text,
        attributions=tuple(_attribution(text, quote) for quote in quotes),
        calls=(*speakers.calls(text, quotes), *speakers.further_calls(text, quotes)),
        mentions=tuple(speakers.mentions(text, quotes)),
        nested=True,
        passed=True,
    )


def _attribution(text: str, quote: Mapping[str, Any]) -> Annotation:
    content, cue, source = (tuple((start, end) for start, end in quote[role]) for role in ROLES)
    passed: dict[str, list[Offsets]] = {"relays": [], "cited": []}
    for via in quote["via"]:
        if place := _place(text, via["name"], content, cue, source):
            passed[via["relation"]].append(place)
    kind = KINDS.get(quote["kind"], quote["kind"])
    return Annotation(content, cue, source, tuple(passed["relays"]), tuple(passed["cited"]), kind)


def _place(text: str, name: str, content: Spans, cue: Spans, source: Spans) -> Offsets | None:
    """The span of the words that name the relay of a quote; None if there are none."""
    first, last = min(start for start, _ in (*content, *cue, *source)), max(end for _, end in (*content, *cue, *source))
    start, end = _sentence(text, first, last)
    if place := next(_named(text, name, (start, end), (*content, *cue, *source)), None):
        return place
    if place := next(_named(text, name, (start, end), (*content, *cue)), None):
        return place
    around = _named(text, name, (max(0, first - BEFORE), min(len(text), last + AFTER)), (*content, *cue))
    return min(around, key=lambda place: max(first - place[1], place[0] - last), default=None)


def _named(text: str, name: str, stretch: Offsets, parts: Spans) -> Iterator[Offsets]:
    """The spans in a stretch, outside some parts, that hold the whole name or else one of its significant words."""
    words = [word for word in name.split() if not SMALL.match(word)]
    for form in (name, *reversed(words)):
        for match in re.compile(rf"(?<!\w){re.escape(form)}(?!\w)").finditer(text, *stretch):
            place = match.span()
            if all(place[1] <= first or last <= place[0] for first, last in parts):
                yield place


def _sentence(text: str, start: int, end: int) -> Offsets:
    """The sentences from the one that holds `start` to the one that holds `end`."""
    before = max(0, start - REACH)
    first = max((match.end() for match in SENTENCE_END.finditer(text, before, start)), default=before)
    last = SENTENCE_END.search(text, max(start, end - 1), end + REACH)
    return first, last.start() if last else min(len(text), end + REACH)
