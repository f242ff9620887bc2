"""Starts the real service for a while, and inspects its processes. Linux only: it reads /proc.

In: settings by name, and the conditions to start under. Out: the address and the processes while the service runs; afterwards the
processes and their files are removed. It judges nothing.
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
"""Seconds to wait for a process before giving up."""
BARE = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"]


@dataclass(frozen=True, slots=True)
class Conditions:
    """The conditions a service starts under. memory: limit of address space in MiB, 0 for none; log: the log file, None for a new
    one; package: the folder of the code, None for this one; bare: drop the rights that root has over files.
    """

    memory: int = 0
    log: Path | None = None
    package: Path | None = None
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Service:
    """A started service: its master process, its address, and its log."""

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
        """Whether it accepts articles."""
        return send_request(f"{self.url}/health/ready").status == "200"

    def last_line(self) -> str:
        """The last line of its log."""
        return self.log.read_text(encoding="utf-8", errors="replace").strip().rpartition("\n")[2]


@contextmanager
def serving(folder: Path, conditions: Conditions | None = None, **settings: object) -> Iterator[Service]:
    """The service with these settings, once it is ready or has exited. Its log is in `folder`."""
    conditions = conditions or Conditions()
    port, log = free_port(), conditions.log or folder / "log"
    with log.open("wb") as stream:
        master = subprocess.Popen(_command(port, conditions), stdout=stream, stderr=stream, **_surroundings(conditions, settings))
    service = Service(master, f"http://127.0.0.1:{port}", log)
    metrics: Path | None = None
    try:
        wait_until(lambda: master.poll() is not None or service.ready)
        metrics = _metrics_folder(master.pid)
        yield service
    finally:
        master.send_signal(signal.SIGTERM)
        master.wait(PATIENCE)
        if metrics:  # the files remain if the master was killed
            shutil.rmtree(metrics, ignore_errors=True)


def _command(port: int, conditions: Conditions) -> list[str]:
    bare = BARE if conditions.bare and os.geteuid() == 0 else []
    limit = ["sh", "-c", f'ulimit -v {conditions.memory * 1024} && exec "$@"', "sh"] if conditions.memory else []
    return [*bare, *limit, sys.executable, "-m", "attribution", "serve", "--port", str(port)]


def _surroundings(conditions: Conditions, settings: dict[str, object]) -> dict[str, Any]:
    """The environment and working directory of the process."""
    environ = {**os.environ, **{f"ATTRIBUTION_{name}": str(value) for name, value in settings.items()}}
    if conditions.package:
        environ["PYTHONPATH"] = str(conditions.package)
    return {"env": environ, "cwd": conditions.package}


def free_port() -> int:
    """A free port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def wait_until(condition: Callable[[], bool]) -> float:
    """Wait until a condition holds; returns the seconds it took. Raises TimeoutError after PATIENCE seconds."""
    start = monotonic()
    while not condition():
        if monotonic() - start > PATIENCE:
            raise TimeoutError(f"the condition did not hold within {PATIENCE} s: see the log of the service")
        sleep(0.02)
    return monotonic() - start


def memory(pid: int, kind: str = "VmRSS") -> float:
    """Memory of a process in MiB: `VmRSS` resident, `VmHWM` peak resident, `VmSize` address space; 0 if it has exited."""
    with suppress(OSError):
        found = re.search(rf"^{kind}:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text(encoding="ascii"), re.MULTILINE)
        return int(found[1]) / 1024 if found else 0.0
    return 0.0


def reset_peak_memory(pid: int) -> None:
    """Reset the peak that `VmHWM` reports."""
    Path(f"/proc/{pid}/clear_refs").write_text("5", encoding="ascii")


def descriptors(pid: int) -> list[str]:
    """The targets of a process's open file descriptors."""
    with suppress(OSError):
        return [_target(link) for link in Path(f"/proc/{pid}/fd").iterdir()]
    return []


def _target(link: Path) -> str:
    with suppress(OSError):
        return str(link.readlink())
    return ""


def _metrics_folder(master: int) -> Path | None:
    """The folder in which the processes share their metrics."""
    with suppress(OSError):
        maps = Path(f"/proc/{master}/maps").read_text(encoding="utf-8")
        found = re.search(r"(/\S*/attribution-\w+)/\S+\.db", maps)
        return Path(found[1]) if found else None
    return None


def all_ended(pids: Sequence[int]) -> bool:
    """Whether all processes have exited. A zombie holds no memory and counts as exited."""
    return not any(memory(pid) for pid in pids)
