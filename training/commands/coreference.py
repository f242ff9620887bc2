"""`python -m training coreference`: train the ranker."""

from __future__ import annotations

import os
from pathlib import Path

import click

from training.commands import FOLDER, pipeline_option
from training.ranking import Settings
from training.workshop import write_ranker


@click.command("coreference")
@click.argument("data", type=FOLDER)
@pipeline_option("The pipeline whose network is used, and which gets the ranker.")
@click.option("--seed", default=Settings.seed, show_default=True, help="The random seed.")
@click.option("--epochs", default=Settings.epochs, show_default=True, help="Passes over the examples.")
@click.option("--scorers", default=Settings.scorers, show_default=True, help="Scorers to train and average.")
@click.option("--workers", type=int, default=os.cpu_count, show_default="the cores", help="Processes that read the texts.")
def command(data: Path, out: Path, seed: int, epochs: int, scorers: int, workers: int) -> None:
    """Train the coreference ranker on the annotated speakers and the chains in the folder DATA, on top of an exported network."""
    write_ranker(data, out, Settings(seed=seed, epochs=epochs, scorers=scorers), workers=workers)
