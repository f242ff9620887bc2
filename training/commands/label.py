"""`python -m training label`: annotate texts with trained networks."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import click

from attribution.tagging.network import Network
from training.articles import POLNEAR
from training.catalogue import present_files, present_names
from training.commands import FILE, FOLDER, NEW_FOLDER
from training.corpora import polnear, silver, texts
from training.corpora.records import Article
from training.label import label
from training.material import blank_pipeline
from training.workshop import shipped_thresholds


@click.command("label")
@click.argument("data", type=FOLDER)
@click.option(
    "--teacher", "teachers", multiple=True, required=True, type=FILE, help="A `network.onnx` that `export` wrote. Repeatable."
)
@click.option("--out", type=NEW_FOLDER, required=True, help="The folder to write to, one file per corpus.")
def command(data: Path, teachers: tuple[Path, ...], out: Path) -> None:
    """Find attributions in the unannotated texts of the folder DATA with an ensemble of trained networks, and nested attributions
    in all of them.
    """
    nlp, thresholds = blank_pipeline(), shipped_thresholds()
    networks = [Network(teacher.read_bytes()) for teacher in teachers]
    out.mkdir(parents=True, exist_ok=True)
    annotated = chain.from_iterable(map(polnear.read_articles, present_files(data, [POLNEAR])))
    corpora: dict[str, Iterator[Article]] = {"polnear": annotated}
    corpora |= {name: texts.read_articles(data / f"{name}.jsonl.gz") for name in present_names(data, texts.FILES)}
    for name, unlabelled in corpora.items():
        with (out / f"{name}.jsonl").open("w", encoding="utf-8") as file:
            count = silver.write_articles(label(unlabelled, networks, nlp, thresholds), file)
        print(f"labelled {count} texts of {name}", file=sys.stderr)
