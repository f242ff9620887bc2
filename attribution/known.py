"""Match speakers with those the caller knows. In: the `known_speakers` of a request, and an `Article`. Out: the caller's id for a
speaker, and the article with speakers merged whom the caller knows as one.

It reports progress to `watch` for each known speaker: there may be thousands, and their time counts as the article's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from attribution.data import Article, Candidate, Quote, Speaker
from attribution.options import KnownSpeaker
from attribution.watch import report_done


class KnownSpeakers:
    """An index of the speakers that a caller knows, by their names."""

    def __init__(self, known: Iterable[KnownSpeaker]) -> None:
        self._ids_by_name: dict[str, set[str]] = defaultdict(set)
        self._ids_by_any_name: dict[str, set[str]] = defaultdict(set)
        for one in known:
            self._ids_by_name[_folded(one.name)].add(one.id)
            for name in (one.name, *one.aliases):
                self._ids_by_any_name[_folded(name)].add(one.id)
            report_done("known")

    def id_of(self, speaker: Speaker) -> str | None:
        """The caller's id for a speaker: that of the only known speaker with the same name, or else the only one sharing any
        name.
        """
        return self._unique_id(speaker.name, speaker.aliases)

    def merge(self, article: Article) -> Article:
        """The article with speakers merged whose names belong to one known speaker. Sharing an alias is not enough: two people in
        one article may be called Lee.
        """
        same = defaultdict[str, list[Speaker]](list)
        for speaker in article.speakers if self._ids_by_any_name else ():
            if id_ := self._unique_id(speaker.name):
                same[id_].append(speaker)
            report_done("known")
        into: dict[str | None, Speaker] = {}
        for speakers in same.values():
            if len(speakers) > 1:
                merged = _merged(speakers)
                into |= {each.id: merged for each in speakers}
        return _replace_speakers(article, into) if into else article

    def _unique_id(self, name: str, others: Iterable[str] = ()) -> str | None:
        same = self._ids_by_name.get(_folded(name), set())
        ids = same or {id_ for each in (name, *others) for id_ in self._ids_by_any_name.get(_folded(each), ())}
        return next(iter(ids)) if len(ids) == 1 else None


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def _merged(speakers: Sequence[Speaker]) -> Speaker:
    """Merge speakers into one, with the longest of their names and the id of the first."""
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


def _replace_speakers(article: Article, into: Mapping[str | None, Speaker]) -> Article:
    """The article with each speaker replaced by the merged one."""
    speakers = {}
    for speaker in article.speakers:
        merged = into.get(speaker.id, speaker)
        members = dict.fromkeys(into[each].id if each in into else each for each in merged.members)
        speakers[merged.id] = replace(merged, members=tuple(members))
    quotes = tuple(_replace_in_quote(quote, into) for quote in article.quotes)
    return replace(article, quotes=quotes, speakers=tuple(speakers.values()))


def _replace_in_quote(quote: Quote, into: Mapping[str | None, Speaker]) -> Quote:
    """The quote with its speaker, candidates and relays replaced. The probabilities of merged candidates are added."""
    candidates: dict[str, Candidate] = {}
    for one in quote.candidates:
        merged = into.get(one.id, one)
        before = candidates[merged.id].probability if merged.id in candidates else 0.0
        candidates[merged.id] = Candidate(merged.id, merged.name, round(min(1.0, before + one.probability), 3))
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
