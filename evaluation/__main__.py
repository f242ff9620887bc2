"""The commands `python -m evaluation news|corpus|calibration|breakdown|speakers|seeds|changes|pronouns`, and those of `timing`
and `robustness`. They parse and print; the modules do the work.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import click

from evaluation import breakdown, calibration, changes, corpus, groups, news, pronouns, robustness, seeds, speakers, timing
from evaluation.command_line import EVERYTHING, FILE, OUT, drawable, show
from evaluation.files import by_id, read_lines, read_seeds, with_texts, write_lines
from evaluation.pairs import is_news
from evaluation.predict import KINDS, predict, predict_flat, predict_with_gold_quotes
from evaluation.table import breakdown_table, calibration_table, corpus_table, news_table, seeds_table, speakers_table

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
Command = Callable[..., None]
Predict = Callable[[Mapping[str, str]], Iterable[dict[str, Any]]]


def prediction_options(command: Command) -> Command:
    """Add the argument and the options that all scorers share."""
    for decorate in (
        click.option("--json", "as_json", is_flag=True, help="Print the report as JSON."),
        click.option("--save", type=OUT, help="Save the predictions of --run to this JSONL file."),
        click.option("--run", is_flag=True, help="Predict with the library instead of reading PREDICTED."),
        click.argument("predicted", type=FILE, required=False),
    ):
        command = decorate(command)
    return command


def kind_options(command: Command) -> Command:
    """Add the options that --run passes to the library."""
    for kind in KINDS:
        command = click.option(f"--{kind}", is_flag=True, help=f"With --run: include {kind}.")(command)
    return command


@click.group()
def main() -> None:
    """Measure how accurate and how fast the library is."""


@main.command("news")
@click.argument("gold", type=FILE)
@click.option("--by", multiple=True, type=click.Choice(groups.GROUPS), help="Break the figures down by group. Repeatable.")
@click.option("--faults", is_flag=True, help="List every fault, one per line.")
@click.option("--texts", type=FILE, help="The texts of GOLD, if it holds none: a JSONL file with id and text.")
@kind_options
@prediction_options
def news_command(
    gold: Path,
    predicted: Path | None,
    *,
    by: tuple[str, ...],
    faults: bool,
    texts: Path | None,
    run: bool,
    save: Path | None,
    as_json: bool,
    **kinds: bool,
) -> None:
    """Score PREDICTED (JSONL in the API's shape), or the library with its default options, against the annotated news articles
    GOLD (JSONL). Each figure has a 95 % confidence interval, from resampling the articles. Kinds are scored where the predictions
    have them: to score all kinds, predict with --attitudes and --topics.
    """
    if texts:
        with _message_for_value_errors():
            articles = list(with_texts([gold], texts))
    else:
        articles = read_lines(gold)
    if not is_news(articles):
        raise click.UsageError(f"the quotes in {gold.name} have no kind: score the file with `corpus`")
    predictions = _answers(articles, predicted, run=run, save=save, **kinds)
    compared = news.compare(articles, predictions)
    report = news.score(compared) | {"by": groups.score(compared, by)}
    show(report, partial(news_table, faults=faults), as_json=as_json)


@main.command("corpus")
@click.argument("gold", type=FILE)
@click.option("--nested", is_flag=True, help="With --run: include nested quotes, which the corpora do not annotate.")
@prediction_options
def corpus_command(gold: Path, predicted: Path | None, *, nested: bool, run: bool, save: Path | None, as_json: bool) -> None:
    """Score PREDICTED (JSONL in the API's shape), or the library, against the annotated corpus GOLD (JSONL)."""
    articles = read_lines(gold)
    predictions = _answers(articles, predicted, run=run, save=save, nested=nested)
    show(corpus.score(articles, predictions), corpus_table, as_json=as_json)


@main.command("calibration")
@click.argument("gold", type=FILE)
@click.option("--plot", type=OUT, callback=drawable, help="Save the reliability plot as this .svg or .png.")
@prediction_options
def calibration_command(
    gold: Path, predicted: Path | None, *, plot: Path | None, run: bool, save: Path | None, as_json: bool
) -> None:
    """Compare the confidence of each quote with whether its relation is right by the annotated corpus GOLD (JSONL); in news, with
    whether it is found, by kind if PREDICTED has kinds (`news --run --save` writes such a file).
    """
    articles = read_lines(gold)
    predictions = _answers(articles, predicted, run=run, save=save)
    with _message_for_value_errors():
        report = calibration.score(articles, predictions)
    show(report, calibration_table, as_json=as_json)
    if plot:
        from evaluation.plot import save_reliability

        save_reliability(report, plot)


@main.command("breakdown")
@click.argument("gold", type=FILE)
@prediction_options
def breakdown_command(gold: Path, predicted: Path | None, *, run: bool, save: Path | None, as_json: bool) -> None:
    """Score as `corpus` does, by publisher, type and act; with --run also by mark style, predicting every article in each."""
    from evaluation.describe import describe

    articles = read_lines(gold)
    predictions = _answers(articles, predicted, run=run, save=save)
    report = breakdown.score(map(describe, articles), predictions)
    if run:
        report |= breakdown.by_style(articles, partial(predict_flat, **EVERYTHING))
    show(report, breakdown_table, as_json=as_json)


@main.command("speakers")
@click.argument("gold", type=FILE)
@click.option("--plot", type=OUT, callback=drawable, help="Save the plot of accuracy by threshold as this .svg or .png.")
@click.option("--gold-sources", is_flag=True, help="With --run: give the library the gold content, cue and source.")
@prediction_options
def speakers_command(
    gold: Path, predicted: Path | None, *, plot: Path | None, gold_sources: bool, run: bool, save: Path | None, as_json: bool
) -> None:
    """Score the speakers in the annotated corpus GOLD (JSONL) by evidence and by threshold. --run predicts with
    min_speaker_probability 0 and includes nested quotes. A PREDICTED file made with a higher value says nothing about lower
    thresholds. In news, quotes whose speaker has no name are scored apart.
    """
    articles = read_lines(gold)
    predictions = _answers(
        articles, predicted, run=run, save=save, nested=True, gold_quotes=gold_sources, min_speaker_probability=0
    )
    with _message_for_value_errors():
        report = speakers.score(articles, predictions)
    show(report, speakers_table, as_json=as_json)
    if plot:
        from evaluation.plot import save_trade_off

        save_trade_off(report, plot)


@main.command("seeds")
@click.option("--folder", type=FOLDER, default="seeds", show_default=True, help="Folder of the texts and their gold files.")
@prediction_options
def seeds_command(folder: Path, predicted: Path | None, *, run: bool, save: Path | None, as_json: bool) -> None:
    """Score PREDICTED (JSONL in the API's shape), or the library, against the seed articles, quote by quote."""
    golds, texts = read_seeds(folder)
    if not golds:
        raise click.UsageError(f"{folder} holds no seed (ID.json beside ID.txt): choose another --folder")
    predictions = _predictions(texts, predicted, predict if run else None, save=save)
    show(seeds.score(golds, texts, predictions), seeds_table, as_json=as_json)


@main.command("pronouns")
@click.argument("gap", type=FILE)
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def pronouns_command(gap: Path, *, as_json: bool) -> None:
    """Score the library's resolution of pronouns on the test part of GAP (gzipped JSONL)."""
    from attribution import load  # here, so that scoring a file needs no model

    show(pronouns.score(read_lines(gap), load()), pronouns.report, as_json=as_json)


@main.command("changes")
@click.argument("texts", type=FILE)
@click.argument("before", type=FILE)
@prediction_options
def changes_command(texts: Path, before: Path, predicted: Path | None, *, run: bool, save: Path | None, as_json: bool) -> None:
    """Compare two sets of answers to TEXTS (JSONL with id and text), quote by quote: BEFORE with PREDICTED, or with those of the
    library. This shows what a new model changes for a caller.
    """
    given = {article["id"]: article["text"] for article in read_lines(texts)}
    now = _predictions(given, predicted, predict if run else None, save=save)
    show(changes.compare(given, by_id(read_lines(before), given), now), changes.table, as_json=as_json)


def _answers(
    articles: list[dict[str, Any]],
    predicted: Path | None,
    *,
    run: bool,
    save: Path | None,
    nested: bool = False,
    gold_quotes: bool = False,
    **options: Any,
) -> dict[str, dict[str, Any]]:
    """The predictions for annotated articles, with or without nested quotes; with `gold_quotes`, the library is given the gold
    quotes. News is predicted with the default options, other corpora with attitudes and topics, which they annotate.
    """
    if is_news(articles):
        nested = True
    else:
        options = {**EVERYTHING, **options}
    texts = {article["id"]: article["text"] for article in articles}
    library: Predict = partial(predict if nested else predict_flat, **options)
    if gold_quotes:
        library = partial(predict_with_gold_quotes, articles=articles, **options)
    return _predictions(texts, predicted, library if run else None, save=save)


@contextmanager
def _message_for_value_errors() -> Iterator[None]:
    """If the files lack something that a scorer needs, exit with its message."""
    try:
        yield
    except ValueError as error:
        raise click.ClickException(str(error)) from error


def _predictions(
    texts: Mapping[str, str], predicted: Path | None, run: Predict | None, *, save: Path | None
) -> dict[str, dict[str, Any]]:
    """The answer to each text, from either a file or `run`."""
    if save and not run:
        raise click.UsageError("--save saves what --run predicts: add --run")
    if run and not predicted:
        answers = list(run(texts))
    elif predicted and not run:
        answers = read_lines(predicted)
    else:
        raise click.UsageError("give either a file of predictions or --run")
    if save:
        write_lines(save, answers)
    try:
        return by_id(answers, texts)
    except LookupError as error:
        raise click.ClickException(str(error)) from error


for command in (*timing.COMMANDS, *robustness.COMMANDS):
    main.add_command(command)

if __name__ == "__main__":
    main(prog_name="python -m evaluation")
