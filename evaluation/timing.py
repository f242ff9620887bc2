"""The commands `python -m evaluation speed|peers|load`, which measure time. They parse and print; the modules do the work."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from evaluation import cores, lengths, load, load_table, peers, speed, versus
from evaluation.command_line import EVERYTHING, FILE, OUT, drawable, show
from evaluation.files import read_lines, read_texts
from evaluation.pairs import is_news
from evaluation.predict import predict
from evaluation.service import serving


@click.command("speed")
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.option("--words", type=click.IntRange(min=1), help="Join the texts and cut them into articles of this length.")
@click.option("--repeat", type=click.IntRange(min=1), default=1, show_default=True, help="Read everything this many times.")
def speed_command(files: tuple[Path, ...], *, words: int | None, repeat: int) -> None:
    """Time the library on one core, and on all with a process each. FILES are texts (one article each) or JSONL with a `text` in
    each line. They are also cut into articles of several lengths, and compared with what a core can do at most: the int8 matrix
    products of the network alone. With --words, only the first of these is measured. Needs extra [evaluation].
    """
    texts = read_texts(files)
    articles = (speed.cut(texts, words) if words else texts) * repeat
    if not articles:
        raise click.UsageError(f"the files hold fewer than {words} words: give more files, or lower --words")
    if words:
        speed.stay_on_one_core()
        click.echo(speed.measure(articles, read).report())
    elif not find_spec("onnx"):
        raise click.ClickException("the limit of the core is measured with onnx: install the extra [evaluation], or give --words")
    else:
        for section in _sections(articles):
            click.echo(section)


def _sections(articles: list[str]) -> Iterator[str]:
    """The report of `speed`, section by section as they are measured."""
    from attribution import load
    from evaluation import limit

    yield f"All cores\n{cores.measure(articles, read).report()}\n"
    speed.stay_on_one_core()
    alone = speed.measure(articles, read)
    yield f"One core\n{alone.report()}\n"
    yield f"The limit of the core\n{limit.measure(load(), articles).report(alone)}\n"
    yield lengths.HEAD
    yield from lengths.rows(articles, read)


def read(text: str) -> None:
    """Read a text with the library."""
    list(predict({"speed": text}))


@click.command("peers")
@click.argument("gold", type=FILE)
@click.option("--command", "commands", multiple=True, metavar="NAME=COMMAND", help="Another system. Repeatable.")
@click.option("--plot", type=OUT, callback=drawable, help="Save the plot of accuracy against speed as this .svg or .png.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def peers_command(gold: Path, *, commands: tuple[str, ...], plot: Path | None, as_json: bool) -> None:
    """Measure the accuracy and speed of the library, textacy and a baseline on the annotated articles GOLD (JSONL), in turns on
    one core. A COMMAND reads an article per line as {"text"} and answers with a line in the API's shape. Needs extra [peers].
    """
    articles = read_lines(gold)
    if not find_spec(peers.PARSER):
        raise click.ClickException("the other systems need spaCy's English pipeline: install the extra [peers]")
    speed.stay_on_one_core()
    others = dict(command.partition("=")[::2] for command in commands)
    with peers.systems(others, **({} if is_news(articles) else EVERYTHING)) as systems:
        rows = versus.measure(articles, systems)
    show(rows, versus.table, as_json=as_json)
    if plot:
        from evaluation.plot import save_versus

        save_versus(rows, plot)


def numbers(context: click.Context, parameter: click.Parameter, written: str) -> list[int]:
    """Numbers with commas between them, each at least 1."""
    if not all(number.strip().isdecimal() and int(number) for number in written.split(",")):
        raise click.BadParameter(f"{written!r} is no list of numbers: write 1,2,4")
    return [int(number) for number in written.split(",")]


@click.command("load")
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.option(
    "--clients", callback=numbers, default="1,2,4,8,16,32", show_default=True, help="How many send texts at once, in turn."
)
@click.option(
    "--seconds", type=click.FloatRange(min=0), default=60, show_default=True, help="How long each number of clients sends."
)
@click.option(
    "--workers", type=click.IntRange(min=1), default=2, show_default=True, help="Processes of the service that is started."
)
@click.option("--url", help="Measure the service at this address instead; the memory of its processes is not known.")
@click.option("--plot", type=OUT, callback=drawable, help="Save the plot of speed and times by clients as this .svg or .png.")
def load_command(
    files: tuple[Path, ...], *, clients: list[int], seconds: float, workers: int, url: str | None, plot: Path | None
) -> None:
    """Start the service and time its answers to more and more clients, who send short texts, the articles of FILES (as for
    `speed`) and long texts. Prints Markdown: articles and characters a second, times by length, refusals, and memory.
    """
    texts = read_texts(files)
    with _service(url, workers) as (address, pids):
        steps = [load.measure(address, texts, clients=number, seconds=seconds, pids=pids) for number in clients]
    click.echo(load_table.table(steps))
    if plot:
        from evaluation.plot import save_load

        save_load(steps, plot)


@contextmanager
def _service(url: str | None, workers: int) -> Iterator[tuple[str, Sequence[int]]]:
    """The address of the service at a URL, or of one that is started, and in the latter case the ids of its workers."""
    if url:
        yield url.rstrip("/"), ()
        return
    with TemporaryDirectory(prefix="load-") as folder, serving(Path(folder), WORKERS=workers) as service:
        yield service.url, service.workers


COMMANDS = (speed_command, peers_command, load_command)
