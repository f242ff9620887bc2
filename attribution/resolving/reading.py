"""Reading: go through an article's mentions one by one and give each its cluster.

In: the mentions, the quotes, and a function that chooses among candidates: the trained ranker or, in training, the right answers.
Out: clusters, each with its mentions. Names are matched first (names). Relative pronouns and groups are resolved by rule. A
nominal that is not a source refers to somebody new, unless it is definite and repeats a noun. For all other pronouns and nominals
the function chooses among the candidates (candidates). If it chooses none, a nominal starts a new cluster and a pronoun stays
unresolved.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Sequence

from attribution.data import Quote
from attribution.resolving.candidates import Candidates, find_candidates
from attribution.resolving.columns import Columns
from attribution.resolving.lexicon import GENDERS
from attribution.resolving.mentions import Mention
from attribution.resolving.names import Cluster, cluster_names
from attribution.resolving.nominals import DEFINITE, OWNED

MAX_RECENT = 30
"""How many mentions back to search for the bearer of a shared name, and for the antecedent of "who"."""
RECENCY_BONUS = 1
MAX_RELATIVE_DISTANCE = 80
MAX_GENDER_CONTEXT = 12
"""How many mentions back to search for the person whose gender a "he" or "she" shows."""
WITHIN_QUOTES = ("self", "other")
PERSONAL, IMPERSONAL = ("person", "unknown"), ("organization", "document", "unknown")

Choose = Callable[[Candidates], int | None]
"""Returns the number of the candidate cluster that the mention belongs to, or None for none of them."""


class Reader:
    """Resolves mentions and keeps track of who was mentioned."""

    def __init__(self, mentions: Sequence[Mention], quotes: Iterable[Quote], choose: Choose) -> None:
        self.mentions = mentions
        self.choose = choose
        self.claims, clusters = cluster_names(mentions)
        _learn_genders(mentions, self.claims)
        self.columns = Columns(mentions, clusters, quotes)
        for number, mention in enumerate(mentions):
            if len(rivals := self.claims.get(mention, [])) == 1:
                self.columns.assign_name(number, rivals[0])
        self.recent = deque[tuple[Mention, Cluster]](maxlen=MAX_RECENT)
        self.groups: dict[object, Cluster] = {}
        self.parts: dict[Cluster, list[int]] = {}
        """For each group, the numbers of the mentions that are its parts."""
        self.name_chances: dict[int, dict[int, float]] = {}
        """For each name with several bearers, by its number: each bearer's share of their mentions so far."""

    def resolve(self, number: int) -> None:
        """Find the cluster of a mention and record it."""
        mention = self.mentions[number]
        rivals = self.claims.get(mention, [])
        cluster = rivals[0] if len(rivals) == 1 else self._choose_cluster(number, mention, rivals)
        if cluster is not None:
            if len(rivals) != 1:  # otherwise cluster_names has added it
                cluster.add(mention)
            self.recent.append((mention, cluster))
            self.columns.record(number, cluster)

    @property
    def order(self) -> list[int]:
        """The numbers of the mentions in the order to resolve them. "I" and "you" come last, since they depend on who says the
        quote around them. So does the source of a quote in a headline, since the text below names the speaker.
        """
        turns = self.columns.turns
        later = [mention.gender in WITHIN_QUOTES or turns.is_headline(number) for number, mention in enumerate(self.mentions)]
        return sorted(range(len(later)), key=later.__getitem__)

    def _choose_cluster(self, number: int, mention: Mention, rivals: list[Cluster]) -> Cluster | None:
        """The cluster of a mention or, for a name that several clusters share, one of these `rivals`."""
        if rivals:
            only = [self.columns.number_of(cluster) for cluster in rivals]
            chosen = self.choose(find_candidates(self.columns, number, only=only))
            return self._likeliest_bearer(number, mention, rivals) if chosen is None else self.columns.clusters[chosen]
        if mention.gender == "relative":
            return self._antecedent(mention)
        if mention.kind == "group":
            return self._group_cluster(mention)
        if mention.kind == "nominal" and not mention.sources and not self._may_repeat(mention):
            return Cluster()
        chosen = self.choose(find_candidates(self.columns, number))
        if chosen is not None:
            return self.columns.clusters[chosen]
        return Cluster() if mention.kind == "nominal" else None

    def _may_repeat(self, nominal: Mention) -> bool:
        """Whether a nominal is definite and shares its noun with a role, a name or a nominal so far."""
        definite = DEFINITE.match(nominal.text) or OWNED.match(nominal.text)
        return bool(definite and self.columns.nominals.overlaps(nominal))

    def _likeliest_bearer(self, number: int, mention: Mention, rivals: list[Cluster]) -> Cluster:
        """The bearer of a shared name with most mentions, among those of the gender shown. The most recent gets a bonus."""
        last = next((cluster for _, cluster in reversed(self.recent) if cluster in rivals), None)
        shown = [cluster for cluster in rivals if mention.gender and cluster.gender == mention.gender] or rivals
        counts = [len(cluster.mentions) + RECENCY_BONUS * (cluster is last) for cluster in shown]
        self.name_chances[number] = {
            self.columns.number_of(cluster): count / sum(counts) for cluster, count in zip(shown, counts, strict=True)
        }
        return shown[counts.index(max(counts))]

    def _antecedent(self, mention: Mention) -> Cluster | None:
        """What "who" or "which" refers to: the nearest mention before it with a fitting type, else the nearest with any."""
        near = list[Cluster]()
        for one, cluster in reversed(self.recent):
            if one.sentence != mention.sentence or mention.start - one.end > MAX_RELATIVE_DISTANCE:
                break
            if one.end <= mention.start and not (mention.head == "who" and cluster.is_body and one.number != "plural"):
                near.append(cluster)
        kinds = IMPERSONAL if mention.head == "which" else (*PERSONAL, "group")
        return next((cluster for cluster in near if cluster.type in kinds), near[0] if near else None)

    def _group_cluster(self, mention: Mention) -> Cluster:
        """The cluster of a group: that of the same named parts, however they are written, else that of the same words."""
        numbers = [self.columns.number_at[part] for part in mention.parts]
        owners = [self.claims.get(self.mentions[number], ()) for number in numbers]
        named = frozenset(rivals[0] for rivals in owners if rivals)
        cluster = self.groups.setdefault(named if len(named) == len(numbers) > 0 else mention.text.lower(), Cluster())
        if numbers:
            self.parts.setdefault(cluster, numbers)
        return cluster


