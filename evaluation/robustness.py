"""The commands `python -m evaluation hostile|faults|soak`, which stress a service. They parse and print; modules do the work."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from evaluation import attack, faults, hostile, soak
from evaluation.command_line import FILE
from evaluation.files import read_texts
from evaluation.service import serving

CALIBRATION = 30.0
"""Seconds for measuring the capacity of the service."""


@click.command("hostile")
@click.argument("names", nargs=-1)
@click.option("--largest", type=click.IntRange(min=2 * hostile.SMALLEST), default=hostile.LARGEST, show_default=True)
@click.option("--table", is_flag=True, help="Send the input to a live service instead; print a Markdown table.")
@click.option(
    "--size", type=click.IntRange(min=1_000), default=attack.SIZE, show_default=True, help="With --table: characters per input."
)
def hostile_command(names: tuple[str, ...], *, largest: int, table: bool, size: int) -> None:
    """Time input that is designed to be slow, doubling its size up to --largest characters: all families, or the given NAMES. The
    exit status is 1 if a doubling takes more than 2.3 times as long.
    """
    _known(names, hostile.FAMILIES)
    if table:
        click.echo(attack.HEAD)
        for hit in attack.measure(names or hostile.FAMILIES, size):
            click.echo(hit.line())
        return
    click.echo(hostile.head(largest))
    exceeding = []
    for growth in hostile.measure(names or hostile.FAMILIES, largest):
        click.echo(growth.line())
        exceeding += [growth.name] if growth.exceeds else []
    if exceeding:
        raise click.ClickException(f"a doubling took more than {hostile.MAX_FACTOR} times as long: {', '.join(exceeding)}")


@click.command("faults")
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.option("--only", multiple=True, help="Try only this fault. Repeatable.")
def faults_command(files: tuple[Path, ...], *, only: tuple[str, ...]) -> None:
    """Break a live service in many ways while it reads the texts of FILES (as for `speed`), and print what was lost, in Markdown.
    The exit status is 1 if the service gave an unexpected answer.
    """
    _known(only, faults.FAULTS)
    texts = read_texts(files)
    click.echo(faults.HEAD)
    unexpected = 0
    for row in faults.measure(texts, only or tuple(faults.FAULTS)):
        click.echo(row.line())
        unexpected += row.unexpected + row.different
    if unexpected:
        raise click.ClickException(f"the service gave {unexpected} unexpected answers")


@click.command("soak")
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.option("--minutes", type=click.IntRange(min=1), default=60, show_default=True, help="Duration.")
@click.option("--share", type=click.FloatRange(0.01, 1), default=0.8, show_default=True, help="Load, as a share of the capacity.")
@click.option("--workers", type=click.IntRange(min=1), default=2, show_default=True, help="Server processes.")
def soak_command(files: tuple[Path, ...], *, minutes: int, share: float, workers: int) -> None:
    """Keep a live service busy with the texts of FILES (as for `speed`), hostile texts and broken requests, and print a row every
    minute, in Markdown. The exit status is 1 if the service gave an unexpected answer.
    """
    texts = read_texts(files)
    unexpected = 0
    with TemporaryDirectory(prefix="soak-") as folder, serving(Path(folder), WORKERS=workers) as service:
        run = soak.Soak(service, texts)
        capacity = run.capacity(CALIBRATION)
        click.echo(f"The service handles {capacity:.1f} requests a second; it is sent {share * capacity:.1f}.\n\n{soak.HEAD}")
        for minute in run.run(minutes, share * capacity):
            click.echo(minute.line())
            unexpected += minute.unexpected
    click.echo(f"\n{_growth(run.slopes())}")
    if unexpected:
        raise click.ClickException(f"the service gave {unexpected} unexpected answers")


def _growth(slopes: Mapping[int, float]) -> str:
    if not slopes:
        return f"Memory growth is measured only in runs that last longer than {soak.WARM} minutes."
    grown = " + ".join(f"{slope:.1f}" for slope in slopes.values())
    return f"After the first {soak.WARM} minutes the memory of the workers grew by {grown} MiB an hour."


def _known(names: tuple[str, ...], known: Mapping[str, object]) -> None:
    if unknown := set(names) - known.keys():
        raise click.UsageError(f"there is no {', '.join(sorted(unknown))}: choose from {', '.join(known)}")


COMMANDS = (hostile_command, faults_command, soak_command)
