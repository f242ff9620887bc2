"""`python -m training coreference`: train the ranker."""

from __future__ import annotations

import os
from pathlib import Path

import click

from training.commands import FOLDER, PIPELINE
from training.ranking import Settings
from training.workshop import write_ranker


@click.command("coreference")
@click.argument("data", type=FOLDER)
@click.option(
    "--out",
    type=FOLDER,
    default=PIPELINE,
    show_default=True,
    help="The pipeline whose network is read, and which gets the ranker.",
)
@click.option("--seed", default=Settings.seed, show_default=True, help="Everything random follows from it.")
@click.option("--epochs", default=Settings.epochs, show_default=True, help="How often the examples are read.")
@click.option("--scorers", default=Settings.scorers, show_default=True, help="How many learn, whose mean counts.")
@click.option("--workers", type=int, default=os.cpu_count, show_default="the cores", help="How many processes read the texts.")
def command(data: Path, out: Path, seed: int, epochs: int, scorers: int, workers: int) -> None:
    """Train the ranker of coreference on the answers and the chains in the folder DATA, on top of an exported network."""
    write_ranker(data, out, Settings(seed=seed, epochs=epochs, scorers=scorers), workers=workers)
