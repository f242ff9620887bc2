"""Adds the type and act of annotated quotes, computed by the library's own steps, so that gold and predicted quotes share one
definition.

In: a gold article. Out: the same article, each quote with a `type` and a `verb` in the API's shape. No network runs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

from attribution import load
from attribution.data import Attribution, Offsets, Verb
from attribution.quoting.fragments import fragments
from attribution.quoting.quotes import type_of, verbatim_spans
from attribution.quoting.verbs import Verbs
from attribution.text.marks import Layout, parse_layout
from attribution.text.tokens import tokenize
from evaluation.gold import extent


def describe(article: Mapping[str, Any]) -> dict[str, Any]:
    """The article with the type and the verb of each gold quote. The verb is None if no cue is annotated."""
    nlp, text = load(), article["text"]
    doc, verbs = tokenize(nlp, text), cast(Verbs, nlp.get_pipe("verbs"))
    layout = parse_layout(doc.text)
    described = []
    for quote in article["quotes"]:
        cue = extent(quote["cue"])
        verb = verbs.analyse(doc, Verb(*cue, text[slice(*cue)])) if cue else None
        described.append({**quote, "type": gold_type(text, quote["content"], cue, layout), "verb": verb and {"act": verb.act}})
    return {**article, "quotes": described}


def gold_type(text: str, content: Iterable[Iterable[int]], cue: Offsets | None, layout: Layout) -> str:
    """The type of a gold quote with this content, its edges adjusted as the library adjusts them."""
    pieces = fragments(text, [(start, end) for start, end in content], layout)
    return type_of(text, pieces, verbatim_spans(Attribution(pieces, cue, None, 1.0), layout) if pieces else [])
