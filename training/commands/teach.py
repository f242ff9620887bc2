"""`python -m training teach`: save the scores of a larger network."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from training import articles, soft
from training.commands import FILE, FOLDER, NEW_FOLDER, encoder_option
from training.corpora import taught
from training.encoder import vocabulary
from training.material import blank_pipeline
from training.reader import Reader
from training.teach import teach
from training.workshop import load_network, shipped_thresholds


@click.command("teach")
@click.argument("data", type=FOLDER)
@click.option("--teacher", type=FILE, required=True, help="Weights that `fit` wrote.")
@encoder_option
@click.option("--out", type=NEW_FOLDER, required=True, help="The folder to write to, two files per corpus.")
def command(data: Path, teacher: Path, encoder: str, out: Path) -> None:
    """Save a trained network's scores for every word of the articles in the folder DATA, and the attributions it finds in
    unannotated articles. The files hold no text.
    """
    nlp, thresholds = blank_pipeline(), shipped_thresholds()
    network = Reader(load_network(teacher, encoder), vocabulary())
    out.mkdir(parents=True, exist_ok=True)
    for name, corpus in {"news": articles.annotated(data), **articles.teacher_corpora(data)}.items():
        lessons = list(teach(corpus, network, nlp, thresholds))
        soft.write_advice({lesson.id: lesson.soft for lesson in lessons}, out / f"{name}.npz")
        if name in taught.FILES:
            taught.write_quotes({lesson.id: lesson.attributions for lesson in lessons}, out / f"{name}.jsonl")
        print(f"taught {len(lessons)} texts of {name}", file=sys.stderr)
