"""The table of contents: a text goes through these steps in this order. In: a text. Out: an `Article`.

    tokens, sentences   spaCy's tokenizer and sentencizer: no more is needed of it
    tagger              windows → network → attributions and names
    quotes, verbs       marks, fragments, types; lemma and act
    mentions, coreference, speakers   who is who; who said it

`build` joins the untrained parts, `load` reads the trained pipeline that the library ships, `extract` runs it on one text.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from attribution.data import Article, Model
from attribution.errors import ModelError, TextError
from attribution.memory import Zone

DIRECTORY = Path(__file__).parent / "model"
STEPS = ("tagger", "quotes", "verbs", "mentions", "coreference", "speakers")
ATTITUDES = ("think", "want", "feel")
"""The acts that are no statements: returned only where asked for."""
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
    nlp = spacy.load(DIRECTORY)
    nlp.max_length = LONGEST
    return nlp


def extract(text: str, *, article_id: str | None = None, attitudes: bool = False) -> Article:
    """Every quotation in an English news article.

    text: the article, up to a million code points; it is read as it is, and offsets point into it. article_id: given back as
    the answer's `id`. attitudes: return indirect wants, beliefs and feelings too. Raises TextError for a text that it cannot
    read.
    """
    check(text)
    nlp = load()
    with READING(nlp, len(text)):
        return answer(nlp(text), model(nlp), article_id=article_id, attitudes=attitudes)


def check(text: str) -> None:
    """Raise TextError for a text that cannot be read, with the remedy."""
    if not text.strip():
        raise TextError("the text is empty: send the article's text")
    if len(text) > LONGEST:
        raise TextError(f"the text holds {len(text):,} characters, at most {LONGEST:,} are read: send it in parts")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise TextError(
            f"character {error.start} is half a surrogate pair, no valid Unicode: send the whole character"
        ) from error


def answer(doc: Doc, model: Model, *, article_id: str | None, attitudes: bool) -> Article:
    """The article that a Doc's annotations say. Without attitudes, those who only wanted or believed are no speakers either;
    whoever is quoted word for word is.
    """
    quotes = [q for q in doc._.quotes if attitudes or q.verbatim or not (q.verb and q.verb.act in ATTITUDES)]
    kept = {quote.id for quote in quotes}
    relays = {via.id for quote in quotes for via in quote.via}
    speakers = (replace(speaker, quotes=tuple(q for q in speaker.quotes if q in kept)) for speaker in doc._.speakers)
    present = tuple(speaker for speaker in speakers if speaker.quotes or speaker.id in relays)
    return Article(article_id, "codepoint", model, tuple(quotes), present)


def model(nlp: Language) -> Model:
    """The name and version of a trained pipeline."""
    return Model(nlp.meta["name"], nlp.meta["version"])
