"""What every corpus reader gives: texts with attributions, with names, or with both. All offsets are code points."""

from __future__ import annotations

from dataclasses import dataclass

Offsets = tuple[int, int]


@dataclass(frozen=True)
class Attribution:
    """The stretches of content, cue and source of one attribution; a source may be missing."""

    content: tuple[Offsets, ...]
    cue: tuple[Offsets, ...]
    source: tuple[Offsets, ...]


@dataclass(frozen=True)
class Article:
    """A text and what is annotated in it. `attributions` or `names` is None where the corpus does not annotate them; a name is
    (start, end, label), its label one of `attribution.network.NAMES` or None for one that should not be learned from.
    """

    id: str
    text: str
    attributions: tuple[Attribution, ...] | None = None
    names: tuple[tuple[int, int, str | None], ...] | None = None
