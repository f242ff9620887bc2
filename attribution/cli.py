"""The command `attribution`: read an article from a file or a pipe, or start the service.

In: arguments and UTF-8 text. Out: the one JSON shape, or a table for the eye. What the user can put right ends in one line and
exit code 1 (the input) or 2 (the command line). It knows the service only as a module name that it hands to gunicorn.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import textwrap
from itertools import zip_longest

import click

import attribution
from attribution.claims import verify
from attribution.data import Article, Quote
from attribution.errors import ModelError, TextError
from attribution.files import decoded as _decoded

GAP = "  "
WIDEST = {"speaker": 24, "verb": 16, "type": 8}
NARROWEST_TEXT = 20


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(attribution.__version__, message="%(prog)s %(version)s")
def main() -> None:
    """Find every quotation in an English news article: what was said, who said it, with which verb."""


@main.command(
    epilog="""\b
Examples:
  attribution extract article.txt
  attribution extract article.txt --format table
  curl -s https://example.org/article.txt | attribution extract - --id example
"""
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@click.option("--format", "form", type=click.Choice(["json", "table"]), default="json", show_default=True, help="What to print.")
@click.option("--attitudes", is_flag=True, help="Also what somebody thinks, wants or feels.")
@click.option("--id", "article_id", metavar="ID", help="The article's id in the answer.")
def extract(file: str, form: str, attitudes: bool, article_id: str | None) -> None:
    """Print every quotation in an article.

    FILE is plain text in UTF-8; - reads from the pipe.
    """
    with click.open_file(file, "rb") as stream:
        data = stream.read()
    try:
        article = attribution.extract(_decoded(data), article_id=article_id, attitudes=attitudes)
    except ModelError as error:
        raise click.ClickException(str(error)) from None
    except TextError as error:
        raise click.ClickException(f"{'Standard input' if file == '-' else file}: {error}") from None
    if form == "json":
        click.echo(json.dumps(article.to_dict(), ensure_ascii=False, indent=2))
    else:
        click.echo(table(article, width=shutil.get_terminal_size().columns))


@main.command(
    epilog="""\b
Examples:
  attribution serve
  attribution serve --host 0.0.0.0 --port 80 --workers 8
"""
)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at; 0.0.0.0 for every one.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="The port to listen at.")
@click.option("--workers", type=click.IntRange(1), help="Server processes.  [default: ATTRIBUTION_WORKERS, or 2]")
def serve(host: str, port: int, workers: int | None) -> None:
    """Start the HTTP service; Ctrl-C stops it."""
    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    command = [sys.executable, "-m", "gunicorn", "--config", "python:api.gunicorn_conf", "--bind", address]
    if workers:
        command += ["--workers", str(workers)]
    os.execv(sys.executable, command)


def table(article: Article, *, width: int) -> str:
    """The quotes of `article` under each other, the text wrapped so that no line is wider than `width`, if that can be done."""
    if not article.quotes:
        return "No quotation found."
    rows = [(*WIDEST, "text"), *(tuple(map(_printable, _cells(quote))) for quote in article.quotes)]
    sizes = [min(WIDEST[column[0]], max(map(len, column))) for column in list(zip(*rows, strict=True))[:-1]]
    widths = (*sizes, max(NARROWEST_TEXT, width - sum(sizes) - len(GAP) * len(sizes)))
    rows.insert(1, tuple("─" * size for size in widths))
    return "\n".join(_row(row, widths) for row in rows)


def _cells(quote: Quote) -> tuple[str, ...]:
    """A quote's cells, in the order of the columns; a speaker that the article does not name is a dash."""
    speaker = quote.speaker.name if quote.speaker else "–"
    verb = quote.verb.text if quote.verb else "–"
    return speaker, verb, quote.type, quote.text


def _row(cells: tuple[str, ...], widths: tuple[int, ...]) -> str:
    """One row of cells, on as many lines as the longest of them needs."""
    columns = [textwrap.wrap(cell, size) for cell, size in zip(cells, widths, strict=True)]
    lines = zip_longest(*columns, fillvalue="")
    return "\n".join(GAP.join(f"{part:{size}}" for part, size in zip(line, widths, strict=True)).rstrip() for line in lines)


def _printable(text: str) -> str:
    """`text` on one line, without what would make a terminal do something."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


main.add_command(verify)
