"""Whom of an article's speakers a caller knows. In: the `known_speakers` of a request, and an `Article`. Out: the caller's id for
a speaker, and the article with everybody whom the caller knows by two names as one speaker.

It tells `watch` of every one that it has looked at: there may be thousands, and the time that they take is the article's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from attribution.data import Article, Candidate, Quote, Speaker
from attribution.options import KnownSpeaker
from attribution.watch import done


class Known:
    """Whom a caller knows, by their names: each name is looked at once, however many speakers there are."""

    def __init__(self, known: Iterable[KnownSpeaker]) -> None:
        self._named: dict[str, set[str]] = defaultdict(set)
        self._called: dict[str, set[str]] = defaultdict(set)
        for one in known:
            self._named[_folded(one.name)].add(one.id)
            for name in (one.name, *one.aliases):
                self._called[_folded(name)].add(one.id)
            done("known")

    def recognise(self, speaker: Speaker) -> str | None:
        """The caller's id for the speaker: of the one with just the speaker's name, or else the only one who shares any name."""
        return self._only(speaker.name, speaker.aliases)

    def joined(self, article: Article) -> Article:
        """The article, in which speakers whose names are those of one known person are one speaker. Another name that they share
        does not make them one: two in one article may be called Lee.
        """
        same = defaultdict[str, list[Speaker]](list)
        for speaker in article.speakers if self._called else ():
            if id_ := self._only(speaker.name):
                same[id_].append(speaker)
            done("known")
        into: dict[str | None, Speaker] = {}
        for speakers in same.values():
            if len(speakers) > 1:
                whole = _one(speakers)
                into |= {each.id: whole for each in speakers}
        return _joined(article, into) if into else article

    def _only(self, name: str, others: Iterable[str] = ()) -> str | None:
        same = self._named.get(_folded(name), set())
        ids = same or {id_ for each in (name, *others) for id_ in self._called.get(_folded(each), ())}
        return next(iter(ids)) if len(ids) == 1 else None


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def _one(speakers: Sequence[Speaker]) -> Speaker:
    """Some speakers as one, by the fullest of their names, under the id of the first."""
    name = max((each.name for each in speakers), key=len)
    names = dict.fromkeys(other for each in speakers for other in (each.name, *each.aliases) if other != name)
    return replace(
        speakers[0],
        name=name,
        type=next((each.type for each in speakers if each.type != "unknown"), "unknown"),
        role=next((each.role for each in speakers if each.role is not None), None),
        aliases=tuple(names),
        members=tuple(dict.fromkeys(member for each in speakers for member in each.members)),
        mentions=tuple(sorted({span for each in speakers for span in each.mentions}, key=lambda span: (span.start, span.end))),
        quotes=tuple(quote for each in speakers for quote in each.quotes),
    )


def _joined(article: Article, into: Mapping[str | None, Speaker]) -> Article:
    """The article with each speaker replaced by whom they are part of."""
    speakers = {}
    for speaker in article.speakers:
        whole = into.get(speaker.id, speaker)
        members = dict.fromkeys(into[each].id if each in into else each for each in whole.members)
        speakers[whole.id] = replace(whole, members=tuple(members))
    return replace(article, quotes=tuple(_said(quote, into) for quote in article.quotes), speakers=tuple(speakers.values()))


def _said(quote: Quote, into: Mapping[str | None, Speaker]) -> Quote:
    """The quote with those who may say it and who pass it on so replaced; who was two candidates is as probable as both."""
    candidates: dict[str, Candidate] = {}
    for one in quote.candidates:
        whole = into.get(one.id, one)
        before = candidates[whole.id].probability if whole.id in candidates else 0.0
        candidates[whole.id] = Candidate(whole.id, whole.name, round(min(1.0, before + one.probability), 3))
    speaker = quote.speaker
    if speaker is not None and (said := into.get(speaker.id)):
        probability = max(speaker.probability, candidates[said.id].probability if said.id in candidates else 0.0)
        speaker = replace(speaker, id=said.id, name=said.name, probability=probability)
    return replace(
        quote,
        speaker=speaker,
        candidates=tuple(sorted(candidates.values(), key=lambda candidate: -candidate.probability)),
        via=tuple(replace(via, id=into[via.id].id, name=into[via.id].name) if via.id in into else via for via in quote.via),
    )
