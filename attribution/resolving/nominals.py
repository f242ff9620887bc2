"""Nominals: what the words of a nominal have to do with somebody's roles, names and earlier nominals.

In: the clusters of an article's names, and nominals as they are read. Out: for each cluster that shares a nominal's noun how much
more it shares: "The Russian president" with "Russian President Vladimir Putin", "the ministry" with "Ministry of Defence".
It leaves alone who the nominal is (ranking).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from attribution.resolving.lexicon import DETERMINERS, LINKS, POSSESSIVES, UNIQUE, whole
from attribution.resolving.mentions import Mention
from attribution.resolving.names import SMALL_WORDS, WORD, Cluster, Words
from attribution.resolving.roles import role_heads

LONGEST_BARE = 2
MAX_RIVALS = 40
"""How many clusters one noun may call up."""
LESSER_TITLES = frozenset({"former", "ex", "late", "then", "vice", "deputy", "assistant"})
"""Who is called so is not what the bare noun says."""
ANOTHER = re.compile(r"another\b", re.IGNORECASE)
"""Whoever is called so is none of those before."""
INDEFINITE = re.compile(r"(?:an?|one|another|some|any|several|many|most|two|three|few)\b", re.IGNORECASE)
DEFINITE = re.compile(r"(?:the|this|that|these|those)\b", re.IGNORECASE)
OWNED = re.compile(rf"(?:{'|'.join(sorted(POSSESSIVES))})\b|.*(?:'s|’s|s'|s’)\s", re.IGNORECASE)
NAME_CONFLICT = 2
"""Of what `_overlap` tells, the place that says that a name in the nominal is in no such role or nominal."""
NO_OVERLAP = (0.0,) * 8
"""What the words of a cluster that shares none with a nominal have to say."""


class Nominals:
    """The clusters by the nouns of their roles, names and nominals."""

    def __init__(self, clusters: Iterable[Cluster]) -> None:
        self.by_role, self.by_name, self.by_noun = (defaultdict[str, list[Cluster]](list) for _ in range(3))
        self.texts = defaultdict[tuple[Cluster, str], dict[str, None]](dict)
        """The nominals of each cluster and noun."""
        for cluster in clusters:
            for word in {word for role in cluster.roles for word in role_heads(role)}:
                self.by_role[word].append(cluster)
            for word in {head_word(form) for form in cluster.forms}:
                self.by_name[word].append(cluster)

    def record(self, mention: Mention, cluster: Cluster) -> None:
        """Keep in mind whose nominal this is, or what a group is called."""
        known = [self.by_noun[mention.head]] if mention.kind == "nominal" else []
        if mention.kind == "nominal":
            self.texts[cluster, mention.head].setdefault(mention.text)
        if mention.kind == "group" and mention.role:
            known = [self.by_role[word] for word in role_heads(mention.role)]
        for clusters in known:
            if cluster not in clusters:
                clusters.append(cluster)

    def overlaps(self, mention: Mention) -> dict[Cluster, tuple[float, ...]]:
        """What the words of a nominal have to do with each cluster that shares its noun."""
        noun = mention.head
        if ANOTHER.match(mention.text):
            return {}
        rivals = [*self.by_role[noun][:MAX_RIVALS], *self.by_name[noun][:MAX_RIVALS], *self.by_noun[noun][-MAX_RIVALS:]]
        words, capitals = content_words(mention.text)
        return {
            cluster: _overlap(cluster, mention, words, capitals, self.texts.get((cluster, noun), {}))
            for cluster in dict.fromkeys(rivals)
        }


def _overlap(
    cluster: Cluster, mention: Mention, words: frozenset[str], capitals: frozenset[str], texts: Iterable[str]
) -> tuple[float, ...]:
    """How like a role of the cluster, whether its name, and how like the `texts` of its nominals, the nominal is."""
    best, lacking = _likeness(cluster, mention, words, capitals)
    known = [content_words(text) for text in texts]
    said = frozenset(word for others, _ in known for word in others)
    return (
        best > 0,
        min(best, 6) / 3,
        lacking or _names_clash(capitals - {mention.head}, [others - {mention.head} for _, others in known]),
        _is_named(cluster, words),
        bool(known),
        any(text.lower() == mention.text.lower() for text in texts),
        bool(said) and words <= said,
        bool(said) and said <= words,
    )


def _likeness(cluster: Cluster, mention: Mention, words: frozenset[str], capitals: frozenset[str]) -> tuple[int, bool]:
    """How much the likest of the cluster's roles shares with the nominal, and whether all lack a name that is in it."""
    known = {word for form in cluster.forms for word in form}
    best, lacking = 0, False
    for text in cluster.roles:
        if mention.head in role_heads(text):
            role = frozenset(map(whole, WORD.findall(text.lower())))
            if capitals <= role | known:
                best = max(best, 2 * len(words & role) - len(words - role - known) - len(role & LESSER_TITLES - words))
            lacking |= not capitals <= role | known
    return best, lacking and best <= 0


def _names_clash(capitals: frozenset[str], others: list[frozenset[str]]) -> bool:
    """Whether other names are in all nominals of a cluster: "an Iowa farmer" is no "Ohio farmer"."""
    return bool(others) and not any(capitals <= other or other <= capitals for other in others)


def _is_named(cluster: Cluster, words: frozenset[str]) -> bool:
    """Whether the words are all in a name of the cluster, and it is no person's."""
    return cluster.type != "person" and any(words <= set(form) for form in cluster.forms)


def is_bare(mention: Mention) -> bool:
    """Whether a nominal says next to nothing: "the agency", but not "the opposition", of which there is one."""
    short = len(mention.text.split()) <= LONGEST_BARE and mention.head not in UNIQUE
    return short and bool(DEFINITE.match(mention.text))


def is_epithet(mention: Mention) -> bool:
    """Whether a nominal may call somebody what nobody has called him yet: "the Vermont senator", but not "the mayor of York"."""
    words = mention.text.split()
    one = mention.kind == "nominal" and mention.type == "person" and mention.number == "singular" and words[-1].islower()
    long = len(words) > LONGEST_BARE and words[0].lower() == "the" and LINKS.isdisjoint(words)
    return one and long and not OWNED.match(mention.text)


def head_word(form: Words) -> str:
    """The word of a name that says what it is: "court" of "supreme court of ohio"."""
    link = next((index for index, word in enumerate(form) if index and word in SMALL_WORDS), len(form))
    return form[link - 1]


def content_words(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """The words of a nominal without its article, and those that are names, both in lower case."""
    words = [word for word in WORD.findall(text) if word.lower() not in DETERMINERS and len(word) > 1]
    return frozenset(map(str.lower, words)), frozenset(word.lower() for word in words if word[0].isupper())
