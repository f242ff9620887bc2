"""Is this quote in this article, word for word, by this person? In: an `Article` with every quote, its text, and a claim. Out: a
`Verification`: how the words are there, where, what was changed, who says them there.

The verdict is about the words, and certain; who says them is what the pipeline found. It reads nothing and loads nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from rapidfuzz.fuzz import token_sort_ratio
from spacy.lang.en.stop_words import STOP_WORDS

from attribution.data import Article, Difference, Quote, Span, Verification
from attribution.errors import TextError
from attribution.text.marks import parse_layout
from attribution.verifying.agreement import agrees
from attribution.verifying.alignment import Step, Word, words
from attribution.verifying.passages import Candidate, Claim, nearest, speaker_of

LEAST_ALTERED, LEAST_NOBODYS = 0.6, 0.8
"""How alike altered words must be to a quote, and to what nobody says."""
LEAST_PARAPHRASED = 0.55
"""How alike the words with a meaning must be."""
SURE = 0.8
"""From which probability on the speaker is compared with the one who is named."""


def verify(article: Article, text: str, quote: str, speaker: str | None = None) -> Verification:
    """What the article says of the claim that somebody (the speaker, if one is named) said the quote. Offsets are code points."""
    claim = Claim.of(quote, speaker)
    if not claim.pieces:
        raise TextError("the quote holds no words: send the words to look for")
    best = nearest(article, text, claim)
    found, similarity = best.found(text), best.alignment.similarity
    if best.alignment.exact:
        return _aligned(article, text, claim, best, "verbatim")
    near = similarity >= (LEAST_ALTERED if best.quote else LEAST_NOBODYS)
    own = best.quote is None or best.quote.type == "direct" or is_marked(text, found)
    if near and own:
        return _aligned(article, text, claim, best, "altered")
    likeness, reported = _paraphrase(article, claim)
    if near and similarity > likeness:
        likeness, reported = similarity, best.quote
    return _of(article, claim, reported, "paraphrase" if reported else "absent", likeness)


def is_marked(text: str, spans: Iterable[Span]) -> bool:
    """Whether all of them stand inside quotation marks."""
    inner = [stretch.inner for stretch in parse_layout(text).stretches]
    return all(any(start <= span.start and span.end <= end for start, end in inner) for span in spans)


def is_sure(quote: Quote) -> bool:
    """Whether there is little doubt about who says a quote."""
    return quote.speaker is not None and quote.speaker.probability >= SURE


def _paraphrase(article: Article, claim: Claim) -> tuple[float, Quote | None]:
    """The indirect or mixed quote with the meaning most like the claim's, and how alike they are; none is below the least."""
    meant = _meaning(claim.words)
    reported = (quote for quote in article.quotes if quote.type != "direct")
    alike = [(token_sort_ratio(meant, _meaning(words(quote.text))) / 100, quote) for quote in reported]
    return max((one for one in alike if one[0] >= LEAST_PARAPHRASED), key=lambda one: one[0], default=(0.0, None))


def _meaning(spoken: Iterable[Word]) -> str:
    """The words that are no function words, or all if all are."""
    keys = [word.key.lower() for word in spoken]
    return " ".join([word for word in keys if word not in STOP_WORDS] or keys)


def _aligned(article: Article, text: str, claim: Claim, best: Candidate, verdict: str) -> Verification:
    """The verification of words that are there, or nearly so: with the way from the claim to them."""
    found, flat = best.found(text), claim.words
    way = tuple(
        Difference(step.kind, _said(claim.text, flat, step), best.spans(text, step.target)) for step in best.alignment.steps
    )
    return replace(
        _of(article, claim, best.quote, verdict, best.alignment.similarity),
        marked=is_marked(text, found),
        found=found,
        difference=way,
        left_out=tuple(span for one in way if one.kind in ("left_out", "ellipsis") for span in one.article),
    )


def _said(claim: str, flat: Sequence[Word], step: Step) -> str | None:
    """The words of the claim in a step, as they were sent."""
    start, end = step.claim
    return claim[flat[start].start : flat[end - 1].end] if start < end else None


def _of(article: Article, claim: Claim, quote: Quote | None, verdict: str, similarity: float) -> Verification:
    """The verification that names a quote as a whole, if any, and who says it."""
    who = speaker_of(article, quote)
    compared = who if quote and is_sure(quote) and claim.speaker is not None else None
    return Verification(
        id=article.id,
        offset_unit=article.offset_unit,
        model=article.model,
        verdict=verdict,
        similarity=round(similarity, 3),
        marked=False,
        found=quote.content if quote else (),
        difference=(),
        left_out=(),
        quote=quote,
        speaker=replace(who, members=(), mentions=(), quotes=(quote.id,)) if who and quote else None,
        speaker_agrees=agrees(claim.speaker or "", compared) if compared else None,
        text=article.text,
    )
