"""The command `attribution batch`: many articles into one file. In: arguments. Out: the files that `attribution.batch` writes,
and its progress, if on a terminal. An error of the user is reported in one line.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import click

from attribution.batch import answers, cluster, pool, work
from attribution.batch.output import State
from attribution.batch.rows import ROWS
from attribution.command.files import PathOrPattern, expand_patterns
from attribution.command.keywords import checked_keywords, options
from attribution.command.progress import ProgressLine, on_terminal
from attribution.errors import BatchError, ModelError, StoppedError
from attribution.inputs import INPUTS
from attribution.options import OPTIONS

ENGINES = {"local": pool, "ray": cluster}
"""What starts the processes."""


@click.command(
    epilog="""\b
Examples:
  attribution batch archive.jsonl.gz quotes.jsonl.gz
  attribution batch archive/ more.jsonl quotes.jsonl --rows quotes
  attribution batch archive.parquet quotes.parquet --rows quotes --workers 8

\b
Exit codes:
  0  OUT is written; articles that could not be read are in OUT.errors.jsonl
  1  it was stopped, or the model is missing; the same command resumes
  2  the command line is wrong, a file or folder does not exist, or OUT exists already; nothing is read
"""
)
@click.argument("inputs", metavar="IN...", nargs=-1, required=True, type=PathOrPattern(exists=True))
@click.argument("out", metavar="OUT", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--rows", type=click.Choice(list(ROWS)), default="articles", show_default=True, help="What each row of OUT is.")
@click.option("--workers", type=click.IntRange(1), default=os.cpu_count, help="How many processes to use.  [default: one a core]")
@click.option("--engine", type=click.Choice(list(ENGINES)), default="local", show_default=True, help="Where the processes run.")
@click.option("--restart", is_flag=True, help="Start again, and discard what an earlier batch wrote to OUT.")
@click.option("--input", "form", type=click.Choice(INPUTS), help="What each IN is.  [default: as its name says, else text]")
@options(*OPTIONS)
def batch(
    inputs: tuple[str, ...], out: Path, rows: str, workers: int, engine: str, restart: bool, form: str | None, **written: Any
) -> None:
    """Write every quotation of many articles into one file.

    IN is a file, a folder whose .txt and .html files are read, or a pattern such as "2026-*.jsonl.gz". A file is read as by
    `attribution extract`, and may be Parquet (.parquet, with the columns text or html, and id); its name may end in .gz or .zst.
    OUT is JSONL (.jsonl, .jsonl.gz, .jsonl.zst) or Parquet (.parquet). Parquet and .zst need pyarrow:
    pip install pyarrow

    --engine ray reads on a cluster (RAY_ADDRESS) or on a local Ray. It needs: pip install ray

    If it is stopped, the same command resumes it. The answers are in the order of the articles.

    \b
    --rows articles  each row is the answer to an article
    --rows quotes    each row is a quotation: who, verb, kind, text, confidence …
    """
    job = work.Job(tuple(map(Path, expand_patterns(inputs))), out, rows, form, checked_keywords(written))
    readers = partial(ENGINES[engine].processes, workers, answers.prepare, job.keywords, job.rows)
    line = ProgressLine(sys.stderr) if on_terminal(sys.stderr) else None
    try:
        with _stopped_by_sigterm():
            state = work.run(job, readers, workers=workers, restart=restart, progress=line or (lambda *_: None))
    except BatchError as error:
        raise click.UsageError(f"{error}.") from None
    except (ModelError, StoppedError) as error:
        raise click.ClickException(f"{error}.") from None
    except OSError as error:
        raise click.ClickException(f"{error}. Finished work is kept: the same command resumes.") from None
    finally:
        if line:
            line.end()
    click.echo(_summary(state, out, job.others()))


@contextmanager
def _stopped_by_sigterm() -> Iterator[None]:
    """Let SIGTERM stop a batch as Ctrl-C does."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _summary(state: State, out: Path, others: int) -> str:
    """A summary, e.g. `quotes.jsonl: 12 articles, and 1 that could not be read: quotes.jsonl.errors.jsonl`. A second line counts
    the `others`, files with other endings, if there are any.
    """
    name, read = click.format_filename(out), state.done - state.failed
    failed = f", and {state.failed:,} that could not be read: {name}.errors.jsonl" if state.failed else ""
    files = "1 file with another ending was" if others == 1 else f"{others:,} files with other endings were"
    skipped = f"\n{files} not read: in a folder, only .txt and .html files are" if others else ""
    return f"{name}: {read:,} article{'s' * (read != 1)}{failed}{skipped}"
