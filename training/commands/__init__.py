"""The commands of `python -m training`: one file each, which defines `command`. They parse and print; `training.workshop` does
the work. Here are the types of paths and the options `--encoder` and `--out`, which several commands share.
"""

from collections.abc import Callable
from pathlib import Path

import click

from training.encoders import ENCODERS

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
NEW_FILE = click.Path(dir_okay=False, path_type=Path)
NEW_FOLDER = click.Path(file_okay=False, path_type=Path)
PIPELINE = Path("attribution/model")

Decorator = Callable[[Callable[..., None]], Callable[..., None]]


def pipeline_option(help_: str) -> Decorator:
    """The option `--out` of a command that changes a pipeline."""
    return click.option("--out", type=FOLDER, default=PIPELINE, show_default=True, help=help_)


encoder_option = click.option(
    "--encoder", type=click.Choice(list(ENCODERS)), default="minilm", show_default=True, help="The pretrained encoder."
)