def _learn_genders(mentions: Iterable[Mention], claims: dict[Mention, list[Cluster]]) -> None:
    """Set a cluster's gender where "he" or "she" repeatedly follows it with no other candidate nearby."""
    votes = defaultdict[Cluster, Counter[str]](Counter)
    near = deque[tuple[Mention, Cluster | None]](maxlen=MAX_GENDER_CONTEXT)
    for mention in mentions:
        cluster = _only_antecedent(mention, near) if _is_he_or_she(mention) else _certain_owner(mention, claims)
        if _is_he_or_she(mention) and cluster is not None:
            votes[cluster][mention.gender or ""] += 1
        if _is_he_or_she(mention) or _may_be_antecedent(mention, claims.get(mention, ())):
            near.append((mention, cluster))
    for cluster, counts in votes.items():
        (gender, most), *rest = counts.most_common()
        if cluster.gender is None and (not rest or most > 2 * rest[0][1]):
            cluster.gender = gender


def _only_antecedent(pronoun: Mention, near: Iterable[tuple[Mention, Cluster | None]]) -> Cluster | None:
    """The only cluster, in this sentence and the one before, to which the pronoun's gender lets it refer. None if there are
    several, or if a mention there has an unknown cluster, such as "the woman" or an unresolved "she".
    """
    rivals = {
        cluster
        for one, cluster in near
        if pronoun.sentence - one.sentence < 2 and {one.gender, cluster and cluster.gender} <= {None, pronoun.gender}
    }
    return rivals.pop() if len(rivals) == 1 else None


def _is_he_or_she(mention: Mention) -> bool:
    return mention.kind == "pronoun" and mention.gender in GENDERS


def _may_be_antecedent(mention: Mention, owners: Sequence[Cluster]) -> bool:
    """Whether "he" or "she" may refer to the mention. An ent's type may be wrong, so a name that is a source may be a person's,
    unless its words show that it is not.
    """
    if mention.number == "plural" or mention.kind not in ("name", "acronym", "nominal"):
        return False
    if mention.kind == "nominal" or len(owners) != 1:
        return mention.type == "person"
    return owners[0].type in PERSONAL or (bool(mention.sources) and mention.kind == "name" and not owners[0].is_body)


def _certain_owner(mention: Mention, claims: dict[Mention, list[Cluster]]) -> Cluster | None:
    """The only cluster that a name can belong to. None inside quotation marks: "he" outside them is said by somebody else."""
    owners = claims.get(mention, [])
    return owners[0] if len(owners) == 1 and not mention.quoted else None
