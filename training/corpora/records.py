"""What every corpus reader gives: texts with attributions, with names, or with both. All offsets are code points.
And `draw`, which takes its share of each file for one epoch.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import TypeVar

Offsets = tuple[int, int]
Document = TypeVar("Document")
"""A document, as read or as made ready for training."""


@dataclass(frozen=True)
class Attribution:
    """The stretches of content, cue and source of one attribution; a source may be missing."""

    content: tuple[Offsets, ...]
    cue: tuple[Offsets, ...]
    source: tuple[Offsets, ...]


@dataclass(frozen=True)
class Article:
    """A text and what is annotated in it. `attributions` or `names` is None where the corpus does not annotate them; a name is
    (start, end, label), its label one of `attribution.tagging.network.NAMES` or None for one that should not be learned from.
    `nested` says whether attributions inside the contents of others are annotated too.
    """

    id: str
    text: str
    attributions: tuple[Attribution, ...] | None = None
    names: tuple[tuple[int, int, str | None], ...] | None = None
    nested: bool = False


def levels(attributions: Sequence[Attribution]) -> tuple[list[Attribution], list[Attribution]]:
    """Those that stand by themselves, and those that stand whole inside a content of another."""
    contents = {span for attribution in attributions for span in attribution.content}
    inner = [one for one in attributions if any(_within(one, span) for span in contents)]
    return [one for one in attributions if one not in inner], inner


def _within(attribution: Attribution, span: Offsets) -> bool:
    parts = (*attribution.content, *attribution.cue, *attribution.source)
    return span not in attribution.content and all(span[0] <= start and end <= span[1] for start, end in parts)


def draw(documents: Mapping[str, Sequence[Document]], shares: Mapping[str, float], rng: Random) -> list[Document]:
    """The documents of one epoch: of each file, here by name, its share."""
    return [one for name, share in shares.items() for one in rng.sample(documents[name], round(share * len(documents[name])))]
