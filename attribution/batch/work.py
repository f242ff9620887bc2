"""Run a batch. In: a `Job`, and the processes that read. Out: the output file, and beside it `OUT.errors.jsonl`, with a line for
each article that could not be read. If it is stopped at any moment, the same call resumes it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, field
from functools import partial
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any

import attribution
from attribution.batch import packing
from attribution.batch.answers import Answer, answer
from attribution.batch.output import Output, State
from attribution.batch.pool import answers_in_order, max_in_flight
from attribution.batch.rows import RECORDS
from attribution.batch.sources import Item, Source, check, items, others, sources
from attribution.errors import BatchError, StoppedError
from attribution.shipped import DIRECTORY

SAVE_EVERY = 100
"""Progress is saved after this many articles."""


@dataclass(frozen=True, slots=True)
class Job:
    """A batch: its inputs and their `form` (None: as their names say), the output file, which of `ROWS` to write, and the
    keywords of `attribution.extract`.
    """

    inputs: tuple[Path, ...]
    out: Path
    rows: str = "articles"
    form: str | None = None
    keywords: dict[str, Any] = field(default_factory=dict)

    def sources(self) -> Iterator[Source]:
        """The files to read, in order."""
        return sources(self.inputs, self.form)

    def others(self) -> int:
        """How many files in the folders are not read because of their endings; those that this batch writes do not count."""
        written = str(self.out.resolve())
        return sum(not str(path.resolve()).startswith(written) for path in others(self.inputs))


Progress = Callable[[State, int, int], None]
"""Receives the state of a run, the number of bytes read, and the number of all bytes."""


def run(
    job: Job,
    pool: Callable[[], Executor],
    *,
    workers: int = 1,
    restart: bool = False,
    progress: Progress = lambda state, read, size: None,
    reader: Callable[[Item], Answer] = answer,
    save_every: int = SAVE_EVERY,
) -> State:
    """Run a job, or what is left of it, and return its final state."""
    packing.check(job.out)
    size, digest = _survey(job)
    with Output(job.out, {"inputs": digest, **_settings(job)}, restart=restart) as output, _stoppable(output):
        if not output.state.whole:
            left = islice(items(job.sources()), output.state.done, None)
            with closing(answers_in_order(left, pool, reader, max_in_flight(workers))) as answers:
                for item, found in answers:
                    output.write(found)
                    if output.state.done % save_every == 0:
                        output.save()
                    progress(output.state, item.bytes_read, size)
        output.finish(partial(packing.pack, record=RECORDS[job.rows]))
    return output.state


@contextmanager
def _stoppable(output: Output) -> Iterator[None]:
    """At Ctrl-C, save the progress and raise StoppedError, which says how much is safe."""
    try:
        yield
    except KeyboardInterrupt:
        if not output.state.whole:
            output.save()
        done = output.state.done
        articles = "1 article is" if done == 1 else f"{done:,} articles are"
        raise StoppedError(f"The batch was stopped. {articles} safe, and the same command resumes") from None


def _survey(job: Job) -> tuple[int, str]:
    """The total size of the sources in bytes, and a digest of their names, forms and sizes."""
    size, seen = 0, sha256()
    for source in job.sources():
        check(source)
        if source.path.resolve() == job.out.resolve():
            raise BatchError(f"{job.out} is one of the files to read: choose another name for the output")
        size += source.size
        seen.update(_bytes([source.name, source.form, source.size]))
    if seen.digest() == sha256().digest():
        raise BatchError("The inputs contain no .txt or .html file: give files, or folders with some")
    return size, seen.hexdigest()


def _settings(job: Job) -> dict[str, str]:
    """Digests of the options and the model, which the output depends on too."""
    trained = (DIRECTORY / "meta.json").read_bytes() if (DIRECTORY / "meta.json").exists() else b""
    settings = {"options": _bytes([job.rows, job.keywords]), "model": attribution.__version__.encode() + trained}
    return {name: sha256(content).hexdigest() for name, content in settings.items()}


def _bytes(value: Any) -> bytes:
    return json.dumps(value, default=asdict, sort_keys=True).encode() + b"\n"
