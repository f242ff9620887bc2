"""Predicts with the library, as any caller would.

In: texts by article id. Out: answers in the API's shape, by the default options unless others are given; no language detection.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from attribution.options import Options
from attribution.text.tokens import tokenize
from evaluation.gold import quotes_of

KINDS = ("attitudes", "topics")
"""The library's options that each add a kind of quote to the answer."""


def predict(texts: Mapping[str, str], **options: Any) -> Iterator[dict[str, Any]]:
    """The answer to each text, in order. The library is loaded here, so that scoring a file needs no model."""
    from attribution import extract

    for article_id, text in texts.items():
        yield extract(text, article_id=article_id, language="en", **options).to_dict()


def predict_flat(texts: Mapping[str, str], **options: Any) -> Iterator[dict[str, Any]]:
    """The answers without their nested quotes, which the annotated corpora do not have: they can be neither right nor wrong."""
    yield from map(outermost, predict(texts, **options))


def outermost(answer: Mapping[str, Any]) -> dict[str, Any]:
    """An answer without its nested quotes."""
    return {**answer, "quotes": [quote for quote in answer["quotes"] if quote["parent"] is None]}


def predict_with_gold_quotes(
    texts: Mapping[str, str], *, articles: Iterable[Mapping[str, Any]], **options: Any
) -> Iterator[dict[str, Any]]:
    """Answer each text with the quotes of its gold article instead of those that the network finds. This measures how well
    speakers are found, apart from the quotes.
    """
    from attribution.pipeline import build_article, load, model_of

    nlp = load()
    chosen = Options(language="en", **options)
    for article in (article for article in articles if article["id"] in texts):
        doc = tag(nlp, article["text"])
        doc._.quotes = quotes_of(article)
        for step in ("verbs", "mentions", "coreference", "speakers"):
            doc = nlp.get_pipe(step)(doc)
        yield build_article(doc, model_of(nlp), chosen, text=article["text"], article_id=article["id"]).to_dict()


def tag(nlp: Language, text: str) -> Doc:
    """The Doc of a text after the first steps of a pipeline: tokens, sentences and attributions, but no quotes."""
    doc: Doc = nlp.get_pipe("tagger")(nlp.get_pipe("sentencizer")(tokenize(nlp, text)))
    return doc
