"""Measures what is lost when something breaks: a real service, clients that send it articles, and one fault after the other.

In: articles. Out: a `Row` of the table for each fault: the outcome of the requests, and the state of the service afterwards. Each
fault is a function that starts a service under some conditions and breaks something. Nothing outside that service changes.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import sleep

import attribution
from evaluation.clients import Clients, told_to_retry
from evaluation.service import Conditions, Service, all_ended, descriptors, free_port, memory, serving, wait_until

CLIENTS = 8
SECONDS = 4.0
"""How long clients send articles before a fault, and after it."""
ROOM = 192
"""MiB of address space that a worker gets beyond what it starts with, in the fault "low memory"."""
PACKAGE = ("api", "attribution")
REDIS = "redis-server"


@dataclass(frozen=True, slots=True)
class Row:
    """The effect of a fault. statuses: the number of articles by status, including `lost` and `refused`; unexpected: server
    errors that the service never answers by design; different: 200 answers that differ from the first one to that article;
    health: the 99th percentile of the health checks, in seconds; afterwards: the state of the service, in words.
    """

    fault: str
    afterwards: str
    statuses: Counter[str]
    unexpected: int = 0
    different: int = 0
    health: float = 0.0

    def line(self) -> str:
        """The row of the table."""
        counts = self.statuses
        numbers = (counts["200"], told_to_retry(counts), counts["refused"], counts["lost"], self.unexpected, self.different)
        health = f"{1000 * self.health:.0f}" if self.health else "–"
        return f"| {self.fault} | {' | '.join(f'{number:,}' for number in numbers)} | {health} | {self.afterwards} |"


HEAD = """\
| fault | 200 | told to retry | connection refused | lost | unexpected 5xx | different answer | health p99, ms | afterwards |
|---|---|---|---|---|---|---|---|---|"""


@dataclass(frozen=True, slots=True)
class Bench:
    """What every fault needs: its own folder, and the articles."""

    folder: Path
    texts: Sequence[str]

    def clients(self, service: Service) -> Clients:
        """Clients of a service."""
        return Clients(service.url, self.texts, CLIENTS)


Fault = Callable[[Bench], tuple[str, Clients | None]]
"""Breaks something; returns the state of the service afterwards, and the clients if there were any."""


def measure(texts: Sequence[str], names: Sequence[str]) -> Iterator[Row]:
    """Yield the row of each fault as it is measured."""
    for name in names:
        with TemporaryDirectory(prefix="faults-") as folder:
            yield row(name, *FAULTS[name](Bench(Path(folder), texts)))


def row(fault: str, afterwards: str, clients: Clients | None) -> Row:
    """The row of a fault, from what its clients saw."""
    if clients is None:
        return Row(fault, afterwards, Counter())
    return Row(fault, afterwards, clients.statuses, clients.unexpected, clients.different, clients.slowest_health)


def nothing(bench: Bench) -> tuple[str, Clients]:
    """Break nothing: what the machine and the clients themselves cost."""
    return _under(bench, Conditions())


def worker_killed(bench: Bench) -> tuple[str, Clients]:
    """Kill a worker; the master starts another."""
    with serving(bench.folder, WORKERS=2) as service:
        worker = service.workers[0]
        idle = _sockets(worker)
        with bench.clients(service) as clients:
            sleep(SECONDS)
            held = _sockets(worker) - idle
            os.kill(worker, signal.SIGKILL)
            took = wait_until(lambda: worker not in service.workers and len(service.workers) == 2)
            sleep(SECONDS)
    return f"it held {held} connections; replaced after {took:.1f} s", clients


def master_killed(bench: Bench) -> tuple[str, Clients]:
    """Kill the master; the workers notice, answer their open requests, and exit."""
    with serving(bench.folder, WORKERS=2) as service:
        workers = service.workers
        with bench.clients(service) as clients:
            sleep(SECONDS)
            service.master.kill()
            took = wait_until(lambda: all_ended(workers))
            sleep(1)
    with serving(bench.folder, WORKERS=2) as again:
        ready = again.ready
    return f"the workers ended after {took:.1f} s; {'' if ready else 'not '}ready after a restart", clients


def terminated(bench: Bench) -> tuple[str, Clients]:
    """Tell the service to stop while articles are being read."""
    with serving(bench.folder, WORKERS=2) as service, bench.clients(service) as clients:
        sleep(SECONDS)
        service.master.terminate()
        took = wait_until(lambda: service.master.poll() is not None)
        sleep(1)
    return f"ended after {took:.1f} s with exit code {service.master.returncode}", clients


def log_full(bench: Bench) -> tuple[str, Clients]:
    """Log to a disk that is full."""
    return _under(bench, Conditions(log=Path("/dev/full")))


def read_only(bench: Bench) -> tuple[str, Clients]:
    """Start from a read-only folder, the trained pipeline included."""
    package = _copy(bench.folder)
    for path in [package, *package.rglob("*")]:
        path.chmod(path.stat().st_mode & ~0o222)
    return _under(bench, Conditions(package=package, bare=True))


def low_memory(bench: Bench) -> tuple[str, Clients]:
    """Give each process little more memory than it starts with, and send some long articles."""
    with serving(bench.folder, WORKERS=1) as service:
        room = int(memory(service.workers[0], "VmSize")) + ROOM
    long = "\n".join(bench.texts)
    texts = [*bench.texts[:CLIENTS], long[:200_000]]
    return _under(Bench(bench.folder, texts), Conditions(memory=room))


def redis_absent(bench: Bench) -> tuple[str, Clients]:
    """Keep the rate limit's counts in a Redis that does not exist."""
    with _counting_at(bench, f"redis://127.0.0.1:{free_port()}") as service, bench.clients(service) as clients:
        sleep(2 * SECONDS)
        afterwards = _state(service)
    return afterwards, clients


