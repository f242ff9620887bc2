"""Silver: what several trained networks, their scores averaged, find in texts nobody annotated. In: articles and networks.
Out: the articles with attributions. One network that learns from them comes near what all of them together know.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np
from spacy.language import Language

from attribution.quoting.quotes import LEAST_SURE, verbatim
from attribution.tagging.decoder import decode
from attribution.tagging.network import BUDGET, Network, Scores
from attribution.tagging.windows import read
from attribution.text import marks
from training.corpora.records import Article, Attribution


def label(articles: Iterable[Article], networks: Sequence[Network], nlp: Language) -> Iterator[Article]:
    """Each article with the attributions that the networks are sure of, or that stand in marks; all must have one vocabulary."""
    transitions = np.mean([network.transitions for network in networks], axis=0)
    for article in articles:
        words = read(nlp(article.text), networks[0].pieces, limit=BUDGET)
        found = decode(words, average([network(words) for network in networks]), transitions) if len(words) else []
        layout = marks.read(article.text)
        sure = [
            Attribution(each.content, (each.cue,) if each.cue else (), (each.source,) if each.source else ())
            for each in found
            if each.confidence >= LEAST_SURE or verbatim(each, layout)
        ]
        yield replace(article, attributions=tuple(sure))


def average(scores: Sequence[Scores]) -> Scores:
    """The mean of what several networks said about the same words, read in the same windows."""
    return Scores(
        roles=np.mean([each.roles for each in scores], axis=0),
        names=np.mean([each.names for each in scores], axis=0),
        cue=[np.mean(said, axis=0) for said in zip(*(each.cue for each in scores), strict=True)],
        source=[np.mean(said, axis=0) for said in zip(*(each.source for each in scores), strict=True)],
        first=scores[0].first,
        vectors=np.mean([each.vectors for each in scores], axis=0),
    )
