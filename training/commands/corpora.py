"""`python -m training corpora`: list the corpora."""

from __future__ import annotations

from pathlib import Path

import click

from training import catalogue
from training.commands import FOLDER


@click.command("corpora")
@click.argument("data", type=FOLDER)
def command(data: Path) -> None:
    """List each corpus that the training can read: its content, origin and licence, and whether the folder DATA has it. The exit
    status is 1 if a file is not the one that the recipe was followed with.
    """
    states = {corpus: corpus.state(data) for corpus in catalogue.corpora()}
    for corpus, state in states.items():
        click.echo(f"{corpus.file}: {state}\n  {corpus.what}\n  by {corpus.origin}\n  licence: {corpus.licence}")
    if others := [corpus.file for corpus, state in states.items() if state == "another file"]:
        raise click.ClickException(f"not the file that the recipe was followed with: {', '.join(others)}")
