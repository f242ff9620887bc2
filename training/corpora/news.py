"""The news corpus: articles of many kinds of newspaper, annotated by the guidelines that define what a quote is. In:
`train.jsonl` or `dev.jsonl`. Out: articles whose attributions have kinds, nesting and those who pass a quote on.

The corpus names who passes a quote on but does not say where; their words are looked for in the quote's own sentence. What it
tells of speakers is read by `speakers`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from evaluation.files import each_line
from training.corpora import speakers
from training.corpora.records import Article, Attribution, Offsets

OWN = Path(__file__).parent.parent / "own"
"""Articles that were invented for this project and lie in the repository."""
KINDS = {"core": "statement"}
"""What the corpus calls otherwise than the product."""
ROLES = ("content", "cue", "source")
SENTENCE_END = re.compile(r"[.?!][”\"’']?(?=\s|$)|\n")
SMALL = re.compile(r"(?:the|a|an|of|and|for|in|on)$", re.IGNORECASE)
REACH = 300
"""Characters before and behind a quote in which its sentence must begin and end."""


def read(file: Path) -> Iterator[Article]:
    """The articles of one file, a JSON object a line: id, text, quotes (content, cue, source as lists of offsets, via, kind)."""
    for line in each_line(file):
        text, quotes = line["text"], line["quotes"]
        yield Article(
            line["id"],
            text,
            attributions=tuple(_attribution(text, quote) for quote in quotes),
            calls=tuple(speakers.calls(text, quotes)),
            mentions=tuple(speakers.mentions(text, quotes)),
            nested=True,
        )


def own() -> Iterator[Article]:
    """The invented articles."""
    for file in sorted(OWN.glob("*.jsonl")):
        yield from read(file)


def _attribution(text: str, quote: Mapping[str, Any]) -> Attribution:
    content, cue, source = (tuple((start, end) for start, end in quote[role]) for role in ROLES)
    passed: dict[str, list[Offsets]] = {"relays": [], "cited": []}
    for via in quote["via"]:
        if place := _named(text, via["name"], (*content, *cue, *source)):
            passed[via["relation"]].append(place)
    kind = KINDS.get(quote["kind"], quote["kind"])
    return Attribution(content, cue, source, tuple(passed["relays"]), tuple(passed["cited"]), kind)


def _named(text: str, name: str, parts: Sequence[Offsets]) -> Offsets | None:
    """Where a quote's sentence, outside its parts, names somebody: by the whole name, or else by one of its greater words."""
    start, end = _sentence(text, min(start for start, _ in parts), max(end for _, end in parts))
    words = [word for word in name.split() if not SMALL.match(word)]
    for form in (name, *reversed(words)):
        for match in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", text[start:end]):
            place = (start + match.start(), start + match.end())
            if all(place[1] <= first or last <= place[0] for first, last in parts):
                return place
    return None


def _sentence(text: str, start: int, end: int) -> Offsets:
    """The sentences from the one that holds `start` to the one that holds `end`."""
    before = max(0, start - REACH)
    first = max((match.end() for match in SENTENCE_END.finditer(text, before, start)), default=before)
    last = SENTENCE_END.search(text, max(start, end - 1), end + REACH)
    return first, last.start() if last else min(len(text), end + REACH)
