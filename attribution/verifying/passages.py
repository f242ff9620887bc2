"""Where a claimed quote may be in an article. In: a claim, an `Article` and its text. Out: the `Candidate` that comes nearest.

A quote's words are those of all its fragments, so that a claim may run over what stands between them. The whole text is a
candidate too: the words may be in nobody's mouth.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from attribution.data import Article, Offsets, Quote, Span, Speaker
from attribution.verifying.agreement import agrees
from attribution.verifying.alignment import Alignment, Word, align, pieces, words

LEAST_SHARED = 0.4
"""Which share of the claim's words a quote must have to be compared with it at all."""


@dataclass(frozen=True, slots=True)
class Claim:
    """That somebody, the `speaker` if one is named, said what `text` says; `pieces` are its words, cut at its ellipses."""

    text: str
    pieces: Sequence[Sequence[Word]]
    speaker: str | None

    @classmethod
    def of(cls, text: str, speaker: str | None = None) -> Claim:
        """The claim that somebody said this."""
        return cls(text, pieces(text), speaker)

    @property
    def words(self) -> list[Word]:
        """All its words."""
        return [word for piece in self.pieces for word in piece]


@dataclass(frozen=True, slots=True)
class Candidate:
    """What the claim was held against: words, each of the fragment with its number, and the quote that they are of, if any."""

    words: Sequence[Word]
    fragments: Sequence[int]
    alignment: Alignment
    quote: Quote | None

    def spans(self, text: str, target: Offsets) -> tuple[Span, ...]:
        """Where some of the words stand, fragment by fragment."""
        runs = [list(run) for _, run in groupby(range(*target), key=lambda number: self.fragments[number])]
        return tuple(Span.of(text, (self.words[run[0]].start, self.words[run[-1]].end)) for run in runs)

    def found(self, text: str) -> tuple[Span, ...]:
        """Where the claim's words stand, without what an ellipsis stands for."""
        runs = groupby(self.alignment.steps, key=lambda step: step.kind == "ellipsis")
        stretches = [list(run) for left_out, run in runs if not left_out]
        return tuple(span for run in stretches for span in self.spans(text, (run[0].target[0], run[-1].target[1])))


def nearest(article: Article, text: str, claim: Claim) -> Candidate:
    """The candidate with the claim's very words, or else the most alike; of two as near, the one by the speaker named, or else
    the inner one.
    """

    def rank(candidate: Candidate) -> tuple[bool, float, bool, bool, int]:
        quote, alignment = candidate.quote, candidate.alignment
        who = speaker_of(article, quote)
        agreed = who is not None and claim.speaker is not None and agrees(claim.speaker, who)
        return alignment.exact, round(alignment.similarity, 3), agreed, quote is not None, -_size(quote) if quote else 0

    return max([*_quotes(article, text, claim), _whole(article, text, claim)], key=rank)


def speaker_of(article: Article, quote: Quote | None) -> Speaker | None:
    """Who says a quote, if the article tells."""
    id_ = quote.speaker.id if quote and quote.speaker else None
    return next((speaker for speaker in article.speakers if speaker.id == id_), None)


def _quotes(article: Article, text: str, claim: Claim) -> Iterator[Candidate]:
    """The quotes that have enough of the claim's words."""
    claimed = Counter(word.key for word in claim.words)
    for quote in article.quotes:
        parts = [words(text, span.start, span.end) for span in quote.content]
        target = [word for part in parts for word in part]
        shared = claimed & Counter(word.key for word in target)
        if shared.total() >= LEAST_SHARED * claimed.total():
            fragments = [number for number, part in enumerate(parts) for _ in part]
            yield Candidate(target, fragments, align(claim.pieces, target), quote)


def _whole(article: Article, text: str, claim: Claim) -> Candidate:
    """The whole text, with the quote that holds more than half of what is found in it, if one does."""
    target = words(text)
    nobodys = Candidate(target, [0] * len(target), align(claim.pieces, target), None)
    found = nobodys.found(text)
    most = sum(span.end - span.start for span in found) / 2
    holding = (quote for quote in article.quotes if sum(_shared(quote, span) for span in found) > most)
    return Candidate(target, nobodys.fragments, nobodys.alignment, min(holding, key=_size, default=None))


def _shared(quote: Quote, span: Span) -> int:
    return sum(max(0, min(part.end, span.end) - max(part.start, span.start)) for part in quote.content)


def _size(quote: Quote) -> int:
    return sum(span.end - span.start for span in quote.content)
