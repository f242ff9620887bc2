"""Converts annotations to the library's quotes, as if the pipeline had found exactly these. In: articles as the corpora have
them. Out: their quotes, without speakers. It reads no file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from attribution.data import Attribution, Offsets, Quote
from attribution.quoting.quotes import build_quotes
from evaluation.pairs import CORE

Spans = Sequence[Sequence[int]]


def quotes_of(article: Mapping[str, Any]) -> tuple[Quote, ...]:
    """The quotes of an annotated article."""
    return build_quotes(article["text"], [_attribution(quote) for quote in article["quotes"]])


def _attribution(quote: Mapping[str, Any]) -> Attribution:
    content = tuple((start, end) for start, end in quote["content"])
    kind = quote.get("kind", CORE)
    return Attribution(content, extent(quote["cue"]), extent(quote["source"]), 1.0, "statement" if kind == CORE else kind)


def extent(spans: Iterable[Iterable[int]]) -> Offsets | None:
    """The span from the first start to the last end; None without spans."""
    places = [place for span in spans for place in span]
    return (min(places), max(places)) if places else None
