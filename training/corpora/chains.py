"""Coreference chains of GUM, LitBank, MEANTIME and GAP's development part. In: their `.jsonl.gz` files. Out: `ChainedText`.

Chains of events, times and the like are left out. MEANTIME annotates only parts of its texts, GAP one pronoun and two names.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from attribution.data import NAME, NOUN
from attribution.resolving.lexicon import PRONOUNS
from evaluation.files import each_line
from training.corpora.records import Article, Mention, Offsets
from training.corpora.speakers import ARTICLE

FILES = {"gap": 4.0, "gum": 1.0, "litbank": 0.7, "meantime": 1.0}
"""The files, and the weight of an example of each."""
SHARES = {"gap": 0.2, "gum": 0.2, "litbank": 0.12, "meantime": 0.3}
"""The share of each file that the network reads in one epoch."""
LONGEST_TO_RESOLVE = 30
"""The most characters of a mention that the network learns to resolve."""
CALLERS = ("per", "org")
"""The prefixes of the types whose mentions the network learns to mark: persons and bodies."""
ATTRIBUTE = re.compile(r"\s?[,;:(]|\s(?:of|in|at|on|for|from|to|with|by|who|whom|whose|that|which|and|or|as|like|under|than)\s")
"""What follows the noun of a phrase."""
NAME_WORD = re.compile(r"\b[A-Z]\w{2,}")
WHOLE = frozenset({"gum", "litbank"})
TYPES = ("person", "organization", "place", "object", "abstract", "animal", "product", "per", "org", "gpe", "loc", "fac")
"""The prefixes of the types of entities that may be speakers, documents included."""


@dataclass(frozen=True)
class ChainedText:
    """A text with coreference chains: `mentions` are (span, chain). whole: every mention of the text is annotated, so one without
    a chain is another entity; to_resolve: the mentions to learn from, all if None; calls: the names and nouns for persons and
    bodies, as (start, end, label).
    """

    id: str
    text: str
    mentions: tuple[tuple[Offsets, str], ...]
    whole: bool = True
    to_resolve: frozenset[Offsets] | None = None
    calls: tuple[tuple[int, int, str], ...] = ()


def read_texts(file: Path) -> Iterator[ChainedText]:
    """The training documents of one file."""
    corpus = file.name.split(".")[0]
    for document in each_line(file):
        if corpus == "gap" and document["split"] != "train":
            continue
        mentions = tuple(
            ((one["start"], one["end"]), one["cluster"])
            for one in document.get("mentions", ())
            if one["cluster"] is not None and one.get("etype", "person").lower().startswith(TYPES)
        )
        to_resolve = frozenset([mentions[0][0]]) if corpus == "gap" else None
        if mentions:
            calls = tuple(_calls(document["text"], document["mentions"])) if corpus != "gap" else ()
            yield ChainedText(document["id"], document["text"], mentions, corpus in WHOLE, to_resolve, calls)


def _calls(text: str, mentions: Iterable[Mapping[str, Any]]) -> Iterator[tuple[int, int, str]]:
    """The names and nouns for persons and bodies, without article and attributes, the longest mention first."""
    callers = [one for one in mentions if one.get("etype", "").lower().startswith(CALLERS) and one.get("kind") != "pron"]
    for one in sorted(callers, key=lambda one: one["start"] - one["end"]):
        article = ARTICLE.match(text, one["start"], one["end"])
        start = article.end() if article else one["start"]
        attribute = ATTRIBUTE.search(text, start, one["end"])
        end = attribute.start() if attribute else one["end"]
        if words := text[start:end].split():
            yield start, end, NAME if words[-1][0].isupper() else NOUN


def to_article(chained: ChainedText) -> Article:
    """The text as an article that has only mentions. Short mentions that are not names are to be resolved. If not every mention
    is annotated, further occurrences of the words of a name count as mentions of the same entity.
    """
    numbers = {chain: number for number, chain in enumerate(dict.fromkeys(chain for _, chain in chained.mentions))}
    mentions = [Mention(span, numbers[chain], to_resolve=_is_to_resolve(chained, span)) for span, chain in chained.mentions]
    if not chained.whole:
        mentions = [*_repeated(chained.text, mentions), *mentions]
    return Article(chained.id, chained.text, calls=chained.calls, mentions=tuple(mentions), whole=chained.whole)


def _is_to_resolve(chained: ChainedText, span: Offsets) -> bool:
    if chained.to_resolve is not None:
        return span in chained.to_resolve
    words = chained.text[slice(*span)]
    return len(words) <= LONGEST_TO_RESOLVE and (words[0].islower() or words.lower() in PRONOUNS)


def _repeated(text: str, mentions: Iterable[Mention]) -> Iterator[Mention]:
    """The occurrences of words that belong to the name of exactly one entity."""
    owners = defaultdict[str, set[int | None]](set)
    for mention in mentions:
        for word in NAME_WORD.findall(text[slice(*mention.span)]):
            owners[word].add(mention.who)
    for match in NAME_WORD.finditer(text):
        if len(owners[match[0]]) == 1:
            yield Mention(match.span(), min(owners[match[0]], key=str))
