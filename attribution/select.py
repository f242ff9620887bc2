"""Select what the caller asks for. In: an `Article` with every quote, its likeliest speaker and all candidates, and `Options`.
Out: a consistent `Article`: every speaker is involved in a quote, and every parent is present.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from attribution.data import Article, Context, Offsets, Quote, Speaker, SpeakerRef
from attribution.known import KnownSpeakers
from attribution.options import Options


def select(article: Article, options: Options, sentences: Sequence[Offsets] = ()) -> Article:
    """The article with the quotes that the options ask for. Speakers whom the caller knows as one are merged. Ids are renumbered
    without gaps. A quote whose parent is dropped has no parent. A speaker is dropped if they are no longer a speaker, relay,
    candidate or member of a group. `sentences` are the spans of the text's sentences, needed only for the context "sentence".
    """
    known = KnownSpeakers(options.known_speakers)
    article = known.merge(article)
    quotes = [_with_likely_speaker(quote, options) for quote in article.quotes if is_wanted(quote, options)]
    kept = {quote.id for quote in quotes}
    said = defaultdict(list)
    for quote in quotes:
        if quote.speaker:
            said[quote.speaker.id].append(quote.id)
    complete = tuple(
        replace(quote, parent=quote.parent if quote.parent in kept else None, context=_context(quote, options.context, sentences))
        for quote in quotes
    )
    speakers = [replace(speaker, quotes=tuple(said.get(speaker.id, ()))) for speaker in article.speakers]
    involved = {via.id for quote in quotes for via in quote.via} | {*said}
    involved |= {candidate.id for quote in quotes for candidate in quote.candidates}
    involved |= {member for speaker in speakers if speaker.id in involved for member in speaker.members}
    selected = tuple(_speaker(speaker, options, known) for speaker in speakers if speaker.id in involved)
    return _renumbered(replace(article, quotes=complete, speakers=selected))


def _renumbered(article: Article) -> Article:
    """The article with its quotes and speakers renumbered in order."""
    quotes = {quote.id: f"q{number}" for number, quote in enumerate(article.quotes, 1)}
    speakers: dict[str | None, str] = {speaker.id: f"s{number}" for number, speaker in enumerate(article.speakers, 1)}

    def quote(one: Quote) -> Quote:
        return replace(
            one,
            id=quotes[one.id],
            speaker=replace(one.speaker, id=speakers[one.speaker.id]) if one.speaker else None,
            candidates=tuple(replace(each, id=speakers[each.id]) for each in one.candidates),
            via=tuple(replace(each, id=speakers.get(each.id)) for each in one.via),
            parent=quotes[one.parent] if one.parent else None,
        )

    def speaker(one: Speaker) -> Speaker:
        said, members = tuple(quotes[each] for each in one.quotes), tuple(speakers[each] for each in one.members)
        return replace(one, id=speakers[one.id], quotes=said, members=members)

    return replace(article, quotes=tuple(map(quote, article.quotes)), speakers=tuple(map(speaker, article.speakers)))


def is_wanted(quote: Quote, options: Options) -> bool:
    """Whether the options ask for the quote."""
    kinds = {"statement": True, "attitude": options.attitudes, "topic": options.topics}
    act = quote.verb.act if quote.verb else None
    return (
        kinds[quote.kind]
        and quote.confidence >= options.min_confidence
        and (options.types is None or quote.type in options.types)
        and (options.acts is None or act in options.acts)
    )


def _with_likely_speaker(quote: Quote, options: Options) -> Quote:
    """The quote with its speaker, or, if they are not probable enough, with the candidates instead."""
    speaker = quote.speaker
    if speaker is None and quote.candidates and not options.min_speaker_probability:
        speaker = _likeliest(quote)
    if speaker is not None and speaker.probability >= options.min_speaker_probability:
        return replace(quote, speaker=speaker, candidates=())
    return replace(quote, speaker=None)


def _likeliest(quote: Quote) -> SpeakerRef:
    """The likeliest candidate for a quote that probably has no speaker in the article."""
    first = quote.candidates[0]
    evidence = "nominal" if quote.source else "implicit" if quote.verb else "continued"
    return SpeakerRef(first.id, first.name, evidence, first.probability)


def _context(quote: Quote, kind: str, sentences: Sequence[Offsets]) -> Context | None:
    """The context of this kind; "sentence" means the sentences with the quote's first fragment, its verb and its source."""
    paragraph = quote.context
    if kind == "none" or paragraph is None:
        return None
    if kind == "paragraph":
        return paragraph
    spans = [span for span in (quote.content[0], quote.verb, quote.source) if span is not None]
    first = bisect_right(sentences, min(span.start for span in spans), key=lambda sentence: sentence[1])
    last = bisect_left(sentences, max(span.end for span in spans), key=lambda sentence: sentence[0]) - 1
    start, end = max(paragraph.start, sentences[first][0]), min(paragraph.end, sentences[last][1])
    return Context(paragraph.paragraph, start, end, paragraph.text[start - paragraph.start : end - paragraph.start])


def _speaker(speaker: Speaker, options: Options, known: KnownSpeakers) -> Speaker:
    mentions = speaker.mentions if "mentions" in options.include else ()
    return replace(speaker, mentions=mentions, known_id=known.id_of(speaker))
