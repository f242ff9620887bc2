"""The service as it is, started for a while, and what the system knows of its processes. Linux only: it reads /proc.

In: settings by their names, and under what conditions to start. Out: its address and its processes, while they live; afterwards
they are gone, and so is what they left. It judges nothing.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from evaluation.clients import send_request

PATIENCE = 600
"""Seconds that a process may take for what it is to do."""
BARE = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"]


@dataclass(frozen=True, slots=True)
class Conditions:
    """Under what a service starts. memory: MiB of addresses it may have, 0 for any; log: where its log goes, None to a file that
    is kept; package: the folder to take the code from, None for this one; bare: without the rights that root has over files.
    """

    memory: int = 0
    log: Path | None = None
    package: Path | None = None
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Service:
    """A service that has been started: its master process, its address, and its log."""

    master: subprocess.Popen[bytes]
    url: str
    log: Path

    @property
    def workers(self) -> list[int]:
        """The process ids of its workers."""
        pid = self.master.pid
        with suppress(OSError):
            return sorted(map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()))
        return []

    @property
    def ready(self) -> bool:
        """Whether it reads articles."""
        return send_request(f"{self.url}/health/ready").status == "200"

    def last_line(self) -> str:
        """The last line of its log."""
        return self.log.read_text(encoding="utf-8", errors="replace").strip().rpartition("\n")[2]


@contextmanager
def serving(folder: Path, conditions: Conditions | None = None, **settings: object) -> Iterator[Service]:
    """The service with these settings, once it is ready or has ended. Its log goes into `folder`."""
    conditions = conditions or Conditions()
    port, log = free_port(), conditions.log or folder / "log"
    with log.open("wb") as stream:
        master = subprocess.Popen(_command(port, conditions), stdout=stream, stderr=stream, **_surroundings(conditions, settings))
    service = Service(master, f"http://127.0.0.1:{port}", log)
    counts: Path | None = None
    try:
        wait_until(lambda: master.poll() is not None or service.ready)
        counts = _counts(master.pid)
        yield service
    finally:
        master.send_signal(signal.SIGTERM)
        master.wait(PATIENCE)
        if counts:  # which stay where the master was killed
            shutil.rmtree(counts, ignore_errors=True)


def _command(port: int, conditions: Conditions) -> list[str]:
    bare = BARE if conditions.bare and os.geteuid() == 0 else []
    limit = ["sh", "-c", f'ulimit -v {conditions.memory * 1024} && exec "$@"', "sh"] if conditions.memory else []
    return [*bare, *limit, sys.executable, "-m", "attribution", "serve", "--port", str(port)]


def _surroundings(conditions: Conditions, settings: dict[str, object]) -> dict[str, Any]:
    """What a process is started with beside its command."""
    environ = {**os.environ, **{f"ATTRIBUTION_{name}": str(value) for name, value in settings.items()}}
    if conditions.package:
        environ["PYTHONPATH"] = str(conditions.package)
    return {"env": environ, "cwd": conditions.package}


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def wait_until(true: Callable[[], bool]) -> float:
    """Wait for something that comes true in another process; gives after how many seconds it did."""
    start = monotonic()
    while not true():
        if monotonic() - start > PATIENCE:
            raise TimeoutError(f"nothing came of it in {PATIENCE} s: look into the log of the service")
        sleep(0.02)
    return monotonic() - start


def memory(pid: int, kind: str = "VmRSS") -> float:
    """MiB that a process has in memory, or of another kind (`VmHWM` the most so far, `VmSize` its addresses); 0 of none."""
    with suppress(OSError):
        found = re.search(rf"^{kind}:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text(encoding="ascii"), re.MULTILINE)
        return int(found[1]) / 1024 if found else 0.0
    return 0.0


def reset_peak_memory(pid: int) -> None:
    """Let `VmHWM` count anew."""
    Path(f"/proc/{pid}/clear_refs").write_text("5", encoding="ascii")


def descriptors(pid: int) -> list[str]:
    """What a process has open."""
    with suppress(OSError):
        return [_target(link) for link in Path(f"/proc/{pid}/fd").iterdir()]
    return []


def _target(link: Path) -> str:
    with suppress(OSError):
        return str(link.readlink())
    return ""


def _counts(master: int) -> Path | None:
    """The folder in which the processes count."""
    with suppress(OSError):
        maps = Path(f"/proc/{master}/maps").read_text(encoding="utf-8")
        found = re.search(r"(/\S*/attribution-\w+)/\S+\.db", maps)
        return Path(found[1]) if found else None
    return None


def all_ended(pids: Sequence[int]) -> bool:
    """Whether none of some processes lives any more; one that nobody has buried holds no memory."""
    return not any(memory(pid) for pid in pids)
