"""Names: which of an article's names are one and the same somebody's.

In: the mentions. Out: clusters, each with the names that can only be its own ("Vladimir Putin", "Putin"; "Ministry of Defence",
"MoD"), and for every bare name that several clusters could claim (two Clintons) the clusters to choose from as one reads.
It leaves alone pronouns, nominals, and that choice (coreference).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from attribution.resolving.lexicon import BODIES, OUTLETS, noun
from attribution.resolving.mentions import Mention

SMALL = frozenset(["of", "the", "and", "for", "in", "on", "at", "de", "la", "&", "a"])
JOINING = frozenset({"and", "&", "for", "on", "in", "at"})
"""Of those, what joins the words of a body's name and of no person's."""
SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "kc", "qc", "obe", "mbe", "cbe"})
MOST_RIVALS = 12
SHORTEST_COMPOUND = 4

WORD = re.compile(r"\w+")
Words = tuple[str, ...]


@dataclass(eq=False, slots=True)
class Cluster:
    """Somebody in the making: the `mentions` so far, the `roles`, the words of each of the names in `forms`,
    what names and titles show of `type` and `gender`.
    """

    mentions: list[Mention] = field(default_factory=list)
    types: Counter[str] = field(default_factory=Counter)
    type: str = "unknown"
    gender: str | None = None
    roles: list[str] = field(default_factory=list)
    forms: list[Words] = field(default_factory=list)

    @property
    def is_body(self) -> bool:
        """Whether a name holds a noun for bodies, places or outlets, or joins words as "Accord on Fire Safety" does, or all are
        acronyms: then it is no person's.
        """
        words = {word for form in self.forms for word in form}
        return (
            not JOINING.isdisjoint(words)
            or any(noun(word)[0] in BODIES or (word in OUTLETS and self.type != "person") for word in words)
            or all(one.kind == "acronym" for one in self.mentions)
        )

    def add(self, mention: Mention) -> None:
        """Take the mention in."""
        self.mentions.append(mention)
        if mention.type != "unknown":
            self.types[mention.type] += 1
            self.type = self.types.most_common(1)[0][0]
        if mention.gender in ("man", "woman") and mention.kind != "pronoun":
            self.gender = self.gender or mention.gender
        if mention.role:
            self.roles.append(mention.role)


def words_of(text: str) -> Words:
    """The words that make a name, in lower case: `words_of("Donald J. Trump Jr.") == ("donald", "j", "trump")`."""
    words = [word.strip(".,'’‘“”\"") for word in text.lower().replace("’s", "").replace("'s", "").split()]
    kept = [word for word in words if word]
    while len(kept) > 1 and kept[-1] in SUFFIXES:
        kept.pop()
    return tuple(kept)


def cluster_names(mentions: Sequence[Mention]) -> tuple[dict[Mention, list[Cluster]], list[Cluster]]:
    """For each name the clusters that may claim it (mostly one), and all clusters, in the order of their fullest names."""
    forms = defaultdict[tuple[Words, str | None], list[Mention]](list)
    for mention in mentions:
        if mention.kind in ("name", "acronym") and (words := words_of(mention.text)):
            forms[words, mention.gender if len(words) == 1 else None].append(mention)
    index, clusters, claims = _Index(), list[Cluster](), dict[Mention, list[Cluster]]()
    for (words, gender), found in sorted(forms.items(), key=_rank):
        rivals = _owners(words, gender, found, index)
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


def _rank(form: tuple[tuple[Words, str | None], list[Mention]]) -> tuple[int, bool, int]:
    """The longer names first, those of one word that may stand for another last."""
    (words, _), found = form
    return -len(words), found[0].kind == "acronym", found[0].start


class _Index:
    """Clusters by each word and by the initials of their names."""

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

    def compound(self, letters: str) -> list[Cluster]:
        """The bodies of one word that two letters stand for, its first and one further on, as in a turn: "WN", Wikinews."""
        if len(letters) != 2:
            return []
        return [
            cluster
            for word, found in self.by_word.items()
            for words, cluster in found
            if words == (word,) and cluster.type != "person" and _spells(word, *letters)
        ]


def _spells(word: str, first: str, second: str) -> bool:
    """Whether a word begins with a letter and holds another, and is long enough to be two words in one."""
    return len(word) > SHORTEST_COMPOUND and word[0] == first and second in word[1:]


def _initials(words: Words) -> Iterator[str]:
    """What the name may be abbreviated to: of "us department of justice" usdoj, usdj, doj, dj."""
    for start in range(max(0, len(words) - 1)):
        tail = words[start:]
        if tail[0] not in SMALL:
            yield "".join(word[0] for word in tail)
            yield "".join(word[0] for word in tail if word not in SMALL)


def _owners(words: Words, gender: str | None, found: list[Mention], index: _Index) -> list[Cluster]:
    """The clusters whose name this may be; a form that is mostly a place's is nobody's surname."""
    types = Counter(mention.type for mention in found)
    type_ = types.most_common(1)[0][0]
    if len(words) == 1 and found[0].kind == "acronym":
        letters = "".join(letter for letter in words[0] if letter.isalnum())
        if owners := [cluster for cluster in index.by_initials[letters] if cluster.type != "person"]:
            return owners[:1]
        if any(mention.sources for mention in found):
            persons = [] if type_ == "organization" else index.by_initials[letters]
            if owners := list(dict.fromkeys([*persons, *index.compound(letters)])):
                return owners[:1]
    rare = min((index.by_word[word] for word in words if word not in SMALL), key=len, default=[])
    place = type_ == "place" and len(words) == 1
    if place and not any(mention.sources for mention in found):
        return []
    owners = list(
        dict.fromkeys(
            cluster
            for full, cluster in rare[:MOST_RIVALS]
            if _shortens(words, full, cluster, place=place) and not (gender and cluster.gender and gender != cluster.gender)
        )
    )
    people = [cluster for cluster in owners if cluster.type in ("person", "unknown")]
    surnamed = [cluster for cluster in people if any(full[-1] == words[-1] for full in cluster.forms)]
    return surnamed or (people if type_ == "person" else []) or owners


def _shortens(words: Words, full: Words, cluster: Cluster, *, place: bool) -> bool:
    """Whether `words` may stand for `full`: a surname, a first name, a body's first or last words, the same words anew."""
    if cluster.type == "person" or place:
        return not cluster.is_body and _same_person(words, full)
    if not cluster.is_body and _same_person(words, full):
        return True
    plain = [word for word in full if word not in SMALL]
    if sorted(plain) == sorted(word for word in words if word not in SMALL):
        return True
    return full[: len(words)] == words or full[-len(words) :] == words


def _same_person(words: Words, full: Words) -> bool:
    """Whether the shorter is the longer with names left out or cut to initials; both end in the same surname, or the shorter
    leaves out the second of two.
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


def fullest(names: Sequence[Mention]) -> str:
    """The name with the most words, rather not in capitals, rather the one used more; none that is two run together."""
    counts = Counter(mention.text for mention in names if mention.kind == "name") or Counter(one.text for one in names)
    return max(counts, key=lambda text: (not _is_glued(words_of(text)), len(words_of(text)), not text.isupper(), counts[text]))


def _is_glued(words: Words) -> bool:
    """Whether a word is two others in one, as in a caption that runs into its text: "Ann LeeAnn Lee"."""
    known = set(words)
    return any(word[:end] in known and word[end:] in known for word in known for end in range(1, len(word)))
