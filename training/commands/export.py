"""`python -m training export`: write the pipeline for trained weights."""

from __future__ import annotations

from pathlib import Path

import click

from training import recipe as recipes
from training.commands import FILE, NEW_FOLDER, PIPELINE, encoder_option
from training.workshop import write_exported


@click.command("export")
@click.argument("weights", type=FILE)
@click.option("--out", type=NEW_FOLDER, default=PIPELINE, show_default=True)
@click.option("--version", required=True, help="The version of the trained pipeline, such as 1.0.0.")
@click.option("--recipe", type=FILE, default=recipes.SHIPPED, help="The recipe with the thresholds for these weights.")
@click.option("--float32", is_flag=True, help="Keep float32 weights instead of int8.")
@encoder_option
def command(weights: Path, out: Path, version: str, recipe: Path, float32: bool, encoder: str) -> None:
    """Write the trained pipeline to a directory, in spaCy's format."""
    tuned = recipes.read_recipe(recipe).tuned
    write_exported(weights, out, encoder=encoder, version=version, tuned=tuned, quantized=not float32)
