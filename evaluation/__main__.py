"""The doors of the measure: `python -m evaluation corpus|seeds|pronouns|speed`. They parse and print; modules do the work."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click

from evaluation import corpus, pronouns, seeds, speed
from evaluation.files import by_id, read_lines, read_seeds, read_texts, write_lines
from evaluation.predict import predict
from evaluation.table import corpus_table, seeds_table

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
Command = Callable[..., None]


def predicted_or_run(command: Command) -> Command:
    """The argument and the options that both scorers share."""
    for decorate in (
        click.option("--json", "as_json", is_flag=True, help="Print the report as JSON."),
        click.option(
            "--save", type=click.Path(dir_okay=False, path_type=Path), help="Keep the predictions of --run in this JSONL file."
        ),
        click.option("--run", is_flag=True, help="Predict with the library instead of reading PREDICTED."),
        click.argument("predicted", type=FILE, required=False),
    ):
        command = decorate(command)
    return command


@click.group()
def main() -> None:
    """Measure how right the quotes are, and how fast they come."""


@main.command("corpus")
@click.argument("gold", type=FILE)
@predicted_or_run
def corpus_command(gold: Path, predicted: Path | None, *, run: bool, save: Path | None, as_json: bool) -> None:
    """Score PREDICTED (JSONL in the API's shape) or the library's own answers against the annotated corpus GOLD (JSONL)."""
    articles = read_lines(gold)
    predictions = _predictions({article["id"]: article["text"] for article in articles}, predicted, run=run, save=save)
    _show(corpus.score(articles, predictions), corpus_table, as_json=as_json)


@main.command("seeds")
@click.option("--folder", type=FOLDER, default="seeds", show_default=True, help="Where the texts and their gold lie.")
@predicted_or_run
def seeds_command(folder: Path, predicted: Path | None, *, run: bool, save: Path | None, as_json: bool) -> None:
    """Score PREDICTED (JSONL in the API's shape) or the library's own answers against the seed articles, quote by quote."""
    golds, texts = read_seeds(folder)
    if not golds:
        raise click.UsageError(f"no seed (ID.json beside ID.txt) in {folder}: name another --folder")
    predictions = _predictions(texts, predicted, run=run, save=save)
    _show(seeds.score(golds, texts, predictions), seeds_table, as_json=as_json)


@main.command("pronouns")
@click.argument("gap", type=FILE)
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def pronouns_command(gap: Path, *, as_json: bool) -> None:
    """Score the library's pronouns against the test part of GAP (JSONL, gzipped)."""
    from attribution import load  # here, so that scoring a file needs no model

    _show(pronouns.score(read_lines(gap), load()), pronouns.report, as_json=as_json)


@main.command("speed")
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.option("--words", type=click.IntRange(min=1), help="Join the texts and cut them into articles of this many words.")
@click.option("--repeat", type=click.IntRange(min=1), default=1, show_default=True, help="Read everything this many times.")
def speed_command(files: tuple[Path, ...], *, words: int | None, repeat: int) -> None:
    """Time the library on one core. FILES are texts (one article each) or JSONL with a `text` a line."""
    texts = [text for path in files for text in read_texts(path)]
    articles = speed.cut(texts, words) if words else texts
    if not articles:
        raise click.UsageError(f"the files hold fewer than {words} words: name more of them, or fewer --words")
    speed.stay_on_one_core()
    click.echo(speed.measure(articles * repeat, lambda text: list(predict({"speed": text}))).report())


def _predictions(texts: Mapping[str, str], predicted: Path | None, *, run: bool, save: Path | None) -> dict[str, dict[str, Any]]:
    if run == bool(predicted):
        raise click.UsageError("name a file of predictions, or --run, not both")
    if save and not run:
        raise click.UsageError("--save keeps what --run predicts: add --run")
    answers = read_lines(predicted) if predicted else list(predict(texts))
    if save:
        write_lines(save, answers)
    try:
        return by_id(answers, texts)
    except LookupError as error:
        raise click.ClickException(str(error)) from error


def _show(report: Mapping[str, Any], table: Callable[[Any], str], *, as_json: bool) -> None:
    click.echo(json.dumps(report, indent=1, ensure_ascii=False) if as_json else table(report))


if __name__ == "__main__":
    main(prog_name="python -m evaluation")
