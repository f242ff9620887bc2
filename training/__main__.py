"""The workshop's door: `python -m training fit DATA --out WEIGHTS`, `python -m training export WEIGHTS`."""

from __future__ import annotations

import sys
from pathlib import Path
from random import Random

import click
import spacy
import torch

from attribution.windows import WordPieces
from training.augment import vary
from training.corpora import names, polnear
from training.encoder import directory, vocabulary
from training.examples import LARGEST, Example, build
from training.export import write
from training.fit import Recipe, fit
from training.network import Config, Network, pretrained


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Train the network and write the pipeline that the library ships."""


@main.command("fit")
@click.argument("data", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="Where to write the weights.")
@click.option("--seed", default=Recipe.seed, show_default=True, help="Everything random follows from it.")
@click.option("--epochs", default=Recipe.epochs, show_default=True, help="How often the articles are read.")
@click.option("--varied", default=0.4, show_default=True, help="Share of the articles rewritten in another style, each epoch.")
@click.option("--device", default="cpu", show_default=True, help="cpu or cuda.")
def fit_command(data: Path, out: Path, seed: int, epochs: int, varied: float, device: str) -> None:
    """Train on the corpora in the folder DATA (polnear/train.jsonl and the name corpora)."""
    pieces = WordPieces(vocabulary())
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    articles = list(polnear.read(data / "polnear" / "train.jsonl"))
    headlines = [article.text.split("\n", 1)[0][:120] for article in articles]
    plain = [build(article, nlp, pieces, limit=LARGEST) for article in articles]
    named = {
        name: [build(document, nlp, pieces, limit=LARGEST) for document in names.read(data / f"{name}.jsonl.gz")]
        for name in names.FILES
    }

    def epoch(rng: Random) -> list[Example]:
        examples = [
            build(vary(article, rng, headlines), nlp, pieces, limit=LARGEST) if rng.random() < varied else example
            for article, example in zip(articles, plain, strict=True)
        ]
        return examples + names.draw(named, rng)

    def keep(network: Network) -> None:
        torch.save({name: value.cpu() for name, value in network.state_dict().items()}, out)
        print(f"wrote {out}", file=sys.stderr)

    out.parent.mkdir(parents=True, exist_ok=True)
    fit(pretrained(directory()), epoch, pieces.special, Recipe(seed=seed, epochs=epochs), device=device, keep=keep)


@main.command("export")
@click.argument("weights", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), default=Path("attribution/model"), show_default=True)
@click.option("--version", required=True, help="The version of the trained pipeline, such as 1.0.0.")
@click.option("--float32", is_flag=True, help="Keep the weights as they are instead of as int8.")
def export_command(weights: Path, out: Path, version: str, float32: bool) -> None:
    """Write the trained pipeline, as spaCy does, to a directory."""
    network = Network(Config())
    network.load_state_dict(torch.load(weights))
    write(network.eval(), vocabulary(), out, version=version, quantized=not float32)
    print(f"wrote {out}", file=sys.stderr)


if __name__ == "__main__":
    main()
