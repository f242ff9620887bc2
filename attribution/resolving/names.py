"""Names: group the names of an article that belong to the same entity.

In: the mentions. Out: clusters, each with the names that can only be its own ("Vladimir Putin", "Putin"; "Ministry of Defence",
"MoD"), and for each name that several clusters share (two Clintons) the clusters to choose from while reading.
It leaves alone pronouns, nominals, and that choice (coreference).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from attribution.resolving.lexicon import BODIES, GENDERS, HONORIFICS, OUTLETS, classify_noun
from attribution.resolving.mentions import Mention

SMALL_WORDS = frozenset(["of", "the", "and", "for", "in", "on", "at", "de", "la", "&", "a"])
BODY_JOINTS = frozenset({"and", "&", "for", "on", "in", "at"})
"""The small words that join the words of a body's name, but not of a person's."""
SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "kc", "qc", "obe", "mbe", "cbe", "ji", "san"})
PEERAGE = frozenset({"lord", "lady"})
"""The titles that belong to a name."""
MAX_RIVALS = 12
MAX_ROLES = 40
"""How many different roles of one entity to compare with nominals."""
SHORTEST_COMPOUND = 4
MAX_ABBREVIATED = 30
"""The most words that an abbreviation stands for."""
DISTINCTIVE_INITIALS = 3
"""At least this many initials refer to the person who has them, even if they look like the name of a body."""

WORD = re.compile(r"\w+")
Words = tuple[str, ...]


@dataclass(eq=False, slots=True)
class Cluster:
    """An entity under construction: its `mentions` so far, their first MAX_ROLES different `roles`, the words of each name in
    `forms`, and the `type` and `gender` that names and titles show.
    """

    mentions: list[Mention] = field(default_factory=list)
    types: Counter[str] = field(default_factory=Counter)
    type: str = "unknown"
    gender: str | None = None
    roles: list[str] = field(default_factory=list)
    forms: list[Words] = field(default_factory=list)

    @property
    def is_body(self) -> bool:
        """Whether the names show that it is not a person: one contains a noun for bodies, places or outlets, or joins words as
        "Accord on Fire Safety" does, or all of them are acronyms.
        """
        words = {word for form in self.forms for word in form}
        return (
            not BODY_JOINTS.isdisjoint(words)
            or any(classify_noun(word)[0] in BODIES or (word in OUTLETS and self.type != "person") for word in words)
            or all(one.kind == "acronym" for one in self.mentions)
        )

    def add(self, mention: Mention) -> None:
        """Add a mention to the cluster."""
        self.mentions.append(mention)
        if mention.type != "unknown":
            self.types[mention.type] += 1
            self.type = self.types.most_common(1)[0][0]
        if mention.gender in GENDERS and mention.kind != "pronoun":
            self.gender = self.gender or mention.gender
        if mention.role and mention.role not in self.roles and len(self.roles) < MAX_ROLES:
            self.roles.append(mention.role)


def name_words(text: str) -> Words:
    """The words of a name in lower case, without titles: `name_words("Sir Donald J. Trump Jr.") == ("donald", "j", "trump")`."""
    words = [word.strip(".,'’‘“”\"") for word in text.lower().replace("’s", "").replace("'s", "").split()]
    kept = [word for word in words if word]
    while len(kept) > 1 and kept[-1] in SUFFIXES:
        kept.pop()
    while len(kept) > 1 and kept[0] not in PEERAGE and classify_noun(kept[0])[0] in HONORIFICS:
        kept.pop(0)
    return tuple(kept)


def cluster_names(mentions: Sequence[Mention]) -> tuple[dict[Mention, list[Cluster]], list[Cluster]]:
    """The clusters that may own each name (usually one), and all clusters in the order of their fullest names."""
    forms = defaultdict[tuple[Words, str | None], list[Mention]](list)
    for mention in mentions:
        if mention.kind in ("name", "acronym") and (words := name_words(mention.text)):
            forms[words, mention.gender if len(words) == 1 else None].append(mention)
    index, clusters, claims = _Index(), list[Cluster](), dict[Mention, list[Cluster]]()
    for (words, gender), found in sorted(forms.items(), key=_matching_order):
        rivals = _find_rivals(words, gender, found, index)
        if not rivals:
            rivals = [Cluster(forms=[words])]
            clusters.append(rivals[0])
            index.add(words, rivals[0])
        elif len(rivals) == 1 and len(words) > 1:
            index.add(words, rivals[0])
        for mention in found:
            claims[mention] = rivals
            if len(rivals) == 1:
                rivals[0].add(mention)
    return claims, clusters


def _matching_order(form: tuple[tuple[Words, str | None], list[Mention]]) -> tuple[int, bool, int]:
    """Sort key: longer names first, and of the one-word names the acronyms last, since they may stand for other names."""
    (words, _), found = form
    return -len(words), found[0].kind == "acronym", found[0].start


class _Index:
    """Finds clusters by the words and the initials of their names."""

    def __init__(self) -> None:
        self.by_word = defaultdict[str, list[tuple[Words, Cluster]]](list)
        self.by_initials = defaultdict[str, list[Cluster]](list)

    def add(self, words: Words, cluster: Cluster) -> None:
        if words not in cluster.forms:
            cluster.forms.append(words)
        for word in dict.fromkeys(words):
            self.by_word[word].append((words, cluster))
        for initials in dict.fromkeys(_initials(words)):
            self.by_initials[initials].append(cluster)

    def compounds(self, letters: str) -> list[Cluster]:
        """The one-word bodies that two letters may abbreviate: "WN" for "Wikinews", its first letter and a later one."""
        if len(letters) != 2:
            return []
        return [
            cluster
            for word, found in self.by_word.items()
            for words, cluster in found
            if words == (word,) and cluster.type != "person" and _spells(word, *letters)
        ]


def _spells(word: str, first: str, second: str) -> bool:
    """Whether a word begins with the first letter, contains the second, and is long enough to be a compound."""
    return len(word) > SHORTEST_COMPOUND and word[0] == first and second in word[1:]


def _initials(words: Words) -> Iterator[str]:
    """The possible abbreviations of a name: usdoj, usdj, doj and dj for "us department of justice". A very long one has none."""
    for start in range(len(words) - 1 if len(words) <= MAX_ABBREVIATED else 0):
        tail = words[start:]
        if tail[0] not in SMALL_WORDS:
            yield "".join(word[0] for word in tail)
            yield "".join(word[0] for word in tail if word not in SMALL_WORDS)


def _find_rivals(words: Words, gender: str | None, found: list[Mention], index: _Index) -> list[Cluster]:
    """The clusters that a name may belong to. A form that is mostly a place's is never a surname."""
    type_ = Counter(mention.type for mention in found).most_common(1)[0][0]
    is_source = any(mention.sources for mention in found)
    acronym = len(words) == 1 and found[0].kind == "acronym"
    if acronym and (owners := _acronym_owners(words[0], type_, index, is_source=is_source)):
        return owners[:1]
    place = type_ == "place" and len(words) == 1
    if place and not is_source:
        return []
    rarest = min((index.by_word[word] for word in words if word not in SMALL_WORDS), key=len, default=[])
    fitting = (
        cluster
        for full, cluster in rarest[:MAX_RIVALS]
        if _may_shorten(words, full, cluster, place=place) and not (gender and cluster.gender and gender != cluster.gender)
    )
    owners = list(dict.fromkeys(fitting))
    people = [cluster for cluster in owners if cluster.type in ("person", "unknown")]
    surnamed = [cluster for cluster in people if any(full[-1] == words[-1] for full in cluster.forms)]
    return surnamed or (people if type_ == "person" else []) or owners


