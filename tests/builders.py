"""Docs built by hand, for the tests of the steps that read quotes."""

import re

import numpy as np
from spacy.tokens import Span

from attribution.data import CALLS, NAME, NOUN, Attribution
from attribution.quoting.quotes import build_quotes, make_quotes
from attribution.resolving.coreference import Coreference
from attribution.resolving.nominals import NAME_CONFLICT, NO_OVERLAP
from attribution.resolving.ranking import Ranker
from attribution.resolving.turns import LOOKBACK, NEIGHBOURS


def read(nlp, marked, *attributions):
    """A Doc of a text whose ents stand in braces, with quotes of (content, cue, source) and, for each via, (words, relation): the
    places nearest to the content. The persons in a source are its calls, and so is what stands in braces as NAME or NOUN.
    """
    text, ents = "", []
    for part in re.split(r"(\{[A-Z]+ [^}]*\})", marked):
        label, _, name = part[1:-1].partition(" ") if part.startswith("{") else ("", "", part)
        if label:
            ents.append((len(text), len(text) + len(name), label))
        text += name
    doc = nlp(text)
    spans = [doc.char_span(start, end, label=label) for start, end, label in ents]
    doc.ents = [span for span in spans if span.label_ in ("PERSON", "ORG", "LOC")]
    called = {"PERSON": NAME, "NAME": NAME, "NOUN": NOUN}
    doc.spans[CALLS] = [Span(doc, span.start, span.end, label=called[span.label_]) for span in spans if span.label_ in called]
    found = []
    for content, cue, source, *passed in attributions:
        start = text.index(content)
        via = tuple((at(text, words, start), relation) for words, relation in passed)
        found.append(Attribution((at(text, content, start),), at(text, cue, start), at(text, source, start), 0.9, via=via))
    make_quotes(nlp, "quotes", {}).set_annotations([doc], [build_quotes(text, found)])
    return doc


def at(text, part, near):
    if part is None:
        return None
    start = min((match.start() for match in re.finditer(rf"(?<!\w){re.escape(part)}", text)), key=lambda start: abs(start - near))
    return start, start + len(part)


def run(nlp, doc, *makers):
    """The doc after the steps that these factories make."""
    for make in makers:
        doc = make(nlp, make.__name__)(doc)
    return doc


class Plain(Ranker):
    """A scorer that nobody trained: a nominal is the last who is called so, a bare quote is of who spoke last, "I" is
    who says the quote around, all others are the last, or else the first behind, whom no word speaks against.
    """

    def __init__(self, mentions):
        self.mentions = mentions
        self.weights = {"key": np.zeros((1, 1, 1)), "query": np.zeros((1, 1, 1))}

    def __call__(self, vector, vectors, keys, candidates):
        scores = np.full(len(keys) + 1, 0.2 / max(1, len(keys)))
        fits = self.may_be(self.mentions[candidates.number], candidates)
        before, behind = fits & (candidates.numbers < candidates.number), fits & (candidates.numbers > candidates.number)
        chosen = np.flatnonzero(before)[-1:].tolist() or np.flatnonzero(behind)[:1].tolist() or [-1]
        scores[chosen[0]] = 0.8
        return scores / scores.sum()

    def may_be(self, mention, candidates):
        """Whom a mention may be, by what `find_candidates` tells last of each candidate."""
        shared = candidates.pair_features[:, -len(NO_OVERLAP) :]
        neighbours = candidates.pair_features[:, -len(NO_OVERLAP) - 1 - NEIGHBOURS : -len(NO_OVERLAP) - 1] > 0
        if mention.kind == "nominal":
            return candidates.compatible & shared.any(1) & (shared[:, NAME_CONFLICT] == 0)
        if mention.gender == "self":
            return neighbours[:, LOOKBACK]
        return neighbours[:, 0] if mention.kind == "silent" else candidates.compatible


def make_plain_coreference(nlp, name):
    """Coreference by a scorer that nobody trained."""
    return lambda doc: Coreference(Plain(doc._.mentions))(doc)
