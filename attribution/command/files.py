"""Files, folders and the pipe, read one after the other. In: a file and its form. Out: its articles, a `RawArticle` each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from attribution.errors import ModelError, TextError
from attribution.inputs import INPUTS, SUFFIXES, RawArticle, form_of

FORM_OF_ONE = click.option(
    "--input", "given_form", type=click.Choice(INPUTS[:2]), help="What FILE is.  [default: as its name says, else text]"
)
"""The option of a command that reads one article."""

IN_FOLDERS = {".txt", *SUFFIXES}
"""What is read of a folder, by the ends of names."""


def within(paths: Sequence[str]) -> Iterator[str]:
    """The paths, and for a folder the files in it, by name. An empty one is a wrong call."""
    for path in paths:
        if path == "-" or not Path(path).is_dir():
            yield path
            continue
        found = sorted(str(file) for file in Path(path).rglob("*") if file.suffix.lower() in IN_FOLDERS and file.is_file())
        if not found:
            raise click.UsageError(f"{click.format_filename(path)} holds no article: none of {', '.join(sorted(IN_FOLDERS))}.")
        yield from found


def pieces(file: str, form: str) -> Iterator[RawArticle]:
    """The articles of a file, or of the pipe where the file is `-`; lines one by one, but for empty ones."""
    name = click.format_filename(file)
    title = "Standard input" if file == "-" else name
    with click.open_file(file, "rb") as stream:
        if form != "ndjson":
            yield RawArticle(title, name, form, stream.read())
            return
        for number, line in enumerate(stream, 1):
            if line.strip():
                yield RawArticle(f"{title}, line {number}", f"{name}:{number}", form, line)


def one_piece(file: str, given_form: str | None) -> RawArticle:
    """The article of a file that holds one."""
    form = given_form or form_of(file)
    if form not in INPUTS[:2]:
        raise click.UsageError(f"{click.format_filename(file)} is NDJSON, which may hold many articles. Give a FILE of one.")
    (piece,) = pieces(file, form)
    return piece


@contextmanager
def told_in_a_line(piece: RawArticle) -> Iterator[None]:
    """End the command with one line where the article cannot be read."""
    try:
        yield
    except ModelError as error:
        raise click.ClickException(str(error)) from None
    except TextError as error:
        raise click.ClickException(f"{piece.title}: {error}") from None