def _acronym_owners(acronym: str, type_: str, index: _Index, *, is_source: bool) -> list[Cluster]:
    """The clusters that an acronym may stand for: bodies or, if there are none and it is a source, a person or a compound."""
    letters = "".join(letter for letter in acronym if letter.isalnum())
    bodies = [cluster for cluster in index.by_initials[letters] if cluster.type != "person"]
    if bodies or not is_source:
        return bodies
    persons = [] if type_ == "organization" and len(letters) < DISTINCTIVE_INITIALS else index.by_initials[letters]
    return [*persons, *index.compounds(letters)]


def _may_shorten(words: Words, full: Words, cluster: Cluster, *, place: bool) -> bool:
    """Whether `words` may stand for `full`: a surname, a first name, a body's first or last words, or a new order of all."""
    same_person = not cluster.is_body and _same_person(words, full)
    if same_person or place or cluster.type == "person":
        return same_person
    shorter, longer = (sorted(word for word in name if word not in SMALL_WORDS) for name in (words, full))
    return shorter == longer or full[: len(words)] == words or full[-len(words) :] == words


def _same_person(words: Words, full: Words) -> bool:
    """Whether the shorter name is the longer one with names left out or cut to initials. Both end in the same surname, unless the
    shorter one is how the longer begins.
    """
    if len(words) == 1:
        return words[0] in full
    if words == full[: len(words)]:
        return True
    if words[-1] != full[-1]:
        return False
    return all(any(_abbreviates(word, name) for name in full[:-1]) for word in words[:-1])


def _abbreviates(one: str, other: str) -> bool:
    return one == other or (1 in (len(one), len(other)) and one[0] == other[0])


def fullest_name(names: Sequence[Mention]) -> str:
    """The best name: not two names run together if possible, then the one with most words, not in capitals, most frequent."""
    counts = Counter(mention.text for mention in names if mention.kind == "name") or Counter(one.text for one in names)
    words = {text: name_words(text) for text in counts}
    return max(counts, key=lambda text: (not _is_glued(words[text]), len(words[text]), not text.isupper(), counts[text]))


def _is_glued(words: Words) -> bool:
    """Whether one word is two others run together, as when a caption runs into the text: "Ann LeeAnn Lee"."""
    known = set(words)
    return any(word[:end] in known and word[end:] in known for word in known for end in range(1, len(word)))
