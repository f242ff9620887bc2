"""Reading: an article's mentions one after the other, and who was spoken of so far.

In: the mentions, the quotes, and a function that chooses among candidates: the trained ranker or, in training, who knows. Out:
clusters, each with its mentions. Names are matched first (names); what "who" follows and who is in a group is read off the text;
for all other pronouns and nominals the candidates are put up for choice (candidates). A nominal that nobody is chosen for is
somebody new, a pronoun nobody.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Sequence

from attribution.data import Quote
from attribution.resolving.candidates import Candidates, find_candidates
from attribution.resolving.columns import GENDERS, Columns
from attribution.resolving.mentions import Mention
from attribution.resolving.names import Cluster, cluster_names

WINDOW = 30
"""How many mentions are kept in mind for names of several owners, and for "who"."""
RECENT_NAME = 1
FARTHEST_RELATIVE = 80
NEAR_GENDERS = 12
"""How many mentions back "he" may say that somebody is a man."""
INNER = ("self", "other")
PERSONAL, IMPERSONAL = ("person", "unknown"), ("organization", "document", "unknown")

Choose = Callable[[Candidates], int | None]
"""Says which cluster of the candidates' the mention is of, by its number, None for none of them."""


class Reader:
    """Reads the mentions in text order and keeps in mind who was spoken of."""

    def __init__(self, mentions: Sequence[Mention], quotes: Iterable[Quote], choose: Choose) -> None:
        self.mentions = mentions
        self.choose = choose
        self.claims, clusters = cluster_names(mentions)
        _learn_genders(mentions, self.claims)
        self.columns = Columns(mentions, clusters, quotes)
        for number, mention in enumerate(mentions):
            if len(rivals := self.claims.get(mention, [])) == 1:
                self.columns.assign_name(number, rivals[0])
        self.recent = deque[tuple[Mention, Cluster]](maxlen=WINDOW)
        self.groups: dict[object, Cluster] = {}
        self.parts: dict[Cluster, list[int]] = {}
        """Of each group the numbers of the mentions that it is made of."""
        self.rivals: dict[int, dict[int, float]] = {}
        """By the number of each name that several bear the share that each cluster has in what was spoken of them all."""

    def read(self, number: int) -> None:
        """Find whose mention it is, and keep it in mind."""
        mention = self.mentions[number]
        rivals = self.claims.get(mention, [])
        cluster = rivals[0] if len(rivals) == 1 else self._resolve(number, mention, rivals)
        if cluster is not None:
            if len(rivals) != 1:
                cluster.add(mention)
            self.recent.append((mention, cluster))
            self.columns.record(number, cluster)

    @property
    def order(self) -> list[int]:
        """The mentions in the order to read them: "I" and "you" last, since they hang on who says the quote around them, and who
        is quoted in a headline, for that is told below.
        """
        turns = self.columns.turns
        later = [mention.gender in INNER or turns.is_headline(number) for number, mention in enumerate(self.mentions)]
        return sorted(range(len(later)), key=later.__getitem__)

    def _resolve(self, number: int, mention: Mention, rivals: list[Cluster]) -> Cluster | None:
        if rivals:
            only = [self.columns.number_of(cluster) for cluster in rivals]
            chosen = self.choose(find_candidates(self.columns, number, only=only))
            return self._rival(number, mention, rivals) if chosen is None else self.columns.clusters[chosen]
        if mention.gender == "relative":
            return self._relative(mention)
        if mention.kind == "group":
            return self._group(mention)
        chosen = self.choose(find_candidates(self.columns, number))
        if chosen is not None:
            return self.columns.clusters[chosen]
        return Cluster() if mention.kind == "nominal" else None

    def _rival(self, number: int, mention: Mention, rivals: list[Cluster]) -> Cluster:
        """Which of those who may bear a name it is: who was spoken of most, the last of them once more, of the gender shown."""
        last = next((cluster for _, cluster in reversed(self.recent) if cluster in rivals), None)
        shown = [cluster for cluster in rivals if mention.gender and cluster.gender == mention.gender] or rivals
        counts = [len(cluster.mentions) + RECENT_NAME * (cluster is last) for cluster in shown]
        self.rivals[number] = {
            self.columns.number_of(cluster): count / sum(counts) for cluster, count in zip(shown, counts, strict=True)
        }
        return shown[counts.index(max(counts))]

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
        """The cluster of several: that of the same names, whatever they are written like, or else of the same words."""
        numbers = [self.columns.number_at[part] for part in mention.parts]
        owners = [self.claims.get(self.mentions[number], ()) for number in numbers]
        named = frozenset(rivals[0] for rivals in owners if rivals)
        cluster = self.groups.setdefault(named if len(named) == len(numbers) > 0 else mention.text.lower(), Cluster())
        if numbers:
            self.parts.setdefault(cluster, numbers)
        return cluster


def _learn_genders(mentions: Iterable[Mention], claims: dict[Mention, list[Cluster]]) -> None:
    """Give those a gender whom, alone of all near, "he" or "she" keeps following."""
    votes = defaultdict[Cluster, Counter[str]](Counter)
    near = deque[tuple[Mention, Cluster | None]](maxlen=NEAR_GENDERS)
    for mention in mentions:
        cluster = _alone(mention, near) if _is_he(mention) else _votable(mention, claims)
        if _is_he(mention) and cluster is not None:
            votes[cluster][mention.gender or ""] += 1
        if _is_he(mention) or _may_be_he(mention, claims.get(mention, ())):
            near.append((mention, cluster))
    for cluster, counts in votes.items():
        (gender, most), *rest = counts.most_common()
        if cluster.gender is None and (not rest or most > 2 * rest[0][1]):
            cluster.gender = gender


def _alone(pronoun: Mention, near: Iterable[tuple[Mention, Cluster | None]]) -> Cluster | None:
    """The only one in this sentence and the last whose gender the pronoun's may be, None where there are several, or somebody of
    whom it is not known who he is: "the woman", or another "she" of whom it is not.
    """
    rivals = {
        cluster
        for one, cluster in near
        if pronoun.sentence - one.sentence < 2 and {one.gender, cluster and cluster.gender} <= {None, pronoun.gender}
    }
    return rivals.pop() if len(rivals) == 1 else None


def _is_he(mention: Mention) -> bool:
    return mention.kind == "pronoun" and mention.gender in GENDERS


def _may_be_he(mention: Mention, owners: Sequence[Cluster]) -> bool:
    """Whether "he" may be whom the mention is about; an ent's type may be wrong, so a name that has spoken may be a person's too
    if no word speaks against it.
    """
    if mention.number == "plural" or mention.kind not in ("name", "acronym", "nominal"):
        return False
    if mention.kind == "nominal" or len(owners) != 1:
        return mention.type == "person"
    return owners[0].type in PERSONAL or (bool(mention.sources) and mention.kind == "name" and not owners[0].is_body)


def _votable(mention: Mention, claims: dict[Mention, list[Cluster]]) -> Cluster | None:
    """Whose name it surely is; a name inside quotation marks may be spoken of by somebody else than who says "he"."""
    owners = claims.get(mention, [])
    return owners[0] if len(owners) == 1 and not mention.quoted else None
