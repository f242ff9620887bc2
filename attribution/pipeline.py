"""The table of contents: a text goes through these steps in this order. In: a text. Out: an `Article`.

    tokens, sentences   spaCy's tokenizer and sentencizer: no more is needed of it
    tagger              windows → network → attributions and names
    quotes, verbs       marks, fragments, types; lemma and act
    mentions, coreference, speakers   who is who; who said it

`build` joins the untrained parts, `load` reads the trained pipeline that the library ships, `extract` runs it on one text and
gives of what it finds what the caller asked for (`options`, `select`, `units`).
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
from attribution.errors import ModelError, TextError
from attribution.memory import Zone
from attribution.options import INCLUDED, PROBABLE_SPEAKER, KnownSpeaker, Options
from attribution.resolving import page
from attribution.select import select
from attribution.shipped import DIRECTORY
from attribution.text import html as pages
from attribution.text import language as languages
from attribution.text import lines, tokens, units
from attribution.verifying.verification import verify as verification_of

STEPS = ("tagger", "quotes", "verbs", "mentions", "coreference", "speakers")
LONGEST = 1_000_000
"""Code points a text may hold."""
READING = Zone()
"""Texts may be read in several threads at once; what spaCy remembers of their words is forgotten."""


def build() -> Language:
    """The pipeline without its training."""
    nlp = spacy.blank("en")
    nlp.max_length = LONGEST
    nlp.add_pipe("sentencizer")
    for step in STEPS:
        nlp.add_pipe(f"attribution_{step}", name=step)
    return nlp


@cache
def load() -> Language:
    """The trained pipeline: a spaCy `Language` whose Docs carry `doc._.quotes` and `doc._.speakers`. Loaded once a process."""
    if not (DIRECTORY / "config.cfg").exists():
        raise ModelError(f"no trained pipeline in {DIRECTORY}: `python -m training export` writes one")
    seal.check(DIRECTORY)
    nlp = spacy.load(DIRECTORY)
    nlp.max_length = LONGEST
    return nlp


def extract(
    text: str | None = None,
    *,
    html: str | None = None,
    article_id: str | None = None,
    attitudes: bool = False,
    topics: bool = False,
    min_confidence: float = 0.0,
    min_speaker_probability: float = PROBABLE_SPEAKER,
    types: Collection[str] | None = None,
    acts: Collection[str] | None = None,
    context: str = "paragraph",
    offset_unit: str = "codepoint",
    known_speakers: Sequence[KnownSpeaker] = (),
    include: Collection[str] = INCLUDED,
    language: str | None = None,
) -> Article:
    """Every quotation in an English news article.

    text: the article, up to a million code points; it is read as it is, and offsets point into it. html: a page or a fragment
    in its place; offsets point into the answer's `text`. article_id: given back as the answer's `id`. The other options are
    those of `attribution.options.Options`, and of a request. Raises TextError for a text that it cannot read, LanguageError for
    one that is not English, OptionError for an option that cannot be.
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
    return read(words(text, html), options, article_id=article_id)


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
    min_speaker_probability: float = PROBABLE_SPEAKER,
) -> Verification:
    """Whether a quote is in an article word for word, what was changed in it, and who says it there: the speaker named, if one
    is. The article and the options are those of `extract`, and so are the errors.
    """
    article = words(text, html)
    wanted = ("text", *include) if html is not None else include
    options = Options(
        attitudes=True,
        topics=True,
        offset_unit=offset_unit,
        include=wanted,
        language=language,
        min_speaker_probability=min_speaker_probability,
    )
    found = read(article, replace(options, offset_unit="codepoint"), article_id=article_id)
    verification = replace(verification_of(found, article, quote, speaker), offset_unit=offset_unit)
    return units.convert(verification, article, offset_unit)


def words(text: str | None = None, html: str | None = None) -> str:
    """The article's words, of which exactly one form is given."""
    for name, given in (("text", text), ("html", html)):
        if not isinstance(given, str | None):
            raise TypeError(f"{name} is {type(given).__name__}: give the article itself as a str, such as Path(file).read_text()")
    if (text is None) == (html is None):
        raise TextError("the article is to be given either as text or as html, and as one of them only")
    if html is None:
        return text or ""
    _check_unicode(html)
    return pages.extract_text(html)


def read(text: str, options: Options, *, article_id: str | None = None) -> Article:
    """What the options ask for of a text. Raises what `check` raises."""
    check(text)
    if options.language is None:
        languages.check(text)
    nlp = load()
    with READING(nlp, len(text)):
        doc = nlp(tokens.tokenize(nlp, text))
        return answer(doc, model(nlp), options, text=text, article_id=article_id)


def check(text: str) -> None:
    """Raise TextError for a text that cannot be read, with the remedy."""
    if not text.strip():
        raise TextError("the text is empty: send the article's text")
    if len(text) > LONGEST:
        raise TextError(f"the text holds {len(text):,} characters, at most {LONGEST:,} are read: send it in parts")
    if pages.is_document(text):
        raise TextError("the text is a page of HTML: give it as html, and its words are read")
    _check_unicode(text)


def _check_unicode(text: str) -> None:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise TextError(
            f"character {error.start} is half a surrogate pair, no valid Unicode: send the whole character"
        ) from error


def answer(doc: Doc, model: Model, options: Options, *, text: str, article_id: str | None = None) -> Article:
    """The article that a Doc's annotations say, as the options ask for it, in the words of the text as it was received."""
    found = Article(article_id, options.offset_unit, model, doc._.quotes, doc._.speakers)
    chosen = select(found, options, sentences(doc) if options.context == "sentence" else ())
    if text != doc.text:
        chosen = lines.restore(chosen, text)
    if "text" in options.include:
        chosen = replace(chosen, text=text)
    return units.convert(chosen, text, options.offset_unit)


def sentences(doc: Doc) -> list[Offsets]:
    """Where the sentences of a Doc start and end, each with the marks that it opens with."""
    numbers = page.sentences(doc)
    starts = [_opening(doc, i) for i in range(len(doc)) if i == 0 or numbers[i] != numbers[i - 1]]
    return [(doc[start].idx, doc[start:end].end_char) for start, end in pairwise([*starts, len(doc)])]


def _opening(doc: Doc, start: int) -> int:
    """Where a sentence starts with the marks that stand close before its first word: the sentencizer ends the last with them."""
    first = start
    while first and doc[first - 1].is_punct and not doc[first - 1].whitespace_:
        first -= 1
    return first if first and (doc[first - 1].whitespace_ or doc[first - 1].is_space) else start


def model(nlp: Language) -> Model:
    """The name and version of a trained pipeline."""
    return Model(nlp.meta["name"], nlp.meta["version"])


def trained() -> Model:
    """The name and version of the trained pipeline that the library ships, which is loaded for that."""
    return model(load())
