"""The workshop's door: `python -m training fit DATA --out WEIGHTS`, `python -m training soup WEIGHTS… --out MEAN`,
`python -m training export WEIGHTS`, `python -m training coreference DATA`, `python -m training label DATA --teacher NETWORK
--out SILVER`, `python -m training teach DATA --teacher WEIGHTS --out SOFT`. What each does is said in its own file.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from random import Random

import click
import spacy
import torch
from spacy.language import Language

from attribution import load, seal
from attribution.resolving.coreference import Coreference
from attribution.tagging.network import Network as Trained
from attribution.tagging.windows import WordPieces
from evaluation.files import each_line
from training import articles, ranking, soft
from training.augment import vary
from training.calibrate import calibrate
from training.compose import Composer
from training.coreference import Document
from training.corpora import chains, names, polnear, taught, texts
from training.corpora import silver as silvers
from training.corpora.records import draw
from training.encoder import vocabulary
from training.encoders import ENCODERS
from training.examples import LARGEST, Example, advised, build
from training.export import recalibrate, write
from training.fit import Recipe, fit
from training.frames import Framer
from training.label import label
from training.lessons import lessons
from training.network import Config, Network
from training.reader import Reader
from training.restore import restore
from training.soup import soup
from training.teach import teach

COMPOSED, FRAMED = 60, 60
"""Made-up pages an epoch, and those with quotes inside quotes."""
FURTHER = 100
"""Articles of PolNeAR an epoch, which are annotated by a reading of its own."""
TOLD = 500
"""After so many texts progress is told."""

encoder_option = click.option(
    "--encoder", type=click.Choice(list(ENCODERS)), default="minilm", show_default=True, help="What the network starts from."
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Train the network and write the pipeline that the library ships."""


