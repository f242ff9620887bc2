"""Makes an API key: `attribution newkey NAME`. Prints the key for its owner and a line for the settings; stores nothing."""

from __future__ import annotations

import secrets

import click

from .keys import LINE, digest_of


@click.command()
@click.argument("name")
def main(name: str) -> None:
    """Make an API key for NAME: print the key, to give to its owner, and the line for ATTRIBUTION_API_KEYS or its file."""
    key = secrets.token_urlsafe(32)
    line = f"{name}:{digest_of(key)}"
    if not LINE.fullmatch(line):
        raise click.BadParameter("use only letters, digits, underscores, dots and dashes.", param_hint="NAME")
    click.echo(f"key   {key}\nline  {line}")


if __name__ == "__main__":
    main(prog_name="attribution newkey")
