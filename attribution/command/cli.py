"""The command `attribution`: read articles (`batch`, `extract`, `verify`), or start the service (`serve`).

In: arguments. What the user can put right ends in one line and exit code 1 (the input) or 2 (the command line). It knows the
service only as a module name that it hands to gunicorn.
"""

from __future__ import annotations

import os
import sys

import click

import attribution
from attribution.command.batching import batch
from attribution.command.claims import verify
from attribution.command.extraction import extract


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(attribution.__version__, message="%(prog)s %(version)s")
def main() -> None:
    """Find every quotation in an English news article: what was said, who said it, with which verb."""


@main.command(
    epilog="""\b
Examples:
  attribution serve
  attribution serve --host 0.0.0.0 --port 80 --workers 8
"""
)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on; 0.0.0.0 for all.")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="The port to listen on.")
@click.option("--workers", type=click.IntRange(1), help="Server processes.  [default: ATTRIBUTION_WORKERS, or 2]")
def serve(host: str, port: int, workers: int | None) -> None:
    """Start the HTTP service; Ctrl-C stops it."""
    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    command = [sys.executable, "-m", "gunicorn", "--config", "python:api.gunicorn_conf", "--bind", address]
    if workers:
        command += ["--workers", str(workers)]
    os.execv(sys.executable, command)


for command in (batch, extract, verify):
    main.add_command(command)
