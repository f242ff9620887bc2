"""The command `attribution extract`: every quotation of the articles in files and pipes.

In: arguments, and the articles that `files` reads. Out: the answers, in one of `forms`. If an article cannot be read, the others
still are; the errors are printed at the end, and say what to do. So are warnings, unless the answers themselves hold them.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from inspect import cleandoc
from typing import IO, Any

import click

import attribution
from attribution.command.files import PathOrPattern, expand_folders, expand_patterns, read_articles
from attribution.command.forms import FORMS, JSON_FORMS, Reading
from attribution.command.keywords import checked_keywords, options
from attribution.command.progress import on_terminal
from attribution.command.warning import warning_lines
from attribution.errors import ModelError, OptionError, TextError
from attribution.inputs import INPUTS, RawArticle, form_of, keywords_of
from attribution.options import OPTIONS


@click.command(
    epilog="""\b
Examples:
  attribution extract article.txt
  attribution extract article.html --format table
  attribution extract article.txt --types direct,mixed --min-confidence 0.8
  attribution extract article.txt --format html > article.html
  attribution extract archive/ --format csv --output quotes.csv
  attribution extract archive.ndjson --format ndjson > quotes.ndjson
  curl -s https://example.org/article | attribution extract - --input html --id example

\b
Exit codes:
  0  everything was read
  1  an article could not be read, or the model is missing; the other answers are printed
  2  the command line is wrong, or a file does not exist; nothing is read
"""
)
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=PathOrPattern(exists=True, allow_dash=True))
@click.option("--format", "form", type=click.Choice(list(FORMS)), default="json", show_default=True, help="What to print.")
@click.option(
    "--input", "given_form", type=click.Choice(INPUTS), help="What each FILE is.  [default: as its name says, else text]"
)
@click.option("--id", "article_id", metavar="ID", help="The article's id in the answer.  [default: none, or as above]")
@click.option(
    "--output",
    type=click.File("w", encoding="utf-8", lazy=True, atomic=True),
    default="-",
    metavar="FILE",
    help="Where to write it.  [default: standard output]",
)
@options(*OPTIONS)
def extract(
    files: tuple[str, ...], form: str, given_form: str | None, article_id: str | None, output: IO[str], **written: Any
) -> None:
    """Print every quotation in one article, or in several.

    Each FILE is a file in UTF-8, a folder of such files, or a pattern such as "*/*.txt"; - reads from the pipe. The name of a
    file says what it is: HTML (.html, .htm), from which the article is read; NDJSON (.ndjson, .jsonl); or else plain text.

    A line of NDJSON is an article: {"text": …} or {"html": …}, with "id" and any of the options below, written with underscores.
    These take precedence.

    If you give a folder, a pattern, NDJSON or several files, the id of each answer is the name of its file. For a line without
    an id, it is the name of the file and the number of the line.
    """
    named, files = files, tuple(expand_folders(expand_patterns(files)))
    forms = [given_form or form_of(file) for file in files]
    several = len(files) > 1 or files != named or "ndjson" in forms
    keywords = {"article_id": article_id, **checked_keywords(written)}
    _check(form, several, keywords)
    failures: list[str] = []
    warnings: list[str] = []
    articles = (raw for file, form in zip(files, forms, strict=True) for raw in read_articles(file, form))
    with click.progressbar(
        length=_size(files), label="Reading", file=sys.stderr, hidden=not (several and _visible(output))
    ) as bar:
        readings = _readings(articles, failures, bar.update, keywords, several)
        for part in FORMS[form](readings if form in JSON_FORMS else _noted(readings, warnings), several):
            click.echo(part, nl=False, file=output)
    for warning in warnings:
        click.echo(warning, err=True)
    for failure in failures:
        click.echo(f"Error: {failure}", err=True)
    sys.exit(1 if failures else 0)


extract.help = "\n".join((cleandoc(extract.help or ""), "\n\b", *(f"{name:10}{form.__doc__}" for name, form in FORMS.items())))


def _check(form: str, several: bool, keywords: dict[str, Any]) -> None:
    """Refuse invalid combinations before anything is read."""
    if several and keywords["article_id"]:
        raise click.UsageError("--id is for one article. With several, the id is the name of the file, or the id in the line.")
    if several and form == "html":
        raise click.UsageError("--format html shows one article. Give one FILE with one article.")
    if form == "html" and keywords.get("offset_unit", "codepoint") != "codepoint":
        raise click.UsageError("--format html counts code points. Leave out --offset-unit.")


def _size(files: tuple[str, ...]) -> int:
    """The bytes of all files; a pipe counts as empty, because its size is unknown."""
    return sum(os.path.getsize(file) for file in files if file != "-")


def _visible(output: IO[str]) -> bool:
    """Whether a progress bar is visible on a terminal without mixing with the answers."""
    return on_terminal(sys.stderr) and not (output.name == "-" and on_terminal(sys.stdout))


def _readings(
    articles: Iterator[RawArticle], failures: list[str], count: Callable[[int], None], keywords: dict[str, Any], several: bool
) -> Iterator[Reading]:
    """The text and answer of each article. Errors are added to `failures`; `count` receives the size of each article."""
    for raw in articles:
        name = {"article_id": raw.name} if several else {}
        try:
            arguments = {**keywords, **name, **keywords_of(raw)}
            article = attribution.extract(**arguments)
        except ModelError as error:
            raise click.ClickException(str(error)) from None
        except (TextError, OptionError) as error:
            failures.append(f"{raw.title}: {error}")
        else:
            yield article.text or arguments["text"], article
        count(len(raw.data))


def _noted(readings: Iterator[Reading], warnings: list[str]) -> Iterator[Reading]:
    """The same readings. Their warnings are added to `warnings`."""
    for text, article in readings:
        warnings += warning_lines(article)
        yield text, article
