"""What the commands share: types of arguments, and how a report is printed. In: command-line values. Out: paths and text."""

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
"""The library's options for a gold corpus without kinds."""


def drawable(context: click.Context, parameter: click.Parameter, path: Path | None) -> Path | None:
    """Check that a plot can be drawn at this path."""
    if path and path.suffix not in (".svg", ".png"):
        raise click.BadParameter(f"{path.name} is not a plot file: use a name that ends in .svg or .png")
    if path and not find_spec("matplotlib"):
        raise click.ClickException("plots need matplotlib: install the extra [evaluation], or omit --plot")
    return path


def show(report: Mapping[str, Any], table: Callable[[Any], str], *, as_json: bool) -> None:
    """Print a report, as JSON or as its table."""
    click.echo(json.dumps(report, indent=1, ensure_ascii=False) if as_json else table(report))
