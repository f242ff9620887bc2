"""Chains without annotators: whom "the Vermont senator" is, as the roles at names in other articles tell.

In: articles, and the pipeline up to its quotes. Out: `Chained` texts, each with what it counts. In some a nominal that speaks
fits just one of those named so far, by all roles that stand at his name anywhere. In others "Health Secretary Ann Lee", whom the
article had not named, gives way to "the Health secretary", who then is nobody named so far. So the ranker learns where somebody
stands who is called what the article has not said of him.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from spacy.language import Language

from attribution.resolving.lexicon import DETERMINERS, LINKS, POSSESSIVES
from attribution.resolving.mentions import Mention, find_mentions
from attribution.resolving.names import WORD, Cluster, cluster_names, fullest
from attribution.resolving.nominals import content, is_epithet
from attribution.resolving.roles import role_heads
from training.corpora.chains import Chained
from training.corpora.records import Article, Offsets
from training.disguise import OPENS

CALLED, NEW = 3.0, 0.4
"""What an example of either kind counts; there are nine times as many newcomers."""
LEAST = 0.02
"""Of the roles at a name the share that must say a word: a rarer one may be somebody else's."""
NOBODY = "nobody named so far"

Chains = list[tuple[Offsets, str]]


class Read(NamedTuple):
    """An article, its mentions, and the persons whom it names in full, by that name."""

    article: Article
    mentions: Sequence[Mention]
    named: dict[str, Cluster]


@dataclass
class Known:
    """What the roles at a name say: how often each noun that they are about, and each of their words."""

    heads: Counter[str] = field(default_factory=Counter)
    words: Counter[str] = field(default_factory=Counter)

    def note(self, role: str) -> None:
        """Keep a role in mind."""
        self.heads.update(role_heads(role))
        self.words.update(set(WORD.findall(role.lower())))

    def fits(self, mention: Mention) -> bool:
        """Whether the words of a nominal are all often said of him."""
        least = LEAST * self.heads.total()
        return self.heads[mention.head] > least and all(self.words[word] > least for word in content(mention.text)[0])


def epithets(articles: Iterable[Article], nlp: Language) -> Iterator[tuple[Chained, float]]:
    """The articles that call somebody by what he is elsewhere, and those in which a role can stand for a newcomer, with what each
    counts.
    """
    read = [_read(article, nlp) for article in articles]
    known = defaultdict[str, Known](Known)
    for _, _, named in read:
        for name, cluster in named.items():
            for role in cluster.roles:
                known[name].note(role)
    for one in read:
        if called := list(_called(one, known)):
            yield _chained(one, one.article.text, called, _names(one.named)), CALLED
        if newcomers := list(_newcomers(one)):
            yield _changed(one, newcomers), NEW


def _read(article: Article, nlp: Language) -> Read:
    doc = nlp(article.text)
    mentions = find_mentions(doc, doc._.quotes)
    persons = [cluster for cluster in cluster_names(mentions)[1] if cluster.type == "person" and not cluster.is_body]
    names = {fullest(cluster.mentions): cluster for cluster in persons if cluster.mentions}
    return Read(article, mentions, {name: cluster for name, cluster in names.items() if " " in name})


def _called(read: Read, known: dict[str, Known]) -> Iterator[tuple[Offsets, str]]:
    """The nominals that speak and that fit one alone of those named before, with his name."""
    for mention in read.mentions:
        if is_epithet(mention) and mention.sources:
            before = (name for name, cluster in read.named.items() if any(one.end <= mention.start for one in cluster.mentions))
            fits = [name for name in before if known[name].fits(mention)]
            if len(fits) == 1:
                yield (mention.start, mention.end), fits[0]


def _newcomers(read: Read) -> Iterator[tuple[Offsets, str]]:
    """Where somebody first speaks with his role of several words before his name, and what can stand for both."""
    text = read.article.text
    for cluster in read.named.values():
        first = min(cluster.mentions, key=lambda one: one.start)
        words = first.role.split() if first.role else []
        start = text.rfind(first.role or "", 0, first.start)
        whole = text[start : first.start].rstrip() == first.role and (start, first.end) in first.sources
        if whole and len(words) > 1 and words[0].lower() not in DETERMINERS | POSSESSIVES and LINKS.isdisjoint(words):
            article = "The" if OPENS.search(text[:start]) else "the"
            yield (start, first.end), " ".join([article, *words[:-1], words[-1].lower()])


def _changed(read: Read, newcomers: Sequence[tuple[Offsets, str]]) -> Chained:
    """The article with other words for its newcomers, who are nobody of those named."""
    text, done, asked, names = "", 0, Chains(), Chains()
    left = sorted(one for one in _names(read.named) if not any(start <= one[0][0] < end for (start, end), _ in newcomers))
    for (start, end), words in sorted(newcomers):
        while left and left[0][0][1] <= start:
            names.append(_moved(left.pop(0), len(text) - done))
        text += read.article.text[done:start] + words
        asked.append(((len(text) - len(words), len(text)), f"{NOBODY} {start}"))
        done = end
    names += [_moved(one, len(text) - done) for one in left]
    return _chained(read, text + read.article.text[done:], asked, names)


def _moved(name: tuple[Offsets, str], by: int) -> tuple[Offsets, str]:
    (start, end), chain = name
    return (start + by, end + by), chain


def _names(named: dict[str, Cluster]) -> Chains:
    return [((one.start, one.end), name) for name, cluster in named.items() for one in cluster.mentions]


def _chained(read: Read, text: str, asked: Chains, names: Chains) -> Chained:
    spans = frozenset(span for span, _ in asked)
    return Chained(f"{read.article.id} epithets", text, (*asked, *names), whole=False, asked=spans)
