"""`python -m training calibrate`: fit the confidence of quotes."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from evaluation.files import each_line
from training.commands import FILE, FOLDER, PIPELINE
from training.workshop import write_calibrated


@click.command("calibrate")
@click.argument("gold", type=FILE)
@click.option(
    "--out",
    type=FOLDER,
    default=PIPELINE,
    show_default=True,
    help="The pipeline whose network is asked, and which gets the numbers.",
)
def command(gold: Path, out: Path) -> None:
    """Fit the confidence of quotes, and the least that is told, on annotated news articles that the network has not seen."""
    print(write_calibrated(each_line(gold), out), file=sys.stderr)
