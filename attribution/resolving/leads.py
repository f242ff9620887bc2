"""Leads: who the nominals at an article's start are, whom it names only afterwards.

In: the mentions, and the clusters that may claim its names. Out: by the number of a nominal the cluster it foretells. News leads
by role, "A federal appeals court ruled", and names in the next paragraph, "the Court of Appeals for the Sixth Circuit". Such a
nominal is whoever is named first after it and alone bears its noun, as a role, a title or a part of the name, where nobody before
bore it. It leaves alone all that is named first and then spoken of (candidates).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from attribution.resolving.lexicon import BODIES
from attribution.resolving.mentions import Mention
from attribution.resolving.names import Cluster
from attribution.resolving.nominals import content, main
from attribution.resolving.roles import role_heads

LONGEST_LEAD = 6
"""How many sentences may hold such nominals, the headline among them."""
FARTHEST = 8
"""How many sentences after the nominal the name may stand."""

Words = frozenset[str]


def foretell(mentions: Sequence[Mention], claims: Mapping[Mention, Sequence[Cluster]]) -> dict[int, Cluster]:
    """Whom the nominals of the lead foretell, by their numbers."""
    named = _by_noun(mentions, claims)
    found = dict[int, Cluster]()
    lead = [number for number, mention in enumerate(mentions) if _leads(mention)]
    for number in lead:
        if (cluster := _alone(mentions, number, named.get(mentions[number].head, {}))) is not None:
            found[number] = cluster
    for number in lead:
        same = {found[other] for other in list(found) if other != number and _repeats(mentions[number], mentions[other])}
        if number not in found and len(same) == 1:
            found[number] = same.pop()
    return found


def _leads(mention: Mention) -> bool:
    """Whether it is a nominal for one person or body that speaks at the article's start in the article's own voice."""
    one = mention.kind == "nominal" and mention.number == "singular" and mention.type in ("person", *BODIES)
    return one and bool(mention.sources) and not mention.quoted and mention.sentence < LONGEST_LEAD


def _by_noun(
    mentions: Sequence[Mention], claims: Mapping[Mention, Sequence[Cluster]]
) -> dict[str, dict[Cluster, tuple[int, Words]]]:
    """By a noun each cluster that bears it, with the first of the mentions that tell so and the words beside it."""
    found = defaultdict[str, dict[Cluster, tuple[int, Words]]](dict)
    for number, mention in enumerate(mentions):
        clusters = claims.get(mention, ())
        if len(clusters) == 1:
            for word, words in _borne(mention, clusters[0]):
                first, known = found[word].get(clusters[0], (number, frozenset()))
                found[word][clusters[0]] = first, known | words
    return found


def _borne(mention: Mention, cluster: Cluster) -> Iterator[tuple[str, Words]]:
    """The nouns that a name bears by its role, its title and its own words, each with all words beside it."""
    if mention.role:
        yield from ((word, content(mention.role)[0]) for word in role_heads(mention.role))
    if mention.title:
        yield mention.title, frozenset({mention.title})
    if cluster.type != "person":
        yield from ((main(form), frozenset(form)) for form in cluster.forms)


def _alone(mentions: Sequence[Mention], number: int, bearers: Mapping[Cluster, tuple[int, Words]]) -> Cluster | None:
    """Of those who bear a nominal's noun the one that shares the most words with it, if the nominal may foretell it."""
    words = content(mentions[number].text)[0]
    shared = {cluster: len(words & borne) for cluster, (_, borne) in bearers.items()}
    best = [cluster for cluster, count in shared.items() if count == max(shared.values())]
    return best[0] if len(best) == 1 and _fits(mentions, number, best[0], bearers[best[0]][0], shared[best[0]]) else None


def _fits(mentions: Sequence[Mention], number: int, cluster: Cluster, first: int, shared: int) -> bool:
    """Whether the one who bears a nominal's noun is of its kind, is not named before it but soon after, and is a person who
    speaks or shares one word more.
    """
    mention = mentions[number]
    fresh = min(one.start for one in cluster.mentions) > mention.start
    soon = mentions[first].sentence - mention.sentence <= FARTHEST
    kind = (cluster.type == "person") == (mention.type == "person")
    speaks = mention.type == "person" and any(one.sources for one in cluster.mentions)
    return fresh and soon and kind and (speaks or shared > 1)


def _repeats(one: Mention, other: Mention) -> bool:
    """Whether a nominal says no more than another of its noun: "Federal court" and "a federal appeals court"."""
    return one.head == other.head and content(one.text)[0] <= content(other.text)[0]
