"""Read in the processes of Ray instead of this machine's own (extra `ray`). In: how many processes, and how to prepare each. Out:
an executor like that of `pool.processes`, so the order, the output and what happens after a stop or a crash are the same.

Ray runs on this machine, or on the cluster that the variable RAY_ADDRESS names. Every machine of it needs this library; the files
are read and written here only. Ray would wait forever for cores that are not there, so too few cores are an error.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool
from itertools import cycle
from typing import Any, ParamSpec, TypeVar

from attribution.batch.packages import require
from attribution.errors import BatchError

PATIENCE = 600
"""Seconds to wait until every process has started."""
P = ParamSpec("P")
T = TypeVar("T")


def processes(workers: int, prepare: Callable[..., object], *settings: Any) -> Executor:
    """A pool of `workers` processes; each calls `prepare(*settings)` once."""
    return _Actors(_connect(workers), workers, prepare, settings)


def _connect(workers: int) -> Any:
    """The package ray, connected to Ray. Raises BatchError if that has too few cores."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # otherwise Ray tells its makers what it runs on
    ray = require("ray", "--engine ray")
    ray.init(ignore_reinit_error=True, include_dashboard=False, log_to_driver=False, logging_level="error")
    if (cores := int(ray.cluster_resources().get("CPU", 0))) < workers:
        raise BatchError(f"Ray has {cores} cores, too few for {workers} processes: use --workers {cores}, or add machines to Ray")
    return ray


class _Process:
    """A process of Ray."""

    def __init__(self, prepare: Callable[..., object], settings: tuple[Any, ...]) -> None:
        prepare(*settings)

    def call(self, function: Callable[..., T], *arguments: Any) -> T:
        return function(*arguments)


class _Actors(Executor):
    """Processes of Ray that take turns."""

    def __init__(self, ray: Any, workers: int, prepare: Callable[..., object], settings: tuple[Any, ...]) -> None:
        self._ray = ray
        process = ray.remote(num_cpus=1)(_Process)
        self._actors = [process.remote(prepare, settings) for _ in range(workers)]
        self._turns = cycle(self._actors)
        started = [actor.call.remote(int) for actor in self._actors]
        _, waiting = ray.wait(started, num_returns=workers, timeout=PATIENCE)
        if waiting:
            self.shutdown()
            raise BatchError(
                f"Other work holds the cores of Ray: use --workers {workers - len(waiting)}, or wait until it is done"
            )

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Let the next process call a function."""
        answer: Future[T] = Future()
        called = next(self._turns).call.remote(fn, *args)
        called.future().add_done_callback(lambda done: self._settle(answer, done))
        return answer

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the processes at once."""
        for actor in self._actors:
            self._ray.kill(actor)

    def _settle(self, answer: Future[T], done: Future[T]) -> None:
        """Pass on a result; the death of a process is reported as by an executor of this machine."""
        match done.exception():
            case None:
                answer.set_result(done.result())
            case self._ray.exceptions.RayActorError() as death:
                answer.set_exception(BrokenProcessPool(str(death)))
            case error:
                answer.set_exception(error)
