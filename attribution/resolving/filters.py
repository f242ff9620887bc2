"""Filters: which candidates the words of a pronoun or a nominal rule out, and which they support.

In: the `Columns` of an article, a mention, and the numbers and clusters of its candidates. Out: `allowed`, the candidates that
are possible at all, and `reasons_for`, one column per reason for or against. It leaves alone how much a reason weighs (ranking).
"""

from __future__ import annotations

import numpy as np

from attribution.resolving.columns import Columns, Flags, Floats, Ints
from attribution.resolving.lexicon import BODIES, GENDERS, POSSESSIVES
from attribution.resolving.mentions import Mention
from attribution.resolving.names import WORD
from attribution.resolving.nominals import is_bare, is_epithet

CLASHES = 8
"""How many reasons, counted from the first, are reasons against a candidate."""


def allowed(columns: Columns, mention: Mention, numbers: Ints) -> Flags:
    """Which candidates are possible. In "he said Lee won", "he" is not Lee. In "his lawyer said Lee won", "his" may be Lee's."""
    if mention.head in POSSESSIVES:
        return np.ones(len(numbers), dtype=bool)
    return np.asarray(~(columns.in_content_of(mention, numbers) & (columns.starts[numbers] > mention.start)))


def reasons_for(columns: Columns, mention: Mention, numbers: Ints, clusters: Ints, related: Flags) -> Floats:
    """The reasons against and for each candidate. `related`: whether its cluster shares the nominal's noun."""
    nothing = np.zeros(len(numbers), dtype=bool)
    plural, persons = columns.plural[numbers], columns.are_of_type(clusters, {"person"})
    nominal, gendered = mention.kind == "nominal", mention.gender in GENDERS
    many = mention.number == "plural"
    values = [
        *(_gender_clashes(columns, mention, numbers, clusters) if gendered else (nothing, nothing, nothing)),
        gendered & (plural | (columns.bodies[clusters] > 0) | columns.are_things(clusters)),
        (mention.gender == "thing") & (plural | persons),
        (not gendered and many) & ~plural & persons,
        nominal & ~_type_allows(columns, mention, clusters),
        nominal & (not many) & plural,
        nominal & related,
        nominal & is_bare(mention) & columns.has_spoken[clusters],
        is_epithet(mention) & _epithet_may_mean(columns, mention, numbers, clusters) if nominal else nothing,
        columns.has_spoken[clusters],
    ]
    return np.array(values, dtype=np.float32).T


def _gender_clashes(columns: Columns, mention: Mention, numbers: Ints, clusters: Ints) -> tuple[Flags, Flags, Flags]:
    """Where the candidate's cluster is of the other gender, its own word is, and all pronouns of its cluster so far are."""
    own = GENDERS.index(mention.gender or "")
    return (
        ~np.isin(columns.genders[clusters], (-1, own)),
        ~np.isin(columns.mention_genders[numbers], (-1, own)),
        (columns.gender_counts[clusters, 1 - own] > 0) & (columns.gender_counts[clusters, own] == 0),
    )


def _epithet_may_mean(columns: Columns, mention: Mention, numbers: Ints, clusters: Ints) -> Flags:
    """Which candidates an epithet may refer to: named persons, but not Lee for "the Lee aide"."""
    words = set(WORD.findall(mention.text.lower()))
    named = [one for one in set(clusters.tolist()) if any(not words.isdisjoint(form) for form in columns.clusters[one].forms)]
    return (clusters < columns.named_count) & columns.are_of_type(clusters, {"person"}) & ~np.isin(clusters, named)


def _type_allows(columns: Columns, mention: Mention, clusters: Ints) -> Flags:
    """Which clusters are compatible with a nominal's type: "the campaign" is not a person or a group, "the state" not a document
    or an organization, "the mayor" not a body, "the article" not a person.
    """
    if mention.type == "person":
        return np.asarray((columns.bodies[clusters] == 0) & ~columns.are_things(clusters))
    if mention.type in BODIES:
        others = {"person"}
        others |= {"group"} if mention.number == "singular" else set()
        others |= {"organization"} if mention.type == "place" else set()
        documents = (clusters >= columns.named_count) & columns.are_of_type(clusters, {"document"})
        return np.asarray(~(columns.are_of_type(clusters, others) | documents))
    if mention.type == "document":
        return np.asarray(~columns.are_of_type(clusters, {"person"}))
    return np.ones(len(clusters), dtype=bool)