@main.command("fit")
@click.argument("data", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="Where to write the weights.")
@click.option("--seed", default=Recipe.seed, show_default=True, help="Everything random follows from it.")
@click.option("--start", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Weights to go on from.")
@encoder_option
@click.option("--resume", is_flag=True, help="Go on where a training with this --out was stopped, if one was.")
@click.option("--epochs", default=Recipe.epochs, show_default=True, help="How often the articles are read.")
@click.option("--rate", default=Recipe.encoder_rate, show_default=True, help="The highest learning rate of the encoder.")
@click.option("--varied", default=0.4, show_default=True, help="Share of the articles rewritten in another style, each epoch.")
@click.option(
    "--silver", type=click.Path(exists=True, file_okay=False, path_type=Path), help="What `label` wrote: learn from it too."
)
@click.option(
    "--soft",
    "softly",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="What `teach` wrote: learn what the teacher thinks, and from the articles that it labelled.",
)
@click.option("--soft-share", default=Recipe.soft_share, show_default=True, help="What that counts beside what is annotated.")
@click.option("--only", default="", help="Train what is called so alone, and leave the rest: inner, the heads of nested quotes.")
@click.option("--device", default="cpu", show_default=True, help="cpu or cuda.")
def fit_command(
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
    softly: Path | None,
    soft_share: float,
    only: str,
    device: str,
) -> None:
    """Train on the invented articles of this project and on the corpora in the folder DATA: news/train.jsonl, polnear/train.jsonl
    and the name corpora.
    """
    saved = out.with_suffix(".progress")
    if saved.exists() and not resume:
        raise click.UsageError(f"{saved} is there, of a training before: go on from it with --resume, or remove it.")
    out.parent.mkdir(parents=True, exist_ok=True)
    pieces, nlp = WordPieces(vocabulary()), _reader()
    gold, further = articles.gold(data), articles.further(data)
    headlines = [article.text.split("\n", 1)[0][:120] for article in gold]
    labelled = {name: list(silvers.read(silver / f"{name}.jsonl")) for name in texts.FILES} if silver else {}
    lessons, advice = (articles.taught_by(softly, data), soft.read(softly.glob("*.npz"))) if softly else ({}, {})
    composer, framer = Composer(gold), Framer(gold, [article for corpus in labelled.values() for article in corpus])
    shares = {} if only.startswith("inner") else names.FILES
    linked = {
        name: [build(chains.article(chained), nlp, pieces, limit=LARGEST) for chained in chains.read(data / f"{name}.jsonl.gz")]
        for name in chains.SHARES
    }
    named = {
        name: [build(document, nlp, pieces, limit=LARGEST) for document in names.read(data / f"{name}.jsonl.gz")]
        for name in shares
    }

    def epoch(rng: Random) -> list[Example]:
        drawn = rng.sample(further, FURTHER)
        drawn += draw(labelled, texts.FILES, rng) if silver else []
        drawn += draw(lessons, taught.FILES, rng) if softly else []
        made_up = [composer(rng, number) for number in range(COMPOSED)] + [framer(rng, number) for number in range(FRAMED)]
        examples = (
            build(vary(article, rng, headlines) if rng.random() < varied else article, nlp, pieces, limit=LARGEST)
            for article in gold + drawn + made_up
        )
        return [advised(example, advice) for example in examples] + draw(named, shares, rng) + draw(linked, chains.SHARES, rng)

    def keep(network: Network) -> None:
        torch.save({name: value.cpu() for name, value in network.state_dict().items()}, out)
        print(f"wrote {out}", file=sys.stderr)

    torch.manual_seed(seed)
    network = _trained(start, encoder) if start else ENCODERS[encoder].start()
    head_rate = rate * Recipe.head_rate / Recipe.encoder_rate
    recipe = Recipe(seed=seed, epochs=epochs, encoder_rate=rate, head_rate=head_rate, soft_share=soft_share, only=only)
    fit(network, epoch, pieces.special, recipe, device=device, keep=keep, saved=saved)


def _trained(weights: Path, encoder: str) -> Network:
    """A network with this encoder and these weights."""
    network = Network(ENCODERS[encoder].config)
    network.load_state_dict(torch.load(weights))
    return network


@main.command("soup")
@click.argument("weights", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="Where to write the mean.")
@click.option("--share", "shares", multiple=True, type=float, help="How much each counts, in the same order.  [default: alike]")
def soup_command(weights: tuple[Path, ...], out: Path, shares: tuple[float, ...]) -> None:
    """Average the WEIGHTS of networks that all went on from the same ones, which may be among them."""
    if shares and len(shares) != len(weights):
        raise click.UsageError("Give a --share for each of the WEIGHTS, or none.")
    torch.save(soup([torch.load(path) for path in weights], shares), out)
    print(f"wrote {out}", file=sys.stderr)


@main.command("label")
@click.argument("data", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--teacher",
    "teachers",
    multiple=True,
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A `network.onnx` that `export` wrote; give several.",
)
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="The folder to write to, a file a corpus."
)
def label_command(data: Path, teachers: tuple[Path, ...], out: Path) -> None:
    """Let trained networks, together, find the attributions of the texts in the folder DATA that nobody annotated, and what is
    nested in those and in the annotated ones.
    """
    nlp, thresholds = _reader(), load().get_pipe("tagger").thresholds
    networks = [Trained(teacher.read_bytes()) for teacher in teachers]
    out.mkdir(parents=True, exist_ok=True)
    corpora = {articles.POLNEAR: polnear.read(data / articles.POLNEAR / "train.jsonl")}
    corpora |= {name: texts.read(data / f"{name}.jsonl.gz") for name in texts.FILES}
    for name, unlabelled in corpora.items():
        with (out / f"{name}.jsonl").open("w", encoding="utf-8") as file:
            count = silvers.write(label(unlabelled, networks, nlp, thresholds), file)
        print(f"labelled {count} texts of {name}", file=sys.stderr)


def _reader() -> Language:
    """What makes words and sentences of a text, as the pipeline does."""
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    return nlp


