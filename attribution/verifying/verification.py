"""Is this quote in this article, word for word, by this person? In: an `Article` with every quote, its text, and a claim. Out: a
`Verification`: whether and where the words are there, what was changed, and who says them.

The verdict is about the words, and certain. The speaker is what the pipeline found. This module reads no files and loads no
model.
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
from attribution.verifying.alignment import Step, Word, split_words
from attribution.verifying.passages import Claim, Passage, nearest_passage, speaker_of

MIN_ALTERED, MIN_ALTERED_UNQUOTED = 0.6, 0.8
"""The least similarity of altered words to a quote, and to text outside of quotes."""
MIN_PARAPHRASED = 0.55
"""The least similarity of the content words."""
SURE = 0.8
"""From this probability on, the speaker is compared with the claimed one."""


def verify(article: Article, text: str, quote: str, speaker: str | None = None) -> Verification:
    """Check the claim that someone, the speaker if given, said the quote in the article. Offsets are code points."""
    claim = Claim.of(quote, speaker)
    if not claim.pieces:
        raise TextError("the quote holds no words: send the words to look for")
    best = nearest_passage(article, text, claim)
    found, similarity = best.claim_spans(text), best.alignment.similarity
    if best.alignment.exact:
        return _with_alignment(article, text, claim, best, "verbatim")
    near = similarity >= (MIN_ALTERED if best.quote else MIN_ALTERED_UNQUOTED)
    own = best.quote is None or best.quote.type == "direct" or is_marked(text, found)
    if near and own:
        return _with_alignment(article, text, claim, best, "altered")
    likeness, reported = _best_paraphrase(article, claim)
    if near and similarity > likeness:
        likeness, reported = similarity, best.quote
    return _build(article, claim, reported, "paraphrase" if reported else "absent", likeness)


def is_marked(text: str, spans: Iterable[Span]) -> bool:
    """Whether all spans stand inside quotation marks."""
    inner = [stretch.inner for stretch in parse_layout(text).stretches]
    return all(any(start <= span.start and span.end <= end for start, end in inner) for span in spans)


def is_sure(quote: Quote) -> bool:
    """Whether the speaker of a quote is probable enough to compare."""
    return quote.speaker is not None and quote.speaker.probability >= SURE


def _best_paraphrase(article: Article, claim: Claim) -> tuple[float, Quote | None]:
    """The similarity and the indirect or mixed quote closest in meaning to the claim; (0, None) if none is close enough."""
    claimed = _content_words(claim.words)
    reported = (quote for quote in article.quotes if quote.type != "direct")
    scored = [(token_sort_ratio(claimed, _content_words(split_words(quote.text))) / 100, quote) for quote in reported]
    return max((pair for pair in scored if pair[0] >= MIN_PARAPHRASED), key=lambda pair: pair[0], default=(0.0, None))


def _content_words(words: Iterable[Word]) -> str:
    """The words except function words, or all words if there are no others."""
    keys = [word.key.lower() for word in words]
    return " ".join([key for key in keys if key not in STOP_WORDS] or keys)


def _with_alignment(article: Article, text: str, claim: Claim, best: Passage, verdict: str) -> Verification:
    """The verification of words that are there, exactly or nearly, with the steps from the claim to them."""
    found, words = best.claim_spans(text), claim.words
    difference = tuple(
        Difference(step.kind, _claim_words(claim.text, words, step), best.spans(text, step.target))
        for step in best.alignment.steps
    )
    return replace(
        _build(article, claim, best.quote, verdict, best.alignment.similarity),
        marked=is_marked(text, found),
        found=found,
        difference=difference,
        left_out=tuple(span for step in difference if step.kind in ("left_out", "ellipsis") for span in step.article),
    )


def _claim_words(claim: str, words: Sequence[Word], step: Step) -> str | None:
    """The claim's words in a step, as sent."""
    start, end = step.claim
    return claim[words[start].start : words[end - 1].end] if start < end else None


def _build(article: Article, claim: Claim, quote: Quote | None, verdict: str, similarity: float) -> Verification:
    """A verification that points to a whole quote, if any, and its speaker."""
    speaker = speaker_of(article, quote)
    comparable = quote is not None and is_sure(quote)
    agreed = agrees(claim.speaker, speaker) if comparable and speaker and claim.speaker is not None else None
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
        speaker=replace(speaker, members=(), mentions=(), quotes=(quote.id,)) if speaker and quote else None,
        speaker_agrees=agreed,
        text=article.text,
        warnings=article.warnings,
    )
