"""`python -m training corpora`: tell which corpora there are."""

from __future__ import annotations

from pathlib import Path

import click

from training import catalogue
from training.commands import FOLDER


@click.command("corpora")
@click.argument("data", type=FOLDER)
def command(data: Path) -> None:
    """Tell of each corpus that a training can read what it is, whose, under which licence, and whether the folder DATA has it.
    Where a file is there but is another one than the recipe was followed with, the exit status is 1.
    """
    states = {corpus: corpus.state(data) for corpus in catalogue.corpora()}
    for corpus, state in states.items():
        click.echo(f"{corpus.file}: {state}\n  {corpus.what}\n  by {corpus.origin}\n  licence: {corpus.licence}")
    if others := [corpus.file for corpus, state in states.items() if state == "another file"]:
        raise click.ClickException(f"another file than the recipe was followed with: {', '.join(others)}")
