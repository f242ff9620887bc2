"""A batch from its beginning to its end. In: a `Job`, and the processes that read. Out: the file that was asked for, and
beside it `OUT.errors.jsonl`, a line for each article that could not be read; stopped at any moment, the same call goes on.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import closing
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
from attribution.batch.pool import ahead, in_order
from attribution.batch.rows import RECORDS
from attribution.batch.sources import Item, Source, check, items, sources
from attribution.errors import BatchError
from attribution.shipped import DIRECTORY

EVERY = 100
"""Articles after which what was read is made sure of."""


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be read (`form` says what all of it is, None that the names do), which of `ROWS` are wanted of it, in which
    file, and the keywords of `attribution.extract`.
    """

    inputs: tuple[Path, ...]
    out: Path
    rows: str = "articles"
    form: str | None = None
    keywords: dict[str, Any] = field(default_factory=dict)

    def sources(self) -> Iterator[Source]:
        """The files to read, in their order."""
        return sources(self.inputs, self.form)


Tell = Callable[[State, int, int], None]
"""Is told how far a run is, how many bytes are read, and of how many."""


def run(
    job: Job,
    pool: Callable[[], Executor],
    *,
    workers: int = 1,
    restart: bool = False,
    tell: Tell = lambda state, read, size: None,
    ask: Callable[[Item], Answer] = answer,
    every: int = EVERY,
) -> State:
    """Do what is left of a job; what there was to do, done."""
    packing.check(job.out)
    size, digest = _surveyed(job)
    with Output(job.out, {"inputs": digest, **_settings(job)}, restart=restart) as output:
        if not output.state.whole:
            left = islice(items(job.sources()), output.state.done, None)
            with closing(in_order(left, pool, ask, ahead(workers))) as answers:
                for item, found in answers:
                    output.write(found)
                    if output.state.done % every == 0:
                        output.save()
                    tell(output.state, item.read, size)
        output.finish(partial(packing.pack, record=RECORDS[job.rows]))
    return output.state


def _surveyed(job: Job) -> tuple[int, str]:
    """The bytes of all sources, and a digest of what they are."""
    size, seen = 0, sha256()
    for source in job.sources():
        check(source)
        if source.path.resolve() == job.out.resolve():
            raise BatchError(f"{job.out} is one of the files to read: give another name to write to")
        size += source.size
        seen.update(_bytes([source.name, source.form, source.size]))
    if seen.digest() == sha256().digest():
        raise BatchError("There is no .txt and no .html file in what is to be read: give files, or folders that hold some")
    return size, seen.hexdigest()


def _settings(job: Job) -> dict[str, str]:
    """Digests of what else decides what is written."""
    trained = (DIRECTORY / "meta.json").read_bytes() if (DIRECTORY / "meta.json").exists() else b""
    settled = {"options": _bytes([job.rows, job.keywords]), "model": attribution.__version__.encode() + trained}
    return {name: sha256(settled[name]).hexdigest() for name in settled}


def _bytes(value: Any) -> bytes:
    return json.dumps(value, default=asdict, sort_keys=True).encode() + b"\n"
