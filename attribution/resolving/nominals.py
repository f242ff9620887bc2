"""Nominals: how a nominal's words overlap with the roles, names and earlier nominals of each cluster.

In: the clusters of an article's names, and its nominals in reading order. Out: for each cluster that shares a nominal's noun, how
much more it shares: "The Russian president" with "Russian President Vladimir Putin", "the ministry" with "Ministry of Defence".
It leaves alone which cluster the nominal belongs to (ranking).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from attribution.resolving.lexicon import DETERMINERS, POSSESSIVES, PREPOSITIONS, UNIQUE, full_title
from attribution.resolving.mentions import Mention
from attribution.resolving.names import SMALL_WORDS, WORD, Cluster, Words
from attribution.resolving.roles import role_heads

LONGEST_BARE = 2
MAX_RIVALS = 40
"""How many clusters to compare for one noun."""
MAX_TEXTS = 40
"""How many different nominals of one cluster and noun to compare."""
LESSER_TITLES = frozenset({"former", "ex", "late", "then", "vice", "deputy", "assistant"})
"""The bare noun does not mean the holder of such a title: "the president" is not the vice president."""
ANOTHER = re.compile(r"another\b", re.IGNORECASE)
"""Begins a nominal that refers to nobody mentioned before."""
INDEFINITE = re.compile(r"(?:an?|one|another|some|any|several|many|most|two|three|few)\b", re.IGNORECASE)
DEFINITE = re.compile(r"(?:the|this|that|these|those)\b", re.IGNORECASE)
OWNED = re.compile(rf"(?:{'|'.join(sorted(POSSESSIVES))})\b|.*(?:'s|’s|s'|s’)\s", re.IGNORECASE)
NAME_CONFLICT = 2
"""The index in `_overlap` of the flag that the nominal contains a name which the cluster's roles and nominals lack."""
NO_OVERLAP = (0.0,) * 8
"""The values for a cluster that shares no noun with the nominal."""


class Nominals:
    """Finds clusters by the nouns of their roles, names and nominals."""

    def __init__(self, clusters: Iterable[Cluster]) -> None:
        self.by_role, self.by_name, self.by_noun = (defaultdict[str, list[Cluster]](list) for _ in range(3))
        self.texts = defaultdict[tuple[Cluster, str], dict[str, None]](dict)
        """The first MAX_TEXTS different nominals of each cluster and noun."""
        for cluster in clusters:
            for word in {word for role in cluster.roles for word in role_heads(role)}:
                self.by_role[word].append(cluster)
            for word in {_head_word(form) for form in cluster.forms}:
                self.by_name[word].append(cluster)

    def record(self, mention: Mention, cluster: Cluster) -> None:
        """Record the cluster of a nominal, or the title of a group."""
        entries: list[list[Cluster]] = []
        if mention.kind == "nominal":
            texts = self.texts[cluster, mention.head]
            if len(texts) < MAX_TEXTS:
                texts.setdefault(mention.text)
            entries = [self.by_noun[mention.head]]
        elif mention.kind == "group" and mention.role:
            entries = [self.by_role[word] for word in role_heads(mention.role)]
        for clusters in entries:
            if cluster not in clusters:
                clusters.append(cluster)

    def overlaps(self, mention: Mention) -> dict[Cluster, tuple[float, ...]]:
        """How the words of a nominal overlap with those of each cluster that shares its noun."""
        noun = mention.head
        if ANOTHER.match(mention.text):
            return {}
        rivals = [*self.by_role[noun][:MAX_RIVALS], *self.by_name[noun][:MAX_RIVALS], *self.by_noun[noun][-MAX_RIVALS:]]
        words, capitals = _content_words(mention.text)
        return {
            cluster: _overlap(cluster, mention, words, capitals, self.texts.get((cluster, noun), {}))
            for cluster in dict.fromkeys(rivals)
        }


def _overlap(
    cluster: Cluster, mention: Mention, words: frozenset[str], capitals: frozenset[str], texts: Iterable[str]
) -> tuple[float, ...]:
    """How well the nominal matches the cluster's roles, its names and the `texts` of its nominals."""
    best, lacking = _role_overlap(cluster, mention, words, capitals)
    known = [_content_words(text) for text in texts]
    earlier = frozenset(word for others, _ in known for word in others)
    return (
        best > 0,
        min(best, 6) / 3,
        lacking or _names_clash(capitals - {mention.head}, [others - {mention.head} for _, others in known]),
        _is_named(cluster, words),
        bool(known),
        any(text.lower() == mention.text.lower() for text in texts),
        bool(earlier) and words <= earlier,
        bool(earlier) and earlier <= words,
    )


def _role_overlap(cluster: Cluster, mention: Mention, words: frozenset[str], capitals: frozenset[str]) -> tuple[int, bool]:
    """How much the nominal shares with the best of the cluster's roles, and whether all of them lack a name that it contains."""
    known = {word for form in cluster.forms for word in form}
    best, lacking = 0, False
    for text in cluster.roles:
        if mention.head in role_heads(text):
            role = frozenset(map(full_title, WORD.findall(text.lower())))
            if capitals <= role | known:
                best = max(best, 2 * len(words & role) - len(words - role - known) - len(role & LESSER_TITLES - words))
            lacking |= not capitals <= role | known
    return best, lacking and best <= 0


def _names_clash(capitals: frozenset[str], others: list[frozenset[str]]) -> bool:
    """Whether the names in a nominal differ from those in each nominal of a cluster: "an Iowa farmer", "an Ohio farmer"."""
    return bool(others) and not any(capitals <= other or other <= capitals for other in others)


def _is_named(cluster: Cluster, words: frozenset[str]) -> bool:
    """Whether one name of the cluster, not a person's, contains all the words."""
    return cluster.type != "person" and any(words <= set(form) for form in cluster.forms)


def is_bare(mention: Mention) -> bool:
    """Whether a nominal is only a noun with its article: "the agency", but not "the opposition", of which there is only one."""
    short = len(mention.text.split()) <= LONGEST_BARE and mention.head not in UNIQUE
    return short and bool(DEFINITE.match(mention.text))


def is_epithet(mention: Mention) -> bool:
    """Whether a nominal may be a new description of a known person: "the Vermont senator", but not "the mayor of York"."""
    words = mention.text.split()
    one = mention.kind == "nominal" and mention.type == "person" and mention.number == "singular" and words[-1].islower()
    long = len(words) > LONGEST_BARE and words[0].lower() == "the" and PREPOSITIONS.isdisjoint(words)
    return one and long and not OWNED.match(mention.text)


def _head_word(form: Words) -> str:
    """The main noun of a name: "court" of "supreme court of ohio"."""
    link = next((index for index, word in enumerate(form) if index and word in SMALL_WORDS), len(form))
    return form[link - 1]


def _content_words(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """The words of a nominal without its article, and those of them that are capitalised, both in lower case."""
    words = [word for word in WORD.findall(text) if word.lower() not in DETERMINERS and len(word) > 1]
    return frozenset(map(str.lower, words)), frozenset(word.lower() for word in words if word[0].isupper())
