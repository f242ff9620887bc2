"""The output formats of the command line: `FORMS`.

In: texts and their Articles, one after the other. Out: the output in parts, each as soon as it is ready. CSV and Markdown are
byte for byte the same as those that the page copies (`attribution/command/static/formats.js`).
"""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Callable, Iterator
from typing import Any

from attribution.command import standalone
from attribution.command.table import NOTHING, table
from attribution.data import Article, Quote
from attribution.rows import rows

Reading = tuple[str, Article]
"""A text and its answer."""
Form = Callable[[Iterator[Reading], bool], Iterator[str]]
"""Formats readings; the flag says whether there may be several."""
COLUMNS = (
    *("article", "id", "type", "kind", "speaker", "verb", "act", "negated", "text", "verbatim", "source", "via", "parent"),
    *("confidence", "start", "end"),
)
"""The columns of CSV: those of `attribution.rows.Row`, and `id`, which is there called `quote`."""


def _as_json(readings: Iterator[Reading], several: bool) -> Iterator[str]:
    """the answer, or a list of answers for several articles"""
    before = "[\n" if several else ""
    for _, article in readings:
        yield before + json.dumps(article.to_dict(), ensure_ascii=False, indent=2)
        before = ",\n"
    if several:
        yield "\n]\n" if before == ",\n" else "[]\n"
    elif before:
        yield "\n"


def _as_ndjson(readings: Iterator[Reading], several: bool) -> Iterator[str]:
    """one answer a line, as soon as it is ready"""
    return (f"{json.dumps(article.to_dict(), ensure_ascii=False)}\n" for _, article in readings)


def _as_html(readings: Iterator[Reading], several: bool) -> Iterator[str]:
    """the page of the service as one file, to keep or to send; for one article only"""
    return (standalone.page(text, article) for text, article in readings)


def _as_table(readings: Iterator[Reading], several: bool) -> Iterator[str]:
    """a table to read"""
    width = shutil.get_terminal_size().columns
    for _, article in readings:
        yield f"{article.id}\n\n" if several else ""
        yield f"{table(article, width=width)}\n" + ("\n" if several else "")


def _as_csv(readings: Iterator[Reading], several: bool) -> Iterator[str]:
    """one quotation a row, for a spreadsheet"""
    head = True
    for _, article in readings:
        yield csv_of(article, head=head)
        head = False


def csv_of(article: Article, *, head: bool = True) -> str:
    """One row per quote (RFC 4180), by default under a header. The service returns it too."""
    file = io.StringIO(newline="")
    csv.writer(file).writerows([*([COLUMNS] if head else []), *map(_csv_cells, rows(article))])
    return file.getvalue()


def _csv_cells(row: dict[str, Any]) -> list[str]:
    """The cells of a row. An apostrophe before what looks like a formula keeps spreadsheets from running it."""
    cells = [_csv_cell(row["quote" if name == "id" else name]) for name in COLUMNS]
    return [f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell for cell in cells]


def _csv_cell(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:g}"
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _as_markdown(readings: Iterator[Reading], several: bool) -> Iterator[str]:
    """a list, for a note"""
    for _, article in readings:
        yield f"## {_plain(article.id or '')}\n\n" if several else ""
        yield _list(article) + ("\n" if several else "")


def _list(article: Article) -> str:
    """The quotes as a Markdown list, with nested quotes indented under their parents."""
    present = {quote.id for quote in article.quotes}

    def under(parent: str | None, depth: int) -> str:
        children = [quote for quote in article.quotes if (quote.parent if quote.parent in present else None) == parent]
        return "".join(_item(quote, depth) + under(quote.id, depth + 1) for quote in children)

    return under(None, 0) or f"{NOTHING}\n"


def _item(quote: Quote, depth: int) -> str:
    verb = f" {_plain(quote.verb.text).removesuffix(':')}" if quote.verb else ""
    via = "".join(f"; {'citing' if via.relation == 'cited' else 'relayed by'} {_plain(via.name)}" for via in quote.via)
    speaker = _plain(quote.speaker.name if quote.speaker else "Not named")
    return f"{'  ' * depth}- **{speaker}**{verb}: {_plain(quote.text)} ({quote.type}, {quote.id}{via})\n"


def _plain(text: str) -> str:
    """Text on one line, with Markdown's special characters escaped."""
    return re.sub(r"[\\`*_\[\]<>|~#&]", r"\\\g<0>", re.sub(r"[ \t\r\n]+", " ", text).strip(" "))


JSON_FORMS = ("json", "ndjson")
"""The forms that hold the whole answer, its warnings too."""
FORMS: dict[str, Form] = {
    "json": _as_json,
    "ndjson": _as_ndjson,
    "table": _as_table,
    "csv": _as_csv,
    "markdown": _as_markdown,
    "html": _as_html,
}
"""Each form with the function that writes it, whose docstring is what `--help` says."""
