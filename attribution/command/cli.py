"""The command `attribution`: read an article from a file or a pipe, or start the service.

In: arguments and UTF-8 text. Out: the answers, in one of `forms`. What the user can put right ends in one line and exit code 1
(the input) or 2 (the command line). It knows the service only as a module name that it hands to gunicorn.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from typing import TextIO

import click

import attribution
from attribution.command.claims import verify
from attribution.command.files import read, title
from attribution.command.forms import FORMS, Reading
from attribution.errors import ModelError, TextError


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(attribution.__version__, message="%(prog)s %(version)s")
def main() -> None:
    """Find every quotation in an English news article: what was said, who said it, with which verb."""


@main.command(
    epilog="""\b
Examples:
  attribution extract article.txt
  attribution extract article.txt --format table
  attribution extract article.txt --format html > article.html
  attribution extract archive/*.txt --format ndjson > quotes.ndjson
  curl -s https://example.org/article.txt | attribution extract - --id example

\b
Exit codes:
  0  everything was read
  1  a text could not be read, or there is no trained pipeline; what could be read is printed
  2  a wrong call, such as a file that is not there; nothing is read
"""
)
@click.argument(
    "files", metavar="FILE...", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, allow_dash=True)
)
@click.option("--format", "form", type=click.Choice(list(FORMS)), default="json", show_default=True, help="What to print.")
@click.option("--attitudes", is_flag=True, help="Also what somebody thinks, wants or feels.")
@click.option(
    "--id", "article_id", metavar="ID", help="The article's id in the answer.  [default: none; the file's name, of several]"
)
def extract(files: tuple[str, ...], form: str, attitudes: bool, article_id: str | None) -> None:
    """Print every quotation in one article, or in several.

    Each FILE is plain text in UTF-8; - reads from the pipe.

    \b
    json      the answer; of several files, a list of them
    ndjson    an answer a line, as soon as it is there
    table     for the eye
    csv       a quotation a row, for a spreadsheet
    markdown  a list, for a note
    html      the page of the service as one file, to keep or to send; of one article
    """
    several = len(files) > 1
    if several and article_id:
        raise click.UsageError("--id is for one FILE. Of several, each article bears its file's name.")
    if several and form == "html":
        raise click.UsageError("--format html shows one article. Give one FILE, and call again for the next.")
    failures: list[str] = []
    with _progress(files) as paths:
        for piece in FORMS[form](_readings(paths, failures, article_id, several, attitudes=attitudes), several):
            click.echo(piece, nl=False)
    for failure in failures:
        click.echo(f"Error: {failure}", err=True)
    sys.exit(1 if failures else 0)


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


def _progress(files: tuple[str, ...]) -> AbstractContextManager[Iterable[str]]:
    """The files, with a bar on the terminal that fills while they are read; none where it would be in the way."""
    if len(files) > 1 and _on_terminal(sys.stderr) and not _on_terminal(sys.stdout):
        return click.progressbar(files, label="Reading", show_pos=True, file=sys.stderr)
    return nullcontext(files)


def _on_terminal(stream: TextIO) -> bool:
    return stream.isatty()


def _readings(
    files: Iterable[str], failures: list[str], article_id: str | None, several: bool, *, attitudes: bool
) -> Iterator[Reading]:
    """Every file's text and answer. What cannot be read is left out, and goes to `failures` with the remedy."""
    for file in files:
        try:
            text = read(file)
            yield text, attribution.extract(text, article_id=file if several else article_id, attitudes=attitudes)
        except ModelError as error:
            raise click.ClickException(str(error)) from None
        except TextError as error:
            failures.append(f"{title(file)}: {error}")


main.add_command(verify)
