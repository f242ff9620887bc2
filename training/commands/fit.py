"""`python -m training fit`: train a network on the articles and corpora of a folder."""

from __future__ import annotations

from pathlib import Path

import click

from training.commands import FILE, FOLDER, NEW_FILE, encoder_option
from training.fit import Settings
from training.material import MaterialOptions
from training.workshop import progress_file, write_fitted


@click.command("fit")
@click.argument("data", type=FOLDER)
@click.option("--out", type=NEW_FILE, required=True, help="Where to write the weights.")
@click.option("--seed", default=Settings.seed, show_default=True, help="Everything random follows from it.")
@click.option("--start", type=FILE, help="Weights to go on from.")
@encoder_option
@click.option("--resume", is_flag=True, help="Go on where a training with this --out was stopped, if one was.")
@click.option("--epochs", default=Settings.epochs, show_default=True, help="How often the articles are read.")
@click.option("--rate", default=Settings.encoder_rate, show_default=True, help="The highest learning rate of the encoder.")
@click.option(
    "--varied", default=MaterialOptions.varied, show_default=True, help="Share of the articles rewritten in another style."
)
@click.option("--silver", type=FOLDER, help="What `label` wrote: learn from it too.")
@click.option("--soft", type=FOLDER, help="What `teach` wrote: learn what the teacher thinks, and from what it labelled.")
@click.option("--soft-share", default=Settings.soft_share, show_default=True, help="What that counts beside what is annotated.")
@click.option("--only", default="", help="Train what is called so alone, and leave the rest: inner, the heads of nested quotes.")
@click.option("--device", default="cpu", show_default=True, help="cpu or cuda.")
def command(
    data: Path,
    out: Path,
    start: Path | None,
    encoder: str,
    resume: bool,
    seed: int,
    epochs: int,
    rate: float,
    varied: float,
    silver: Path | None,
    soft: Path | None,
    soft_share: float,
    only: str,
    device: str,
) -> None:
    """Train on the invented articles of this project and on the corpora in the folder DATA (`corpora` lists them); what is not
    there is left out.
    """
    saved = progress_file(out)
    if saved.exists() and not resume:
        raise click.UsageError(f"{saved} is there, of a training before: go on from it with --resume, or remove it.")
    settings = Settings(seed=seed, epochs=epochs, soft_share=soft_share, only=only).with_rate(rate)
    options = MaterialOptions(varied=varied, silver=silver, soft=soft, names=not only.startswith("inner"))
    write_fitted(data, out, settings, options, encoder=encoder, start=start, device=device)
