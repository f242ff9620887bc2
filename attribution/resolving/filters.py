"""Filters: whom the words of a pronoun or a nominal rule out.

In: the `Columns` of an article, a mention, and the numbers and clusters of its candidates. Out: which of them no word speaks
against. It leaves alone which of those it is (ranking).
"""

from __future__ import annotations

import numpy as np

from attribution.resolving.columns import GENDERS, Columns, Flags, Floats, Ints
from attribution.resolving.lexicon import BODIES, POSSESSIVES
from attribution.resolving.mentions import Mention
from attribution.resolving.names import WORD
from attribution.resolving.nominals import LACKING, is_bare, is_epithet

REACH = 8
"""How many sentences back a pronoun looks (a paragraph's end counts as one)."""
OFTEN = 2
"""Who was that often taken for a "she", and never for a "he", is none."""


def fits(columns: Columns, mention: Mention, numbers: Ints, clusters: Ints, shared: Floats, otherwise: Flags) -> Flags:
    """Which candidates no word speaks against: the Belarusian president is not the Russian one, nobody is "he" whom "he said" is
    followed by (but "according to his lawyer" may be), "it" is no person and no two, "they" are not one, and a pronoun is nobody
    far away. otherwise: who bears the nominal's noun with other words; where one does, nobody else is meant by an epithet.
    """
    left: Flags = shared[:, LACKING] == 0
    if mention.head not in POSSESSIVES:
        left &= ~(columns.inside(mention, numbers) & (columns.starts[numbers] > mention.start))
    if mention.gender in GENDERS:
        left &= _may_be_he(columns, mention, numbers, clusters)
    if mention.kind == "nominal":
        meant = is_epithet(mention) and not otherwise.any()
        return left & _may_be_called(columns, mention, numbers, clusters, np.asarray(shared.any(1)), meant=meant)
    plural, persons = columns.plural[numbers], columns.are(clusters, {"person"})
    if mention.gender == "thing":
        left &= ~(plural | persons)
    elif mention.gender not in GENDERS:
        left &= plural | ~persons
    return left & ((mention.kind != "pronoun") | (mention.sentence - columns.sentences[numbers] <= REACH))


def _may_be_he(columns: Columns, mention: Mention, numbers: Ints, clusters: Ints) -> Flags:
    """Which candidates "he" or "the policeman" leaves: no woman, no "she" and none who was often called so, no body and no
    two.
    """
    own = GENDERS.index(mention.gender or "")
    left: Flags = np.isin(columns.genders[clusters], (-1, own)) & np.isin(columns.shown[numbers], (-1, own))
    left &= (columns.taken[clusters, 1 - own] < OFTEN) | (columns.taken[clusters, own] > 0)
    return left & ~(columns.plural[numbers] | (columns.bodies[clusters] > 0) | columns.are_things(clusters))


def _may_be_called(columns: Columns, mention: Mention, numbers: Ints, clusters: Ints, related: Flags, *, meant: bool) -> Flags:
    """Which candidates a nominal leaves: "the police" are not one and "the panel" not two; "the agency" is who has spoken,
    "the Vermont senator" a person named just before, and "an aide", "the opposition" or "her old friend" none but who was called
    so.
    """
    left = related | (columns.spoken[clusters] & is_bare(mention))
    if meant:
        left |= _may_be_meant(columns, mention, numbers, clusters)
    left &= _may_be_such(columns, mention, clusters)
    plural = columns.plural[numbers]
    if mention.number == "plural":
        return left & (plural | ~columns.are(clusters, {"person"}))
    return left if mention.type in ("document", "unknown") else left & ~plural


def _may_be_meant(columns: Columns, mention: Mention, numbers: Ints, clusters: Ints) -> Flags:
    """Which candidates an epithet may be for: persons named just before, but not Lee for "the Lee aide", and nobody for "the
    mayor, Ann Lee", whose source says who it is.
    """
    words = set(WORD.findall(mention.text.lower()))
    own = [id_ for id_ in set(clusters.tolist()) if any(not words.isdisjoint(form) for form in columns.clusters[id_].forms)]
    near = (mention.sentence - columns.sentences[numbers] <= REACH) & (columns.starts[numbers] < mention.start)
    end = max((end for _, end in mention.sources), default=mention.end)
    told = columns.names[numbers] & (columns.starts[numbers] >= mention.end) & (columns.starts[numbers] < end)
    return (clusters < columns.named) & columns.are(clusters, {"person"}) & near & ~np.isin(clusters, own) & ~told.any()


def _may_be_such(columns: Columns, mention: Mention, clusters: Ints) -> Flags:
    """Which clusters the type of a nominal leaves: "the campaign" and "the panel" are no person and no persons, "the state"
    is no document and no court, "the mayor" no body, "the article" no person.
    """
    if mention.type == "person":
        return np.asarray((columns.bodies[clusters] == 0) & ~columns.are_things(clusters))
    if mention.type in BODIES:
        others = {"person"}
        others |= {"group"} if mention.number == "singular" else set()
        others |= {"organization"} if mention.type == "place" else set()
        documents = (clusters >= columns.named) & columns.are(clusters, {"document"})
        return np.asarray(~(columns.are(clusters, others) | documents))
    if mention.type == "document":
        return np.asarray(~columns.are(clusters, {"person"}))
    return np.ones(len(clusters), dtype=bool)
