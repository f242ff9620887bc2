"""What every corpus reader gives: texts with attributions, with names, or with both. All offsets are code points.
And `draw`, which takes its share of each file for one epoch.
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
"""A document, as read or as made ready for training."""


READINGS = ("news", "polnear")
"""Whose idea of a quote an article is annotated by; the first is the product's."""


@dataclass(frozen=True)
class Annotation:
    """The stretches of one attribution: its content, cue and source, and of those who pass it on, as the reader has it from them
    (relays) or as its speaker refers to them (cited). All but the content may be missing. `kind` is one of
    `attribution.tagging.network.KINDS`, None where the corpus does not tell.
    """

    content: tuple[Offsets, ...]
    cue: tuple[Offsets, ...]
    source: tuple[Offsets, ...]
    relays: tuple[Offsets, ...] = ()
    cited: tuple[Offsets, ...] = ()
    kind: str | None = None

    @property
    def spans(self) -> tuple[Offsets, ...]:
        """All its stretches."""
        return (*self.content, *self.cue, *self.source, *self.relays, *self.cited)

    def rewritten(self, change: Callable[[Offsets], Iterable[Offsets]]) -> Annotation:
        """The attribution with each stretch changed to those that `change` makes of it."""
        spans = {role: tuple(part for span in getattr(self, role) for part in change(span)) for role in (*ROLES, *RELATIONS)}
        return replace(self, **spans)


@dataclass(frozen=True)
class Mention:
    """Words that refer to somebody. `who` is the number of that entity in the article, None if nothing else refers to it.
    to_resolve: the network learns whom the mention refers to. hidden: the words do not refer to anybody themselves; they mark
    the place of a quote without a source.
    """

    span: Offsets
    who: int | None
    to_resolve: bool = False
    hidden: bool = False


@dataclass(frozen=True)
class Article:
    """A text and what is annotated in it. `attributions`, `names`, `calls` or `mentions` is None where the corpus does not
    annotate them; a name is (start, end, label), its label one of `attribution.tagging.network.NAMES` or None for one that should
    not be learned from. `calls` are (start, end, label) too: the words of a source that call its speaker by a name or by a noun
    (of `attribution.data`'s NAME and NOUN). `nested` says whether attributions inside the contents of others are annotated too,
    `whole` whether every mention of the text is, `passed` whether those who pass a quote on are, `reading` by which of READINGS.
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
    """Those that stand by themselves, and those that stand whole inside a content of another."""
    contents = {span for attribution in attributions for span in attribution.content}
    inner = [one for one in attributions if any(_within(one, span) for span in contents)]
    return [one for one in attributions if one not in inner], inner


def _within(attribution: Annotation, span: Offsets) -> bool:
    inside = all(span[0] <= start and end <= span[1] for start, end in attribution.spans)
    return inside and span not in attribution.content


def draw(documents: Mapping[str, Sequence[Document]], shares: Mapping[str, float], rng: Random) -> list[Document]:
    """The documents of one epoch: of each file, here by name, its share."""
    return [one for name, share in shares.items() for one in rng.sample(documents[name], round(share * len(documents[name])))]
