"""The records that the corpus readers return: texts with attributions, names, or both. All offsets are code points. Also `draw`,
which samples the share of each corpus for one epoch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import TypeVar

from attribution.data import RELATIONS
from attribution.tagging.network import ROLES

Offsets = tuple[int, int]
Document = TypeVar("Document")
"""A document, as read or as prepared for training."""

READINGS = ("news", "polnear")
"""The guidelines by which an article is annotated; the first are the product's."""


@dataclass(frozen=True)
class Annotation:
    """An annotated attribution: the spans of its content, cue and source, of relays that pass the quote on (relays), and of
    sources that the speaker cites (cited). All but the content may be empty. `kind` is one of
    `attribution.tagging.network.KINDS`, None if the corpus does not annotate it.
    """

    content: tuple[Offsets, ...]
    cue: tuple[Offsets, ...]
    source: tuple[Offsets, ...]
    relays: tuple[Offsets, ...] = ()
    cited: tuple[Offsets, ...] = ()
    kind: str | None = None

    @property
    def spans(self) -> tuple[Offsets, ...]:
        """All spans."""
        return (*self.content, *self.cue, *self.source, *self.relays, *self.cited)

    def rewritten(self, change: Callable[[Offsets], Iterable[Offsets]]) -> Annotation:
        """The attribution with each span replaced by the spans that `change` returns for it."""
        spans = {role: tuple(part for span in getattr(self, role) for part in change(span)) for role in (*ROLES, *RELATIONS)}
        return replace(self, **spans)


@dataclass(frozen=True)
class Mention:
    """Words that refer to an entity. `who` is the number of that entity in the article, None if no other mention refers to it.
    to_resolve: the network learns what the mention refers to. hidden: the words only mark the place of a quote without a source.
    """

    span: Offsets
    who: int | None
    to_resolve: bool = False
    hidden: bool = False


@dataclass(frozen=True)
class Article:
    """A text with its annotations. `attributions`, `names`, `calls` or `mentions` is None if the corpus does not annotate them. A
    name is (start, end, label), its label one of `attribution.tagging.network.NAMES`, or None for a name to exclude from
    training. `calls` are (start, end, label) too: the words of a source that call its speaker by a name or by a noun
    (`attribution.data`'s NAME and NOUN). `nested`, `whole` and `passed` say whether nested attributions, all mentions, and relays
    are annotated; `reading` is one of READINGS.
    """

    id: str
    text: str
    attributions: tuple[Annotation, ...] | None = None
    names: tuple[tuple[int, int, str | None], ...] | None = None
    calls: tuple[tuple[int, int, str], ...] | None = None
    mentions: tuple[Mention, ...] | None = None
    nested: bool = False
    whole: bool = False
    passed: bool = False
    reading: str = READINGS[0]


def levels(attributions: Sequence[Annotation]) -> tuple[list[Annotation], list[Annotation]]:
    """Split attributions into outer ones and inner ones, which lie wholly inside a content of another."""
    contents = {span for attribution in attributions for span in attribution.content}
    inner = [one for one in attributions if any(_within(one, span) for span in contents)]
    return [one for one in attributions if one not in inner], inner


def _within(attribution: Annotation, span: Offsets) -> bool:
    inside = all(span[0] <= start and end <= span[1] for start, end in attribution.spans)
    return inside and span not in attribution.content


def draw(documents: Mapping[str, Sequence[Document]], shares: Mapping[str, float], rng: Random) -> list[Document]:
    """Draw the documents of one epoch: a random share of each corpus, by name."""
    return [one for name, share in shares.items() for one in rng.sample(documents[name], round(share * len(documents[name])))]
