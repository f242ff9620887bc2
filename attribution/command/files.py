"""Files and the pipe, read one after the other. In: a file and its form. Out: its articles, a `Piece` each."""

from __future__ import annotations

from collections.abc import Iterator

import click

from attribution.pieces import Piece


def pieces(file: str, form: str) -> Iterator[Piece]:
    """The articles of a file, or of the pipe where the file is `-`; lines one by one, but for empty ones."""
    name = click.format_filename(file)
    title = "Standard input" if file == "-" else name
    with click.open_file(file, "rb") as stream:
        if form != "ndjson":
            yield Piece(title, name, form, stream.read())
            return
        for number, line in enumerate(stream, 1):
            if line.strip():
                yield Piece(f"{title}, line {number}", f"{name}:{number}", form, line)
