"""The table of contents: the steps that a text goes through, in order. In: a text. Out: an `Article`.

    tokens, sentences   spaCy's tokenizer and sentencizer; none of its trained models is used
    tagger              windows → network → attributions and names
    quotes, verbs       marks, fragments, types; lemma and act
    mentions, coreference, speakers   who is who; who said it

`build_pipeline` assembles the untrained pipeline, `load` loads the trained one that the library ships, and `extract` runs it on
one text and returns what the caller asks for (`options`, `select`, `units`).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from attribution import seal
from attribution.data import Article, Model, Offsets, Verification
from attribution.errors import ModelError
from attribution.memory import Zone
from attribution.options import DEFAULT_INCLUDE, DEFAULT_SPEAKER_PROBABILITY, KnownSpeaker, Options
from attribution.resolving import page
from attribution.select import select
from attribution.shipped import DIRECTORY
from attribution.text import intake, lines, tokens, units
from attribution.text import language as languages
from attribution.text.html import ArticleText
from attribution.verifying.verification import verify as verification_of

STEPS = ("tagger", "quotes", "verbs", "mentions", "coreference", "speakers")
MEMORY_ZONE = Zone()
"""Frees the words that spaCy caches while texts are read, in any number of threads."""


def build_pipeline() -> Language:
    """The untrained pipeline."""
    nlp = spacy.blank("en")
    nlp.max_length = intake.MAX_CHARACTERS
    nlp.add_pipe("sentencizer")
    for step in STEPS:
        nlp.add_pipe(f"attribution_{step}", name=step)
    return nlp


@cache
def load() -> Language:
    """The trained pipeline: a spaCy `Language` whose Docs have `doc._.quotes` and `doc._.speakers`. Loaded once per process."""
    if not (DIRECTORY / "config.cfg").exists():
        raise ModelError(f"there is no trained pipeline in {DIRECTORY}: write one with `python -m training export`")
    seal.check(DIRECTORY)
    nlp = spacy.load(DIRECTORY)
    nlp.max_length = intake.MAX_CHARACTERS
    return nlp


def extract(
    text: str | None = None,
    *,
    html: str | None = None,
    article_id: str | None = None,
    attitudes: bool = False,
    topics: bool = False,
    min_confidence: float = 0.0,
    min_speaker_probability: float = DEFAULT_SPEAKER_PROBABILITY,
    types: Collection[str] | None = None,
    acts: Collection[str] | None = None,
    context: str = "paragraph",
    offset_unit: str = "codepoint",
    known_speakers: Sequence[KnownSpeaker] = (),
    include: Collection[str] = DEFAULT_INCLUDE,
    language: str | None = None,
) -> Article:
    """Extract every quotation from an English news article.

    text: the article, up to a million code points; offsets point into it as it is. html: a page or a fragment instead; offsets
    then point into the answer's `text`. article_id: returned as the answer's `id`. The other options are those of
    `attribution.options.Options`, and of a request. Raises TextError for a text that cannot be read, LanguageError for one that
    is not English, and OptionError for an invalid option.
    """
    options = Options(
        attitudes=attitudes,
        topics=topics,
        min_confidence=min_confidence,
        types=types,
        acts=acts,
        context=context,
        offset_unit=offset_unit,
        known_speakers=known_speakers,
        include=("text", *include) if html is not None else include,
        language=language,
        min_speaker_probability=min_speaker_probability,
    )
    return extract_article(intake.article_text(text, html), options, article_id=article_id)


def verify(
    quote: str,
    text: str | None = None,
    *,
    html: str | None = None,
    speaker: str | None = None,
    article_id: str | None = None,
    offset_unit: str = "codepoint",
    include: Collection[str] = (),
    language: str | None = None,
    min_speaker_probability: float = DEFAULT_SPEAKER_PROBABILITY,
) -> Verification:
    """Check whether a quote is in an article word for word, what differs, who says it there, and whether that is the given
    `speaker`. The article, the options and the errors are those of `extract`.
    """
    given = intake.article_text(text, html)
    options = Options(
        attitudes=True,
        topics=True,
        offset_unit=offset_unit,
        include=("text", *include) if html is not None else include,
        language=language,
        min_speaker_probability=min_speaker_probability,
    )
    article = extract_article(given, replace(options, offset_unit="codepoint"), article_id=article_id)
    verification = replace(verification_of(article, given.text, quote, speaker), offset_unit=offset_unit)
    return units.convert(verification, given.text, offset_unit)


def extract_article(given: ArticleText, options: Options, *, article_id: str | None = None) -> Article:
    """Extract what the options ask for from a text. Raises what `intake.check_text` raises, and LanguageError."""
    intake.check_text(given.text)
    warnings = (*given.warnings, *languages.check(given.text, options.language))
    nlp = load()
    with MEMORY_ZONE(nlp, len(given.text)):
        article = annotate(nlp, given.text, options, article_id=article_id)
    return replace(article, warnings=warnings)


def annotate(nlp: Language, text: str, options: Options, *, article_id: str | None = None) -> Article:
    """Run any pipeline on a text, which is not checked, and build the article."""
    doc = nlp(tokens.tokenize(nlp, text))
    return build_article(doc, model_of(nlp), options, text=text, article_id=article_id)


def build_article(doc: Doc, model: Model, options: Options, *, text: str, article_id: str | None = None) -> Article:
    """Build the article from a Doc's annotations, according to the options, with the words of the text as received."""
    everything = Article(article_id, options.offset_unit, model, doc._.quotes, doc._.speakers)
    article = select(everything, options, sentence_spans(doc) if options.context == "sentence" else ())
    if text != doc.text:
        article = lines.restore(article, text)
    if "text" in options.include:
        article = replace(article, text=text)
    return units.convert(article, text, options.offset_unit)


def sentence_spans(doc: Doc) -> list[Offsets]:
    """The start and end of each sentence of a Doc, including its opening marks."""
    numbers = page.sentence_numbers(doc)
    starts = [_with_opening_marks(doc, i) for i in range(len(doc)) if i == 0 or numbers[i] != numbers[i - 1]]
    return [(doc[start].idx, doc[start:end].end_char) for start, end in pairwise([*starts, len(doc)])]


def _with_opening_marks(doc: Doc, start: int) -> int:
    """Move a sentence start before its opening marks, which the sentencizer leaves in the sentence before."""
    first = start
    while first and doc[first - 1].is_punct and not doc[first - 1].whitespace_:
        first -= 1
    return first if first and (doc[first - 1].whitespace_ or doc[first - 1].is_space) else start


def model_of(nlp: Language) -> Model:
    """The name and version of a trained pipeline."""
    return Model(nlp.meta["name"], nlp.meta["version"])


def trained() -> Model:
    """The name and version of the trained pipeline that the library ships. Loads the pipeline."""
    return model_of(load())
