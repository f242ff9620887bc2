"""The file of a batch while it grows, and what is known of how far it is. In: answers in their order. Out: `OUT.partial` and
`OUT.errors.jsonl.partial`, lines of JSON, and `OUT.progress`, which says how much of both is sure.

Whatever is killed between two notes of `OUT.progress` is cut off by the next run and done again: nothing is there twice, nothing
is missing. A run goes on only with what it began with: the same inputs, options and trained pipeline.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import IO, Any, Self

from attribution.batch.answers import Answer
from attribution.errors import BatchError


@dataclass(frozen=True, slots=True)
class State:
    """How far a run is. `run`: digests of what it was begun with, by what they are of; `done`: articles, with those that
    `failed`; `rows`, `errors`: bytes of the two files; `whole`: nothing is left but to give the files their names.
    """

    run: dict[str, str] = field(default_factory=dict)
    done: int = 0
    failed: int = 0
    rows: int = 0
    errors: int = 0
    whole: bool = False

    def after(self, answer: Answer) -> State:
        """How far it is with one more answer."""
        return replace(
            self,
            done=self.done + 1,
            failed=self.failed + bool(answer.error),
            rows=self.rows + len(answer.rows),
            errors=self.errors + len(answer.error),
        )


class Output:
    """What a run writes; nobody else writes it at the same time. `state` is how far it is."""

    def __init__(self, out: Path, run: dict[str, str], *, restart: bool = False) -> None:
        self.out, self.errors = out, _beside(out, ".errors.jsonl")
        self._partial, self._errors_partial = _beside(out, ".partial"), _beside(self.errors, ".partial")
        self._progress = _beside(out, ".progress")
        self._open = ExitStack()
        begun = not restart and self._progress.exists()
        if out.exists() and not begun and not restart:
            raise BatchError(f"{out} is there already: give another name, or --restart to write it anew")
        self.state = self._known(run) if begun else State(run)

    def __enter__(self) -> Self:
        if not self.state.whole:
            with ExitStack() as opened:
                self._rows = opened.enter_context(self._from(self._partial, self.state.rows))
                self._faults = opened.enter_context(self._from(self._errors_partial, self.state.errors))
                self.save()
                self._open = opened.pop_all()
        return self

    def __exit__(self, *raised: object) -> None:
        self._open.close()

    def _known(self, run: dict[str, str]) -> State:
        """How far the run is that left its progress here, if it is this one."""
        try:
            state = State(**json.loads(self._progress.read_bytes()))
        except (ValueError, TypeError):
            raise BatchError(f"{self._progress} cannot be read: give --restart to begin anew") from None
        if other := [name for name, digest in run.items() if state.run.get(name) != digest]:
            raise BatchError(
                f"{self._progress} is of a run with other {' and '.join(other)}, which has read {state.done:,} articles: "
                "give the same again, or --restart to throw away what it has done and begin anew"
            )
        return state

    def _from(self, path: Path, length: int) -> IO[bytes]:
        """A file to write on behind so many bytes, which nobody else writes."""
        file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o666), "r+b")
        with ExitStack() as opened:
            opened.push(file)
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise BatchError(f"{path} is being written by another run: wait for it, or give another name") from None
            if file.seek(0, os.SEEK_END) < length:
                raise BatchError(f"{path} has lost some of its lines: give --restart to begin anew")
            file.truncate(length)
            file.seek(length)
            opened.pop_all()
        return file

    def write(self, answer: Answer) -> None:
        """Add the answer to one more article."""
        self._rows.write(answer.rows)
        self._faults.write(answer.error)
        self.state = self.state.after(answer)

    def save(self) -> None:
        """Make sure of all that was written."""
        for file in (self._rows, self._faults):
            synced(file)
        temporary = _beside(self._progress, ".new")
        with temporary.open("wb") as file:
            file.write(json.dumps(asdict(self.state)).encode())
            synced(file)
        os.replace(temporary, self._progress)

    def finish(self, pack: Callable[[Path, Path], Any]) -> None:
        """Give the files their names: `pack(partial, out)` makes of the lines what was asked for. Killed at any point of this,
        the next run does what is left of it.
        """
        if not self.state.whole:
            self.state = replace(self.state, whole=True)
            self.save()
        if self._errors_partial.exists():
            os.replace(self._errors_partial, self.errors)
        if self._partial.exists():
            pack(self._partial, self.out)
        self._progress.unlink()


def _beside(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)


def synced(file: IO[bytes]) -> None:
    """Have on the disk what was written."""
    file.flush()
    os.fsync(file.fileno())
