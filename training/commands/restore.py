"""`python -m training restore`: recover the weights of an exported network."""

from __future__ import annotations

from pathlib import Path

import click

from training.commands import FILE, NEW_FILE, encoder_option
from training.workshop import write_restored


@click.command("restore")
@click.argument("network", type=FILE)
@click.option("--out", type=NEW_FILE, required=True, help="Where to write the weights.")
@encoder_option
def command(network: Path, out: Path, encoder: str) -> None:
    """Recover the weights of an exported NETWORK (`attribution/model/tagger/network.onnx`), to continue training from them."""
    write_restored(network.read_bytes(), out, encoder=encoder)
