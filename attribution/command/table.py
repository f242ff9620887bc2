"""The quotes of an article as a table for a terminal: speaker, verb, type and text.

In: an `Article` and a width. Out: lines, without control sequences from the article.
"""

from __future__ import annotations

import textwrap
from itertools import zip_longest

from attribution.data import Article, Quote
from attribution.text.plain import printable

NOTHING = "No quotation found."
GAP = "  "
WIDEST = {"speaker": 24, "verb": 16, "type": 8}
NARROWEST_TEXT = 20


def table(article: Article, *, width: int) -> str:
    """The quotes of an article, one below the other; the text is wrapped to fit `width` if possible."""
    if not article.quotes:
        return NOTHING
    rows = [(*WIDEST, "text"), *(tuple(map(printable, _cells(quote))) for quote in article.quotes)]
    sizes = [min(WIDEST[column[0]], max(map(len, column))) for column in list(zip(*rows, strict=True))[:-1]]
    widths = (*sizes, max(NARROWEST_TEXT, width - sum(sizes) - len(GAP) * len(sizes)))
    rows.insert(1, tuple("─" * size for size in widths))
    return "\n".join(_row(row, widths) for row in rows)


def _cells(quote: Quote) -> tuple[str, ...]:
    """The cells of a quote, in the order of the columns; missing values are dashes."""
    speaker = quote.speaker.name if quote.speaker else "–"
    verb = quote.verb.text if quote.verb else "–"
    return speaker, verb, quote.type, quote.text


def _row(cells: tuple[str, ...], widths: tuple[int, ...]) -> str:
    """One row of cells, on as many lines as the longest cell needs."""
    columns = [textwrap.wrap(cell, size) for cell, size in zip(cells, widths, strict=True)]
    lines = zip_longest(*columns, fillvalue="")
    return "\n".join(GAP.join(f"{part:{size}}" for part, size in zip(line, widths, strict=True)).rstrip() for line in lines)
