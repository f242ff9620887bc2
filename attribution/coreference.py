"""Coreference: which mentions are one and the same somebody's.

In: `doc._.mentions` and `doc._.quotes`. Out: `doc._.entities`, a tuple of `Entity` in the order of their first mentions. Names
are matched first (names); then the article is read once, and each nominal and pronoun goes to the entity that its words fit
and that was last and most prominently spoken of, or, a nominal, to one of its own. A pronoun that fits nobody is in none.
It leaves alone "I" and "we", and who said what (speakers).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import log

from spacy.language import Language

from attribution.data import Offsets, Quote
from attribution.lexicon import DETERMINERS, UNIQUE
from attribution.mentions import Mention
from attribution.names import WORD, Cluster, cluster_names, fullest
from attribution.phrases import role_heads
from attribution.step import Step

WINDOW = 30
"""How many mentions back a pronoun may look, and how many sentences (a paragraph's end counts as one)."""
REACH = 8
SPOKE, SUBJECT, FREQUENT = 2.0, 1.0, 0.5
"""What it counts, in sentences of distance, to have been a source, a subject, and spoken of e times as often."""
DOUBTFUL = 2.0
RECENT_NAME = 1
LONGEST_BARE = 2
FARTHEST_RELATIVE = 80
MOST_RIVALS = 40
PERSONAL, IMPERSONAL = ("person", "unknown"), ("organization", "document", "unknown")
PAST = frozenset({"former", "ex", "late", "then"})
INDEFINITE = re.compile(r"(?:an?|one|another|some|any|several|many|most|two|three|few)\b", re.IGNORECASE)
DEFINITE = re.compile(r"(?:the|this|that|these|those)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, eq=False)
class Entity:
    """Somebody of the article: `name` is the fullest it writes, without title; `aliases` its other names; `role` what the most
    telling mention says he is; `type` as a `Speaker`'s; `mentions` every mention of it in text order.
    """

    name: str
    type: str
    role: str | None
    aliases: tuple[str, ...]
    mentions: tuple[Mention, ...]


def find_entities(mentions: Sequence[Mention], quotes: Iterable[Quote]) -> tuple[Entity, ...]:
    """The entities of an article."""
    reader = _Reader(mentions, quotes)
    for mention in mentions:
        reader.read(mention)
    return tuple(
        sorted((_entity(cluster) for cluster in reader.clusters if cluster.mentions), key=lambda entity: entity.mentions[0].start)
    )


class _Reader:
    """Reads the mentions in text order and keeps in mind who was spoken of."""

    def __init__(self, mentions: Sequence[Mention], quotes: Iterable[Quote]) -> None:
        self.claims, self.clusters = cluster_names(mentions)
        self.names = [mention for mention in mentions if mention in self.claims]
        self.starts = [mention.start for mention in self.names]
        self.recent = deque[tuple[Mention, Cluster]](maxlen=WINDOW)
        self.counts = Counter[Cluster]()
        self.nominals: dict[object, Cluster] = {}
        self.contents = defaultdict[Offsets, list[Offsets]](list)
        for quote in quotes:
            if quote.source is not None:
                spans = ((span.start, span.end) for span in quote.content)
                self.contents[quote.source.start, quote.source.end].extend(spans)
        self.by_role, self.by_word = defaultdict[str, list[Cluster]](list), defaultdict[str, list[Cluster]](list)
        for cluster in self.clusters:
            for word in {word for role in cluster.roles for word in role_heads(role)}:
                self.by_role[word].append(cluster)
            for word in {word for form in cluster.forms for word in form}:
                self.by_word[word].append(cluster)
        _learn_genders(mentions, self.claims)

    def read(self, mention: Mention) -> None:
        """Find whose mention it is, and keep it in mind."""
        rivals = self.claims.get(mention, [])
        cluster = rivals[0] if len(rivals) == 1 else self._resolve(mention, rivals)
        if cluster is not None:
            if len(rivals) != 1:
                cluster.add(mention)
            self.recent.append((mention, cluster))
            self.counts[cluster] += 1

    def _resolve(self, mention: Mention, rivals: list[Cluster]) -> Cluster | None:
        if rivals:
            last = next((cluster for _, cluster in reversed(self.recent) if cluster in rivals), None)
            shown = [cluster for cluster in rivals if mention.gender and cluster.gender == mention.gender]
            return max(shown or rivals, key=lambda cluster: len(cluster.mentions) + RECENT_NAME * (cluster is last))
        if mention.kind == "pronoun":
            return self._relative(mention) if mention.gender == "relative" else self._pronoun(mention)
        return self._group(mention) if mention.kind == "group" else self._nominal(mention)

    def _pronoun(self, mention: Mention) -> Cluster | None:
        if mention.gender in ("man", "woman"):
            return self._nearest(mention, lambda one, it: _may_be_he(one, it) and it.gender in (None, mention.gender))
        if mention.gender == "thing":
            return self._nearest(mention, lambda one, it: it.type in IMPERSONAL and one.number != "plural")
        if mention.number == "plural" and mention.gender is None:
            return self._nearest(mention, lambda one, it: it.type in ("group", "organization") or one.number == "plural")
        return None

    def _nearest(self, mention: Mention, fits: Callable[[Mention, Cluster], bool]) -> Cluster | None:
        """The last and most prominent of whom was spoken of and whom the words fit."""
        own = [span for source in mention.sources for span in self.contents[source]]
        scores = dict[Cluster, float]()
        for one, cluster in self.recent:
            distance = mention.sentence - one.sentence
            hidden = (one.quoted and not mention.quoted) or any(start <= one.start < end for start, end in own)
            if distance <= REACH and not hidden and fits(one, cluster):
                doubt = DOUBTFUL * (mention.type == "person" and cluster.type not in PERSONAL)
                prominence = SPOKE * bool(one.sources) + SUBJECT * one.subject + FREQUENT * log(1 + self.counts[cluster])
                scores[cluster] = max(scores.get(cluster, -REACH), prominence - distance - doubt)
        return max(scores, key=lambda cluster: scores[cluster], default=None)

    def _relative(self, mention: Mention) -> Cluster | None:
        """The one whom "who" or "which" follows: the nearest of its kind, else, for a type may be wrong, the nearest."""
        near = list[Cluster]()
        for one, cluster in reversed(self.recent):
            if one.sentence != mention.sentence or mention.start - one.end > FARTHEST_RELATIVE:
                break
            if one.end <= mention.start and not (mention.head == "who" and cluster.is_body and one.number != "plural"):
                near.append(cluster)
        kinds = IMPERSONAL if mention.head == "which" else (*PERSONAL, "group")
        return next((cluster for cluster in near if cluster.type in kinds), near[0] if near else None)

    def _group(self, mention: Mention) -> Cluster:
        """The cluster of a list of names, whatever the names are written like."""
        inside = self.names[bisect_left(self.starts, mention.start) : bisect_left(self.starts, mention.end)]
        parts = tuple(dict.fromkeys(self.claims[one][0] for one in inside))
        cluster = self._keep(frozenset(parts) if len(parts) > 1 else mention.text.lower())
        cluster.parts = parts if len(parts) > 1 else ()
        return cluster

    def _keep(self, key: object) -> Cluster:
        """The cluster of those nominals, or a new one."""
        if key not in self.nominals:
            self.nominals[key] = Cluster()
            self.clusters.append(self.nominals[key])
        return self.nominals[key]

    def _nominal(self, mention: Mention) -> Cluster:
        """Somebody with that role or with that noun in the name; the last body that spoke; or somebody of its own."""
        if INDEFINITE.match(mention.text):
            cluster = self._keep(mention.text.lower())
            self.nominals["the", mention.head] = cluster
            return cluster
        found = None
        if mention.number == "singular":
            found = self._by_role(mention) or self._by_name(mention)
        if found is None and DEFINITE.match(mention.text):
            found = self.nominals.get(("the", mention.head)) or self._last(mention)
        return found or self._keep(mention.text.lower())

    def _by_role(self, mention: Mention) -> Cluster | None:
        """The cluster whose role shares most with the nominal and lacks no name in it."""
        words, capitals = _content(mention.text)
        scores = dict[Cluster, int]()
        for cluster in self.by_role[mention.head][:MOST_RIVALS]:
            known = {word for form in cluster.forms for word in form}
            for text in cluster.roles:
                role = frozenset(WORD.findall(text.lower()))
                if mention.head in role_heads(text) and capitals <= role | known:
                    score = 2 * len(words & role) - len(words - role - known) - len(role & PAST - words)
                    scores[cluster] = max(score, scores.get(cluster, 0))
        best = max(scores.values(), default=0)
        return self._latest([cluster for cluster, score in scores.items() if score == best]) if best > 0 else None

    def _by_name(self, mention: Mention) -> Cluster | None:
        """The body whose name holds the noun: "the ministry" is the Ministry of Defence."""
        words, _ = _content(mention.text)
        named = [cluster for cluster in self.by_word[mention.head][:MOST_RIVALS] if cluster.type != "person"]
        return self._latest([cluster for cluster in named if any(words <= set(form) for form in cluster.forms)])

    def _latest(self, rivals: list[Cluster]) -> Cluster | None:
        """The rival that was last spoken of, else the one most spoken of, also further on."""
        last = next((cluster for _, cluster in reversed(self.recent) if cluster in rivals), None)
        return last or max(rivals, key=lambda cluster: len(cluster.mentions), default=None)

    def _last(self, mention: Mention) -> Cluster | None:
        """Who a bare "the department" or "the woman" that speaks stands for: the last prominent one of its type.
        "The president" may be anybody's.
        """
        if (
            not mention.sources
            or mention.head in UNIQUE
            or len(mention.text.split()) > LONGEST_BARE
            or mention.type not in ("organization", "person", "group")
            or (mention.type == "person" and mention.gender is None)
        ):
            return None
        return self._nearest(
            mention,
            lambda one, it: (
                one.subject and it.type == mention.type and (mention.gender or it.gender) in (it.gender, None, mention.gender)
            ),
        )


def _content(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """The words of a nominal without its article, and those that are names, both in lower case."""
    words = [word for word in WORD.findall(text) if word.lower() not in DETERMINERS and len(word) > 1]
    return frozenset(map(str.lower, words)), frozenset(word.lower() for word in words if word[0].isupper())


def _may_be_he(one: Mention, cluster: Cluster) -> bool:
    """Whether it is a person; an ent's type may be wrong, so one who has spoken may be too if no word speaks against it."""
    if one.number == "plural":
        return False
    return cluster.type in PERSONAL or (bool(one.sources) and one.kind == "name" and not cluster.is_body)


def _learn_genders(mentions: Iterable[Mention], claims: dict[Mention, list[Cluster]]) -> None:
    """Give those a gender whom, alone of all persons near, "he" or "she" keeps following."""
    votes = defaultdict[Cluster, Counter[str]](Counter)
    near = deque[tuple[Mention, Cluster]](maxlen=8)
    for mention in mentions:
        if len(claims.get(mention, ())) == 1 and _may_be_he(mention, claims[mention][0]) and not mention.quoted:
            near.append((mention, claims[mention][0]))
        elif mention.kind == "pronoun" and mention.gender in ("man", "woman"):
            alone = {cluster for one, cluster in near if mention.sentence - one.sentence < 2}
            if len(alone) == 1:
                votes[alone.pop()][mention.gender] += 1
    for cluster, counts in votes.items():
        (gender, most), *rest = counts.most_common()
        if cluster.gender is None and (not rest or most > 2 * rest[0][1]):
            cluster.gender = gender


def _entity(cluster: Cluster) -> Entity:
    mentions = tuple(sorted(cluster.mentions, key=lambda mention: mention.start))
    names = [mention for mention in mentions if mention.kind in ("name", "acronym")]
    name = fullest(names) if names else _described(cluster, mentions)
    aliases = dict.fromkeys(one.text for one in names if one.text != name)
    roles = [mention.role for mention in mentions if mention.role]
    return Entity(name, cluster.type, max(roles, key=len, default=None), tuple(aliases), mentions)


def _described(cluster: Cluster, mentions: Sequence[Mention]) -> str:
    """The name of those who have none: the names in the group, else the first nominal."""
    parts = [fullest([one for one in part.mentions if one.kind in ("name", "acronym")]) for part in cluster.parts]
    return " and ".join(parts) or next(mention.text for mention in mentions if mention.kind != "pronoun")


@Language.factory("attribution_coreference", requires=["doc._.mentions", "doc._.quotes"], assigns=["doc._.entities"])
def make_coreference(nlp: Language, name: str) -> Step:
    """Build the component; it has no state."""
    return Step(lambda doc: find_entities(doc._.mentions, doc._.quotes), "entities")
