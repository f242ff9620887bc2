"""Make an API key: `attribution newkey NAME`. Nothing is kept: the key is for its owner, the line for the settings."""

from __future__ import annotations

import secrets

import click

from .keys import LINE, digest_of


@click.command()
@click.argument("name")
def main(name: str) -> None:
    """Make an API key for NAME: the key, to give to its owner, and the line for ATTRIBUTION_API_KEYS or its file."""
    key = secrets.token_urlsafe(32)
    line = f"{name}:{digest_of(key)}"
    if not LINE.fullmatch(line):
        raise click.BadParameter("use letters, digits, dots and dashes only.", param_hint="NAME")
    click.echo(f"key   {key}\nline  {line}")


if __name__ == "__main__":
    main(prog_name="attribution newkey")
