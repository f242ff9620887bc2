"""Write `openapi.yaml` from the code: `python -m api.contract`, or with `--check` only say whether it is in step.

What it shows of the seeds is asked anew of the trained pipeline, and kept in `seeds.json`; the check asks nothing.
"""

from __future__ import annotations

from pathlib import Path

import click

from . import create_app, openapi, seeds

PATH = Path("openapi.yaml")


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; fail if the file is not what the code says.")
def main(check: bool) -> None:
    """Write openapi.yaml into the current directory, from the code and the seeds."""
    if not check:
        seeds.write()
    contract = openapi.text(create_app())
    if not check:
        PATH.write_text(contract, encoding="utf-8")
    elif not PATH.exists() or PATH.read_text(encoding="utf-8") != contract:
        raise click.ClickException(f"{PATH} is out of step with the code. Run: make openapi")


if __name__ == "__main__":
    main(prog_name="python -m api.contract")
