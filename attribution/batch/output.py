"""The output of a batch while it runs, and its progress. In: answers, in order. Out: `OUT.partial` and
`OUT.errors.jsonl.partial`, lines of JSON, and `OUT.progress`, which says how much of both is safely on disk.

What a run wrote after its last update of `OUT.progress` is cut off and redone by the next run, so no row is lost or duplicated. A
run can be resumed only with the same inputs, options and trained pipeline.
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
    """The progress of a run. `run`: digests of its inputs, options and model; `done`: the number of articles, including those
    that `failed`; `rows`, `errors`: the bytes of the two files; `whole`: whether only the final renaming is left.
    """

    run: dict[str, str] = field(default_factory=dict)
    done: int = 0
    failed: int = 0
    rows: int = 0
    errors: int = 0
    whole: bool = False

    def after(self, answer: Answer) -> State:
        """The progress after one more answer."""
        return replace(
            self,
            done=self.done + 1,
            failed=self.failed + bool(answer.error),
            rows=self.rows + len(answer.rows),
            errors=self.errors + len(answer.error),
        )


class Output:
    """The files that a run writes, locked against other runs. `state` is its progress."""

    def __init__(self, out: Path, run: dict[str, str], *, restart: bool = False) -> None:
        self.out, self.errors = out, _beside(out, ".errors.jsonl")
        self._partial, self._errors_partial = _beside(out, ".partial"), _beside(self.errors, ".partial")
        self._progress = _beside(out, ".progress")
        self._open = ExitStack()
        resumed = not restart and self._progress.exists()
        if out.exists() and not resumed:
            self._check_overwritten(restart)
        self.state = self._saved_state(run) if resumed else State(run)

    def __enter__(self) -> Self:
        if not self.state.whole:
            with ExitStack() as opened:
                self._rows = opened.enter_context(self._open_at(self._partial, self.state.rows))
                self._faults = opened.enter_context(self._open_at(self._errors_partial, self.state.errors))
                self.save()
                self._open = opened.pop_all()
        return self

    def __exit__(self, *raised: object) -> None:
        self._open.close()

    def _check_overwritten(self, restart: bool) -> None:
        """Raise BatchError unless a batch wrote the output, which then has a file of errors beside it, and `restart` is set."""
        if not self.errors.exists() and not self._progress.exists():
            raise BatchError(
                f"{self.out} exists already, and no batch wrote it, so it is not overwritten. The last name is the file to "
                "write: add one, or choose another"
            )
        if not restart:
            raise BatchError(f"{self.out} exists already: choose another name, or overwrite it with --restart")

    def _saved_state(self, run: dict[str, str]) -> State:
        """The saved progress, if it belongs to this run."""
        try:
            state = State(**json.loads(self._progress.read_bytes()))
        except (ValueError, TypeError):
            raise BatchError(f"{self._progress} cannot be read: start over with --restart") from None
        if changed := [name for name, digest in run.items() if state.run.get(name) != digest]:
            raise BatchError(
                f"{self._progress} belongs to a run with other {' and '.join(changed)}, which has read {state.done:,} articles: "
                "use the same again, or discard its work and start over with --restart"
            )
        return state

    def _open_at(self, path: Path, length: int) -> IO[bytes]:
        """Open and lock a file to write after its first `length` bytes."""
        file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o666), "r+b")
        with ExitStack() as opened:
            opened.push(file)
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise BatchError(f"{path} is being written by another run: wait for it, or choose another name") from None
            if file.seek(0, os.SEEK_END) < length:
                raise BatchError(f"{path} has lost some of its lines: start over with --restart")
            file.truncate(length)
            file.seek(length)
            opened.pop_all()
        return file

    def write(self, answer: Answer) -> None:
        """Add the answer for one more article."""
        self._rows.write(answer.rows)
        self._faults.write(answer.error)
        self.state = self.state.after(answer)

    def save(self) -> None:
        """Flush all that was written to disk, then save the progress."""
        for file in (self._rows, self._faults):
            sync(file)
        temporary = _beside(self._progress, ".new")
        with temporary.open("wb") as file:
            file.write(json.dumps(asdict(self.state)).encode())
            sync(file)
        os.replace(temporary, self._progress)

    def finish(self, pack: Callable[[Path, Path], Any]) -> None:
        """Give the files their final names; `pack(partial, out)` writes the output from the lines. If this is interrupted, the
        next run completes it.
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


def sync(file: IO[bytes]) -> None:
    """Flush a file to disk."""
    file.flush()
    os.fsync(file.fileno())
