"""The command line of the training: `python -m training COMMAND`. Each command is a file in `training/commands/`."""

from __future__ import annotations

import click

from training.commands import calibrate, coreference, corpora, export, fit, label, restore, run, soup, teach

COMMANDS = (run, corpora, restore, fit, soup, export, calibrate, coreference, label, teach)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Train the network and write the pipeline that the library ships."""


for each in COMMANDS:
    main.add_command(each.command)

if __name__ == "__main__":
    main(prog_name="python -m training")
