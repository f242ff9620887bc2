"""The command `attribution`: read articles (`batch`, `explain`, `extract`, `verify`), or run the service (`serve`, `newkey`).

In: arguments. Errors that the user can fix are reported in one line, with exit code 1 (the input) or 2 (the command line). The
service is known only by the name of its module.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from importlib.util import find_spec

import click

import attribution
from attribution.command.batching import batch
from attribution.command.claims import verify
from attribution.command.explaining import explain
from attribution.command.extraction import extract

SERVICE = "attribution.service" if find_spec("attribution.service") else "api"
"""The module of the service, in an installation and in a clone."""


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
    command = [sys.executable, "-m", SERVICE, "--config", f"python:{SERVICE}.gunicorn_conf", "--bind", address]
    if workers:
        command += ["--workers", str(workers)]
    if SERVICE != "api":
        # In a clone, the current folder holds another `attribution`, which has no service.
        os.environ["PYTHONSAFEPATH"] = "1"
    # Numpy's threads would only wait for each other: throughput comes from processes.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    os.execv(sys.executable, command)


@main.command(
    epilog="""\b
Example:
  attribution newkey desk
"""
)
@click.argument("name")
def newkey(name: str) -> None:
    """Create an API key for NAME.

    It prints the key, and the line for ATTRIBUTION_API_KEYS.
    """
    import_module(f"{SERVICE}.newkey").main(["--", name], prog_name="attribution newkey")


for command in (batch, explain, extract, verify):
    main.add_command(command)
