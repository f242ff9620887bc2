"""Makes silver annotations with an ensemble of trained networks, whose scores are averaged. In: articles, annotated or not, and
networks. Out: the articles with attributions, nested ones included; annotated articles only gain nested ones. A single network
that learns from them comes close to the ensemble.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

import numpy as np
from spacy.language import Language

from attribution import data
from attribution.quoting.quotes import verbatim_spans
from attribution.tagging.decoder import decode
from attribution.tagging.network import BUDGET, Level, Network
from attribution.tagging.thresholds import NEUTRAL, Thresholds
from attribution.tagging.windows import Words, words_of
from attribution.text import marks
from attribution.text.tokens import tokenize
from training.corpora.records import Annotation, Article, Offsets

SHORTEST = 5
"""The least number of words in a content that may hold an attribution."""
SURE, NESTED_SURE = 0.41, 0.4
"""The least confidence of an attribution, and of a nested one."""


def label(
    articles: Iterable[Article], networks: Sequence[Network], nlp: Language, thresholds: Thresholds = NEUTRAL
) -> Iterator[Article]:
    """Each article with its attributions and the nested ones. In an unannotated article, the attributions are those that the
    networks are sure of, or that are in quotation marks. All networks must have the same vocabulary.
    """
    for article in articles:
        doc = nlp(tokenize(nlp, article.text))
        words = words_of(doc, networks[0].pieces, limit=BUDGET)
        found = article.attributions
        if found is None:
            layout = marks.parse_layout(doc.text)
            said = decode(words, _outer(words, networks), thresholds) if len(words) else []
            found = tuple(_annotation(each) for each in said if each.confidence >= SURE or verbatim_spans(each, layout))
        contents = sorted(set(chain.from_iterable(each.content for each in found)))
        nested = (each for content in contents for each in _inside(words, content, networks, thresholds))
        yield replace(article, attributions=(*found, *nested), nested=True)


def _inside(words: Words, content: Offsets, networks: Sequence[Network], thresholds: Thresholds) -> Iterator[Annotation]:
    """The attributions inside a content, which is read alone, without the marks around it."""
    start, end = words.range(content)
    while start < end and words.is_mark(start):
        start += 1
    while start < end and words.is_mark(end - 1):
        end -= 1
    if end - start < SHORTEST or sum(map(len, words.pieces[start:end])) > BUDGET:
        return
    part = words.part(start, end)
    for each in decode(part, _outer(part, networks), thresholds):
        if each.cue and each.source and each.confidence >= NESTED_SURE:
            yield _annotation(each)


def _annotation(found: data.Attribution) -> Annotation:
    cue, source = ((span,) if span else () for span in (found.cue, found.source))
    return Annotation(found.content, cue, source, kind=found.kind)


def _outer(words: Words, networks: Sequence[Network]) -> Level:
    return average([network(words).outer for network in networks])


def average(levels: Sequence[Level]) -> Level:
    """The mean of several networks' scores for the same words in the same windows."""
    return Level(
        roles=np.mean([each.roles for each in levels], axis=0),
        kinds=np.mean([each.kinds for each in levels], axis=0),
        cue=[np.mean(said, axis=0) for said in zip(*(each.cue for each in levels), strict=True)],
        source=[np.mean(said, axis=0) for said in zip(*(each.source for each in levels), strict=True)],
        first=levels[0].first,
        transitions=np.mean([each.transitions for each in levels], axis=0),
    )
