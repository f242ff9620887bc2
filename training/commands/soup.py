"""`python -m training soup`: average networks."""

from __future__ import annotations

from pathlib import Path

import click

from training.commands import FILE, NEW_FILE
from training.workshop import write_soup


@click.command("soup")
@click.argument("weights", nargs=-1, required=True, type=FILE)
@click.option("--out", type=NEW_FILE, required=True, help="The file for the mean.")
@click.option("--share", "shares", multiple=True, type=float, help="The weight of each, in order.  [default: equal]")
def command(weights: tuple[Path, ...], out: Path, shares: tuple[float, ...]) -> None:
    """Average the WEIGHTS of networks that were all trained from the same weights, which may be among them."""
    if shares and len(shares) != len(weights):
        raise click.UsageError("Give one --share for each of the WEIGHTS, or none.")
    write_soup(weights, shares, out)
