"""Where an article may hold a claimed quote. In: a claim, an `Article` and its text. Out: the nearest `Passage`.

A passage is all fragments of one quote, so that a claim may run over what stands between them, or the whole text, since the words
may not be part of any quote.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from attribution.data import Article, Offsets, Quote, Span, Speaker
from attribution.verifying.agreement import agrees
from attribution.verifying.alignment import Alignment, Word, align, split_at_ellipses, split_words

MIN_SHARED = 0.4
"""The share of the claim's words that a quote must hold to be compared at all."""


@dataclass(frozen=True, slots=True)
class Claim:
    """The claim that someone, `speaker` if given, said `text`. `pieces`: its words, split at ellipses."""

    text: str
    pieces: Sequence[Sequence[Word]]
    speaker: str | None

    @classmethod
    def of(cls, text: str, speaker: str | None = None) -> Claim:
        """Build a claim from its text."""
        return cls(text, split_at_ellipses(text), speaker)

    @property
    def words(self) -> list[Word]:
        """All its words."""
        return [word for piece in self.pieces for word in piece]


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that the claim is compared with, the fragment number of each, and the quote that they belong to, if any."""

    words: Sequence[Word]
    fragments: Sequence[int]
    alignment: Alignment
    quote: Quote | None

    def spans(self, text: str, target: Offsets) -> tuple[Span, ...]:
        """Where a range of the words stands, one span per fragment."""
        runs = [list(run) for _, run in groupby(range(*target), key=lambda number: self.fragments[number])]
        return tuple(Span.of(text, (self.words[run[0]].start, self.words[run[-1]].end)) for run in runs)

    def claim_spans(self, text: str) -> tuple[Span, ...]:
        """Where the claim's words stand, without what its ellipses leave out."""
        runs = groupby(self.alignment.steps, key=lambda step: step.kind == "ellipsis")
        stretches = [list(run) for left_out, run in runs if not left_out]
        return tuple(span for run in stretches for span in self.spans(text, (run[0].target[0], run[-1].target[1])))


def nearest_passage(article: Article, text: str, claim: Claim) -> Passage:
    """The passage with exactly the claim's words, else the most similar. On a tie, the one by the claimed speaker wins, then the
    inner quote.
    """

    def rank(passage: Passage) -> tuple[bool, float, bool, bool, int]:
        quote, alignment = passage.quote, passage.alignment
        speaker = speaker_of(article, quote)
        agreed = speaker is not None and claim.speaker is not None and agrees(claim.speaker, speaker)
        return alignment.exact, round(alignment.similarity, 3), agreed, quote is not None, -_length(quote) if quote else 0

    return max([*_quote_passages(article, text, claim), _whole_text(article, text, claim)], key=rank)


def speaker_of(article: Article, quote: Quote | None) -> Speaker | None:
    """The speaker of a quote, if known."""
    id_ = quote.speaker.id if quote and quote.speaker else None
    return next((speaker for speaker in article.speakers if speaker.id == id_), None)


def _quote_passages(article: Article, text: str, claim: Claim) -> Iterator[Passage]:
    """A passage for each quote that holds enough of the claim's words."""
    claimed = Counter(word.key for word in claim.words)
    for quote in article.quotes:
        parts = [split_words(text, span.start, span.end) for span in quote.content]
        target = [word for part in parts for word in part]
        shared = claimed & Counter(word.key for word in target)
        if shared.total() >= MIN_SHARED * claimed.total():
            fragments = [number for number, part in enumerate(parts) for _ in part]
            yield Passage(target, fragments, align(claim.pieces, target), quote)


def _whole_text(article: Article, text: str, claim: Claim) -> Passage:
    """The whole text, with the shortest quote that holds more than half of the words found, if any."""
    target = split_words(text)
    passage = Passage(target, [0] * len(target), align(claim.pieces, target), None)
    found = passage.claim_spans(text)
    most = sum(span.end - span.start for span in found) / 2
    holding = (quote for quote in article.quotes if sum(_overlap(quote, span) for span in found) > most)
    return replace(passage, quote=min(holding, key=_length, default=None))


def _overlap(quote: Quote, span: Span) -> int:
    return sum(max(0, min(part.end, span.end) - max(part.start, span.start)) for part in quote.content)


def _length(quote: Quote) -> int:
    return sum(span.end - span.start for span in quote.content)
