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

from attribution.command import standalone
from attribution.command.table import NOTHING, table
from attribution.data import JOINER, Article, Quote

Reading = tuple[str, Article]
"""A text and its answer."""
Form = Callable[[Iterator[Reading], bool], Iterator[str]]
"""Formats readings; the flag says whether there may be several."""
COLUMNS = (
    *("article", "id", "type", "kind", "speaker", "verb", "act", "negated", "text", "verbatim", "source", "via", "parent"),
    *("confidence", "start", "end"),
)
"""The columns of CSV. `verbatim` joins its stretches with ` […] `; `start` and `end` are those of the whole content."""


def _as_json(readings: Iterator[Reading], several: bool) -> Iterator[str]:
    """The answer, or a list of several."""
    before = "[\n" if several else ""
    for _, article in readings:
        yield before + json.dumps(article.to_dict(), ensure_ascii=False, indent=2)
        before = ",\n"
    if several:
        yield "\n]\n" if before == ",\n" else "[]\n"
    elif before:
        yield "\n"


def _as_ndjson(readings: Iterator[Reading], several: bool) -> Iterator[str]:
    return (f"{json.dumps(article.to_dict(), ensure_ascii=False)}\n" for _, article in readings)


def _as_html(readings: Iterator[Reading], several: bool) -> Iterator[str]:
    return (standalone.page(text, article) for text, article in readings)


def _as_table(readings: Iterator[Reading], several: bool) -> Iterator[str]:
    width = shutil.get_terminal_size().columns
    for _, article in readings:
        yield f"{article.id}\n\n" if several else ""
        yield f"{table(article, width=width)}\n" + ("\n" if several else "")


def _as_csv(readings: Iterator[Reading], several: bool) -> Iterator[str]:
    """The rows of all articles under one header."""
    head = True
    for _, article in readings:
        yield csv_of(article, head=head)
        head = False


def csv_of(article: Article, *, head: bool = True) -> str:
    """One row per quote (RFC 4180), by default under a header. The service returns it too."""
    file = io.StringIO(newline="")
    csv.writer(file).writerows([*([COLUMNS] if head else []), *(_csv_cells(article, quote) for quote in article.quotes)])
    return file.getvalue()


def _csv_cells(article: Article, quote: Quote) -> list[str]:
    """The cells of a row. An apostrophe before what looks like a formula keeps spreadsheets from running it."""
    verb = (quote.verb.text, quote.verb.act, str(quote.verb.negated).lower()) if quote.verb else ("", "", "")
    speaker, source = quote.speaker.name if quote.speaker else "", quote.source.text if quote.source else ""
    via = "; ".join(f"{via.name} ({via.relation})" for via in quote.via)
    said = quote.text, JOINER.join(span.text for span in quote.verbatim), source, via, quote.parent or ""
    place = f"{quote.confidence:g}", str(quote.content[0].start), str(quote.content[-1].end)
    cells = (article.id or "", quote.id, quote.type, quote.kind, speaker, *verb, *said, *place)
    return [f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell for cell in cells]


def _as_markdown(readings: Iterator[Reading], several: bool) -> Iterator[str]:
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
