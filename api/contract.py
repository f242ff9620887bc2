"""Generates `openapi.yaml` and the table of options in docs/http.md from the code: `python -m api.contract`. With `--check`, only
says whether the files are up to date.

Generating also runs the trained pipeline on the seed excerpts and saves the answers, which the contract shows, in `seeds.json`.
The check does not.
"""

from __future__ import annotations

import re
from pathlib import Path

import click

from attribution.options import OPTIONS

from . import create_app, openapi, seeds
from .requests import QuoteRequestSchema

PATH = Path("openapi.yaml")
PAGE = Path("docs/http.md")
ROWS = re.compile(r"(?<=\| option \| what it does \|\n\|---\|---\|\n)(\|.*\n)*")


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; fail if a file is out of date.")
def main(check: bool) -> None:
    """Write openapi.yaml to the current directory, and the options into docs/http.md, from the code and the seeds."""
    if not check:
        seeds.write()
    page = ROWS.sub(lambda _: _option_rows(), PAGE.read_text(encoding="utf-8"))
    for path, text in ((PATH, openapi.as_yaml(create_app())), (PAGE, page)):
        if not check:
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            raise click.ClickException(f"{path} is out of date. Run: make openapi")


def _option_rows() -> str:
    """A row for each option, in the words of the contract."""
    described = {name: field.metadata["description"].replace("|", r"\|") for name, field in QuoteRequestSchema().fields.items()}
    return "".join(f"| `{name}` | {described[name]} |\n" for name in ("id", *OPTIONS))


if __name__ == "__main__":
    main(prog_name="python -m api.contract")
