"""Generates `openapi.yaml` from the code: `python -m api.contract`. With `--check`, only says whether the file is up to date.

Generating also runs the trained pipeline on the seed excerpts and saves the answers, which the contract shows, in `seeds.json`.
The check does not.
"""

from __future__ import annotations

from pathlib import Path

import click

from . import create_app, openapi, seeds

PATH = Path("openapi.yaml")


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; fail if the file is out of date.")
def main(check: bool) -> None:
    """Write openapi.yaml to the current directory, from the code and the seeds."""
    if not check:
        seeds.write()
    contract = openapi.as_yaml(create_app())
    if not check:
        PATH.write_text(contract, encoding="utf-8")
    elif not PATH.exists() or PATH.read_text(encoding="utf-8") != contract:
        raise click.ClickException(f"{PATH} is out of date. Run: make openapi")


if __name__ == "__main__":
    main(prog_name="python -m api.contract")
