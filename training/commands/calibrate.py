"""`python -m training calibrate`: fit the confidence of quotes."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from evaluation.files import each_line
from training.commands import FILE, pipeline_option
from training.workshop import write_calibrated


@click.command("calibrate")
@click.argument("gold", type=FILE)
@pipeline_option("The pipeline to calibrate.")
def command(gold: Path, out: Path) -> None:
    """Fit the confidence of quotes and its thresholds on annotated news articles that the network has not been trained on."""
    print(write_calibrated(each_line(gold), out), file=sys.stderr)
