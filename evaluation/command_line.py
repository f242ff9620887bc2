"""What the doors of the measure share: kinds of arguments, and how a report is printed. In: what was typed. Out: paths, text."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click

from evaluation.predict import KINDS

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
OUT = click.Path(dir_okay=False, path_type=Path)
EVERYTHING: dict[str, Any] = dict.fromkeys(KINDS, True)
"""What is asked for where the gold is of a corpus that has no kinds."""


def drawable(context: click.Context, parameter: click.Parameter, path: Path | None) -> Path | None:
    """The path of a plot, once it is sure that one can be drawn there."""
    if path and path.suffix not in (".svg", ".png"):
        raise click.BadParameter(f"{path.name} is no plot: end its name in .svg or .png")
    if path and not find_spec("matplotlib"):
        raise click.ClickException("a plot needs matplotlib: install the extra [evaluation], or leave --plot out")
    return path


def show(report: Mapping[str, Any], table: Callable[[Any], str], *, as_json: bool) -> None:
    """Print a report, as JSON or as its table."""
    click.echo(json.dumps(report, indent=1, ensure_ascii=False) if as_json else table(report))
