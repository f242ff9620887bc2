"""The commands of `python -m training`, a file each, with a `command` in it. They parse and print; `training.workshop` does the
work. Two things that several share stand here: what a path may be, and the option `--encoder`.
"""

from pathlib import Path

import click

from training.encoders import ENCODERS

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
NEW_FILE = click.Path(dir_okay=False, path_type=Path)
NEW_FOLDER = click.Path(file_okay=False, path_type=Path)
PIPELINE = Path("attribution/model")

encoder_option = click.option(
    "--encoder",
    type=click.Choice(list(ENCODERS)),
    default="minilm",
    show_default=True,
    help="What the network starts from.",
)
