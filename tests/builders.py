"""Docs built by hand, for the tests of the steps that read quotes."""

import re
from functools import cache

from attribution.data import Attribution
from attribution.pipeline import load
from attribution.quoting.quotes import build, make_quotes


def read(nlp, marked, *attributions):
    """A Doc of a text whose ents stand in braces, with quotes of (content, cue, source) and, for each via, (words, relation): the
    places nearest to the content.
    """
    text, ents = "", []
    for part in re.split(r"(\{[A-Z]+ [^}]*\})", marked):
        label, _, name = part[1:-1].partition(" ") if part.startswith("{") else ("", "", part)
        if label:
            ents.append((len(text), len(text) + len(name), label))
        text += name
    doc = nlp(text)
    doc.ents = [doc.char_span(start, end, label=label) for start, end, label in ents]
    found = []
    for content, cue, source, *passed in attributions:
        start = text.index(content)
        via = tuple((at(text, words, start), relation) for words, relation in passed)
        found.append(Attribution((at(text, content, start),), at(text, cue, start), at(text, source, start), 0.9, via=via))
    make_quotes(nlp, "quotes", {}).set_annotations([doc], [build(text, found)])
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


def make_trained_coreference(nlp, name):
    """The trained coreference, with the network's vectors of the doc's words but not its names and quotes."""
    tagger, coreference = _trained()

    def link(doc):
        doc.tensor = tagger.predict([doc])[0].vectors
        return coreference(doc)

    return link


@cache
def _trained():
    return load().get_pipe("tagger"), load().get_pipe("coreference")