def redis_killed(bench: Bench) -> tuple[str, Clients | None]:
    """Keep the rate limit's counts in a Redis that is killed midway."""
    if not shutil.which(REDIS):
        return f"not tried: there is no {REDIS} on this machine", None
    with redis(bench.folder) as (process, url), _counting_at(bench, url) as service, bench.clients(service) as clients:
        sleep(SECONDS)
        process.kill()
        sleep(SECONDS)
        afterwards = _state(service)
    return afterwards, clients


def _counting_at(bench: Bench, storage: str) -> AbstractContextManager[Service]:
    """A service with a rate limit too high to reach, whose counts are in `storage`."""
    return serving(bench.folder, WORKERS=2, RATE_LIMIT="1000000 per hour", RATE_LIMIT_STORAGE=storage)


@contextmanager
def redis(folder: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """A Redis without persistence, and its address."""
    port = free_port()
    command = [REDIS, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        sleep(1)
        yield process, f"redis://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()


def damaged(bench: Bench) -> tuple[str, None]:
    """Start with a network file in which one byte is changed."""
    package = _copy(bench.folder)
    with (package / "attribution/model/tagger/network.onnx").open("r+b") as file:
        file.seek(1_000_000)
        byte = file.read(1)
        file.seek(1_000_000)
        file.write(bytes([byte[0] ^ 1]))
    return _start(bench, package), None


def missing(bench: Bench) -> tuple[str, None]:
    """Start without the network."""
    package = _copy(bench.folder)
    (package / "attribution/model/tagger/network.onnx").unlink()
    return _start(bench, package), None


def _under(bench: Bench, conditions: Conditions) -> tuple[str, Clients]:
    """Send articles to a service under some conditions."""
    with serving(bench.folder, conditions, WORKERS=2) as service:
        workers = service.workers
        with bench.clients(service) as clients:
            sleep(2 * SECONDS)
            stayed = set(workers) <= set(service.workers)
            afterwards = _state(service)
    return f"{afterwards}; {'the same workers' if stayed else 'other workers'}", clients


def _start(bench: Bench, package: Path) -> str:
    """How starting an unusable package ends; its path is left out of the message."""
    with serving(bench.folder, Conditions(package=package)) as service:
        ended = service.master.poll()
    said = service.last_line().replace(f"{package}/", "")
    return f"starts, which it should not: {said}" if ended is None else f"ends at the start with exit code {ended}: “{said}”"


def _state(service: Service) -> str:
    return "ready" if service.ready else "not ready"


def _sockets(pid: int) -> int:
    return sum(target.startswith("socket:") for target in descriptors(pid))


def _copy(folder: Path) -> Path:
    """Copy the code and the trained pipeline to a new folder."""
    package = folder / "package"
    for name in PACKAGE:
        shutil.copytree(
            Path(attribution.__file__).parents[1] / name, package / name, ignore=shutil.ignore_patterns("__pycache__")
        )
    return package


FAULTS: dict[str, Fault] = {
    "nothing": nothing,
    "kill -9 of a worker": worker_killed,
    "kill -9 of the master": master_killed,
    "SIGTERM with requests in flight": terminated,
    "log on a full disk": log_full,
    "read-only package and model": read_only,
    "no Redis": redis_absent,
    "Redis killed midway": redis_killed,
    "low memory": low_memory,
    "a damaged network": damaged,
    "no network": missing,
}
"""By name."""
