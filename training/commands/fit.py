"""`python -m training fit`: train a network on the articles and corpora of a folder."""

from __future__ import annotations

from pathlib import Path

import click

from training.commands import FILE, FOLDER, NEW_FILE, encoder_option
from training.fit import Settings
from training.material import DataOptions
from training.workshop import progress_file, write_fitted


@click.command("fit")
@click.argument("data", type=FOLDER)
@click.option("--out", type=NEW_FILE, required=True, help="Where to write the weights.")
@click.option("--seed", default=Settings.seed, show_default=True, help="The random seed.")
@click.option("--start", type=FILE, help="Weights to start from.")
@encoder_option
@click.option("--resume", is_flag=True, help="Resume a stopped training with this --out, if there is one.")
@click.option("--epochs", default=Settings.epochs, show_default=True, help="Passes over the articles.")
@click.option("--rate", default=Settings.encoder_rate, show_default=True, help="The highest learning rate of the encoder.")
@click.option("--varied", default=DataOptions.varied, show_default=True, help="Share of articles to rewrite in another style.")
@click.option("--silver", type=FOLDER, help="Folder that `label` wrote, to learn from too.")
@click.option("--soft", type=FOLDER, help="Folder that `teach` wrote, to learn from the teacher's scores and labels.")
@click.option("--soft-share", default=Settings.soft_share, show_default=True, help="Weight of the teacher's scores.")
@click.option("--only", default="", help="Train only parameters whose names start so, such as inner: the heads of nested quotes.")
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
    """Train on the invented articles and the corpora in the folder DATA (`corpora` lists them); missing ones are left out."""
    saved = progress_file(out)
    if saved.exists() and not resume:
        raise click.UsageError(f"{saved} exists from an earlier training: resume it with --resume, or remove the file.")
    settings = Settings(seed=seed, epochs=epochs, soft_share=soft_share, only=only).with_rate(rate)
    options = DataOptions(varied=varied, silver=silver, soft=soft, names=not only.startswith("inner"))
    write_fitted(data, out, settings, options, encoder=encoder, start=start, device=device)
