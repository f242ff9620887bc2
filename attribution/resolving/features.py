"""Features: numbers that describe a mention and its candidates.

In: the `Columns` of an article, and the numbers and clusters of the candidates. Out: `pair_features`, each candidate's relation
to the mention, and `mention_features`, the mention by itself. It leaves alone shared words (nominals).
"""

from __future__ import annotations

import numpy as np

from attribution.data import SPEAKER_TYPES
from attribution.resolving.columns import Columns, Flags, Floats, Ints
from attribution.resolving.lexicon import GENDERS, POSSESSIVES, UNIQUE
from attribution.resolving.nominals import DEFINITE, INDEFINITE, OWNED


def pair_features(columns: Columns, number: int, numbers: Ints, clusters: Ints) -> Floats:
    """Features of each candidate's position, kind and history relative to the mention."""
    mention = columns.mentions[number]
    sentences = np.abs(mention.sentence - columns.sentences[numbers])
    paragraphs = np.abs(mention.paragraph - columns.paragraphs[numbers])
    after = numbers > number
    counts = columns.counts[clusters]
    genders = columns.genders[clusters]
    opening = np.zeros(len(numbers), dtype=bool)
    opening[1:] = columns.sentences[numbers[1:]] != columns.sentences[numbers[:-1]]
    values = [
        sentences == 0,
        sentences == 1,
        sentences == 2,
        np.log1p(sentences),
        paragraphs == 0,
        paragraphs == 1,
        np.log1p(paragraphs),
        np.log1p(np.abs(mention.start - columns.starts[numbers])) / 4,
        after,
        columns.latest[clusters] == numbers,
        np.log1p(cluster_distances(clusters, after)),
        np.log1p(counts),
        counts >= columns.counts.max(initial=1.0),
        genders >= 0 if mention.gender in GENDERS else np.zeros(len(numbers)),
        columns.plural[numbers] == (mention.number == "plural"),
        columns.plural[numbers],
        clusters == columns.last_speaker,
        columns.quoted[numbers] & (not mention.quoted),
        columns.quoted[numbers] & mention.quoted,
        columns.in_content_of(mention, numbers),
        columns.paragraphs[numbers] == 0,
        opening,
        columns.bodies[clusters],
    ]
    return np.concatenate([np.array(values, dtype=np.float32).T, columns.types[clusters], columns.intrinsic[numbers]], 1)


def cluster_distances(clusters: Ints, after: Flags) -> Ints:
    """How many other clusters come between each candidate and the mention; 0 for candidates after it."""
    ranks, seen = np.zeros(len(clusters), dtype=np.int64), dict[int, int]()
    for place in range(len(clusters) - 1, -1, -1):
        if not after[place]:
            ranks[place] = seen.setdefault(int(clusters[place]), len(seen))
    return ranks


def mention_features(columns: Columns, number: int) -> Floats:
    """Features of the mention that needs an antecedent."""
    mention = columns.mentions[number]
    nominal = mention.kind == "nominal"
    values = [
        mention.gender in GENDERS and not nominal,
        mention.gender == "thing",
        mention.kind == "pronoun" and mention.number == "plural",
        mention.kind == "pronoun" and mention.gender == "self",
        mention.kind == "pronoun" and mention.gender == "other",
        mention.kind in ("name", "acronym"),
        mention.head in POSSESSIVES,
        nominal,
        nominal and bool(DEFINITE.match(mention.text)),
        nominal and bool(INDEFINITE.match(mention.text)),
        nominal and bool(OWNED.match(mention.text)),
        nominal and mention.number == "plural",
        nominal and mention.gender in GENDERS,
        nominal and mention.head in UNIQUE,
        nominal and len(mention.text.split()) <= 2,
        nominal and len(mention.text.split()) > 5,
        *(nominal and mention.type == type_ for type_ in SPEAKER_TYPES),
        bool(mention.sources),
        mention.subject,
        mention.quoted,
        mention.paragraph == 0,
        mention.sentence < 3,
        *columns.turns.mention_features(number),
    ]
    return np.array(values, dtype=np.float32)