@main.command("teach")
@click.argument("data", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--teacher", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=True, help="Weights that `fit` wrote."
)
@encoder_option
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="The folder to write to, two files a corpus."
)
def teach_command(data: Path, teacher: Path, encoder: str, out: Path) -> None:
    """Write down what a trained network thinks of every word of the articles in the folder DATA, and what it finds in those that
    nobody annotated. None of it holds a text.
    """
    nlp, reader = _reader(), Reader(_trained(teacher, encoder), vocabulary())
    thresholds = load().get_pipe("tagger").thresholds
    out.mkdir(parents=True, exist_ok=True)
    for name, corpus in {"news": articles.gold(data), **articles.unread(data)}.items():
        lessons = list(teach(corpus, reader, nlp, thresholds))
        soft.write({lesson.id: lesson.soft for lesson in lessons}, out / f"{name}.npz")
        if name in taught.FILES:
            taught.write({lesson.id: lesson.attributions for lesson in lessons}, out / f"{name}.jsonl")
        print(f"taught {len(lessons)} texts of {name}", file=sys.stderr)


@main.command("coreference")
@click.argument("data", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--out",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path("attribution/model"),
    show_default=True,
    help="The pipeline whose network is read, and which gets the ranker.",
)
@click.option("--seed", default=ranking.Recipe.seed, show_default=True, help="Everything random follows from it.")
@click.option("--epochs", default=ranking.Recipe.epochs, show_default=True, help="How often the examples are read.")
@click.option("--scorers", default=ranking.Recipe.scorers, show_default=True, help="How many learn, whose mean counts.")
@click.option("--workers", type=int, default=os.cpu_count, show_default="the cores", help="How many processes read the texts.")
def coreference_command(data: Path, out: Path, seed: int, epochs: int, scorers: int, workers: int) -> None:
    """Train the ranker of coreference on the answers and the chains in the folder DATA, on top of an exported network."""
    documents = list[Document]()
    for document in lessons(data, out, seed=seed, workers=workers):
        documents.append(document)
        if len(documents) % TOLD == 0:
            print(f"read {len(documents)} texts", file=sys.stderr)
    recipe = ranking.Recipe(seed=seed, epochs=epochs, scorers=scorers)
    Coreference(ranking.fit(documents, recipe)).to_disk(out / "coreference")
    seal.write(out)
    print(f"wrote {out / 'coreference'}", file=sys.stderr)


@main.command("restore")
@click.argument("network", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="Where to write the weights.")
def restore_command(network: Path, out: Path) -> None:
    """Read the weights of an exported NETWORK (`attribution/model/tagger/network.onnx`) back, to train on from them."""
    torch.save(restore(network.read_bytes(), Config()), out)
    print(f"wrote {out}", file=sys.stderr)


@main.command("calibrate")
@click.argument("gold", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--out",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path("attribution/model"),
    show_default=True,
    help="The pipeline whose network is asked, and which gets the numbers.",
)
def calibrate_command(gold: Path, out: Path) -> None:
    """Fit the confidence of quotes, and the least that is told, on annotated news articles that the network has not seen."""
    found = calibrate(each_line(gold), spacy.load(out, exclude=["mentions", "coreference", "speakers"]))
    recalibrate(out, found)
    seal.write(out)
    print(f"wrote {found} into {out}", file=sys.stderr)


@main.command("export")
@click.argument("weights", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), default=Path("attribution/model"), show_default=True)
@click.option("--version", required=True, help="The version of the trained pipeline, such as 1.0.0.")
@click.option("--float32", is_flag=True, help="Keep the weights as they are instead of as int8.")
@encoder_option
def export_command(weights: Path, out: Path, version: str, float32: bool, encoder: str) -> None:
    """Write the trained pipeline, as spaCy does, to a directory."""
    network = _trained(weights, encoder)
    write(network.eval(), vocabulary(), out, version=version, quantized=not float32)
    seal.write(out)
    print(f"wrote {out}", file=sys.stderr)


if __name__ == "__main__":
    main()
