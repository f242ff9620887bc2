"""Coreference chains of GUM, LitBank, MEANTIME and GAP's development part. In: their `.jsonl.gz` files. Out: `Chained`.

Chains of events, times and the like are left out. MEANTIME annotates parts of its texts, GAP one pronoun and two names.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from evaluation.files import each_line
from training.corpora.records import Offsets

FILES = {"gap": 4.0, "gum": 1.0, "litbank": 0.7, "meantime": 1.0}
"""The files, and what an example of each counts."""
WHOLE = frozenset({"gum", "litbank"})
TYPES = ("person", "organization", "place", "object", "abstract", "animal", "product", "per", "org", "gpe", "loc", "fac")
"""What the types of those who may speak, and of documents, begin with."""


@dataclass(frozen=True)
class Chained:
    """A text and the chains in it: `mentions` are (span, chain). whole: every mention of the text is in a chain, so what is in
    none is somebody else; asked: the mentions to learn from, all if None.
    """

    id: str
    text: str
    mentions: tuple[tuple[Offsets, str], ...]
    whole: bool = True
    asked: frozenset[Offsets] | None = None


def read(file: Path) -> Iterator[Chained]:
    """The documents of one file that are for training."""
    corpus = file.name.split(".")[0]
    for document in each_line(file):
        if corpus == "gap" and document["split"] != "train":
            continue
        mentions = tuple(
            ((one["start"], one["end"]), one["cluster"])
            for one in document.get("mentions", ())
            if one["cluster"] is not None and one.get("etype", "person").lower().startswith(TYPES)
        )
        asked = frozenset([mentions[0][0]]) if corpus == "gap" else None
        if mentions:
            yield Chained(document["id"], document["text"], mentions, corpus in WHOLE, asked)
