"""Read files, folders and the pipe. In: a file and its form. Out: its articles, each a `RawArticle`."""

from __future__ import annotations

import glob
import shlex
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from attribution.errors import ModelError, TextError
from attribution.inputs import INPUTS, SUFFIXES, RawArticle, form_of
from attribution.text import intake

SINGLE_INPUT_OPTION = click.option(
    "--input", "given_form", type=click.Choice(INPUTS[:2]), help="What FILE is.  [default: as its name says, else text]"
)
"""The option --input of a command that reads one article."""

FOLDER_SUFFIXES = {".txt", *SUFFIXES}
"""Files in folders are read if they have one of these suffixes."""


class ArticlePath(click.Path):
    """The type of an argument that is an existing path. An address of a page gets an error of its own."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path, unchanged."""
        if intake.ADDRESS.fullmatch(value) and not Path(value).exists():
            self.fail(f"Nothing is fetched. Save the page first: curl -s {shlex.quote(value)} > article.html", param, ctx)
        return super().convert(value, param, ctx)


class PathOrPattern(ArticlePath):
    """The type of an argument that is an existing path, or a pattern with * or ? that matches one; ** also matches subfolders."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path or the pattern, unchanged."""
        return value if _matches(value) else super().convert(value, param, ctx)


def expand_patterns(paths: Iterable[str]) -> Iterator[str]:
    """The paths, with each pattern replaced by the paths that match it, in order."""
    for path in paths:
        yield from _matches(path) or (path,)


def _matches(pattern: str) -> list[str]:
    return [] if Path(pattern).exists() else sorted(glob.glob(pattern, recursive=True))


def expand_folders(paths: Iterable[str]) -> Iterator[str]:
    """The paths, with each folder replaced by the files in it, in order. Raises UsageError for a folder without articles."""
    for path in paths:
        if path == "-" or not Path(path).is_dir():
            yield path
            continue
        files = sorted(str(file) for file in Path(path).rglob("*") if file.suffix.lower() in FOLDER_SUFFIXES and file.is_file())
        if not files:
            suffixes = ", ".join(sorted(FOLDER_SUFFIXES))
            raise click.UsageError(f"{click.format_filename(path)} has no article: no file ends in {suffixes}.")
        yield from files


def read_articles(file: str, form: str) -> Iterator[RawArticle]:
    """The articles of a file, or of the pipe if the file is `-`. Empty lines of NDJSON are skipped."""
    name = click.format_filename(file)
    title = "Standard input" if file == "-" else name
    with click.open_file(file, "rb") as stream:
        if form != "ndjson":
            yield RawArticle(title, name, form, stream.read())
            return
        for number, line in intake.lines(stream):
            yield RawArticle(f"{title}, line {number}", f"{name}:{number}", form, line)


def read_single_article(file: str, given_form: str | None) -> RawArticle:
    """The article of a file with one article. Raises UsageError for NDJSON."""
    form = given_form or form_of(file)
    if form not in INPUTS[:2]:
        raise click.UsageError(f"{click.format_filename(file)} is NDJSON, which may have many articles. Give a FILE with one.")
    (raw,) = read_articles(file, form)
    return raw


@contextmanager
def exit_on_error(raw: RawArticle) -> Iterator[None]:
    """End the command with a one-line error if the article cannot be read."""
    try:
        yield
    except ModelError as error:
        raise click.ClickException(str(error)) from None
    except TextError as error:
        raise click.ClickException(f"{raw.title}: {error}") from None
