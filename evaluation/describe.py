"""What the library's own steps say of annotated quotes, as if the network had found just these: their type and their act.

In: a gold article. Out: the same, each quote with a `type` and a `verb` as in the one shape. So gold and predicted quotes are
told apart by one definition; no network runs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

from attribution import load
from attribution.data import Attribution, Offsets, Verb
from attribution.quoting.fragments import fragments
from attribution.quoting.quotes import type_of, verbatim
from attribution.quoting.verbs import Verbs
from attribution.text.marks import Layout, read
from attribution.text.tokens import tokenize


def describe(article: Mapping[str, Any]) -> dict[str, Any]:
    """The article with the type and the verb of each gold quote; the verb is None where no cue is annotated."""
    nlp, text = load(), article["text"]
    doc, verbs = tokenize(nlp, text), cast(Verbs, nlp.get_pipe("verbs"))
    layout = read(doc.text)
    described = []
    for quote in article["quotes"]:
        cue = extent(quote["cue"])
        verb = verbs.analyse(doc, Verb(*cue, text[slice(*cue)])) if cue else None
        described.append({**quote, "type": gold_type(text, quote["content"], cue, layout), "verb": verb and {"act": verb.act}})
    return {**article, "quotes": described}


def extent(spans: Iterable[Iterable[int]]) -> Offsets | None:
    """From where the first span begins to where the last one ends."""
    places = [place for span in spans for place in span]
    return (min(places), max(places)) if places else None


def gold_type(text: str, content: Iterable[Iterable[int]], cue: Offsets | None, layout: Layout) -> str:
    """The type of a quote with this content, its edges put where the library puts them."""
    pieces = fragments(text, [(start, end) for start, end in content], layout)
    return type_of(text, pieces, verbatim(Attribution(pieces, cue, None, 1.0), layout) if pieces else [])
