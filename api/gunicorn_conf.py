"""How gunicorn serves the app: `gunicorn --config python:attribution.service.gunicorn_conf`, with any option of gunicorn's own
after it; in a clone, `python:api.gunicorn_conf`.

The master loads the app and reads one sentence, so that the workers share a network that is loaded and warm. Nothing here may
start a thread: threads do not live through the fork. The workers share what they count in a folder, gone with the master.
"""

from __future__ import annotations

import atexit
import gc
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from attribution.errors import AttributionError

from . import addresses, metrics, settings

try:
    _values = settings.read(os.environ)
except settings.SettingError as error:
    sys.exit(f"Error: {error}")

wsgi_app = f"{__package__}:create_app()"
bind = "127.0.0.1:8000"
workers = _values["WORKERS"]
threads = _values["THREADS"]
worker_class = f"{__package__}.worker.TimedWorker"
# With what else is open, this stays below the 1,024 files that a process may commonly have open.
worker_connections = 500
preload_app = True
# What is being read when the service is told to stop is read to its end.
graceful_timeout = _values["TIME_LIMIT"]
# The control socket is a thread in the master and a file in the home directory.
control_socket_disable = True
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None
folder = os.environ[metrics.FOLDER] = tempfile.mkdtemp(prefix="attribution-", dir=worker_tmp_dir)
OPENED = {"GUNICORN_FD", "LISTEN_FDS"}
"""The environment variables by which a master before this one, or systemd, says that it has opened the addresses."""


@atexit.register
def remove_folder(master: int = os.getpid()) -> None:
    """Remove what was counted when the master ends, however it does; not when a worker does."""
    if os.getpid() == master:
        shutil.rmtree(folder, ignore_errors=True)


def on_starting(server: Any) -> None:
    """See that the address can be had, and warm the pipeline, in the master, before the first worker is forked."""
    try:
        if not server.cfg.reuse_port and not OPENED & os.environ.keys():
            addresses.check(server.cfg.address)
        server.app.wsgi().extensions["reader"].warm_up()
    except (AttributionError, settings.SettingError) as error:
        sys.exit(f"Error: {error}")
    # What is loaded stays. To look through all of it for garbage would stop every thread of a worker for a fifth of a second.
    gc.freeze()


def when_ready(server: Any) -> None:
    """Listen at the port of the metrics too. A master that follows another has what that one opened."""
    port = int(_values["METRICS_PORT"])
    if port and not server.master_pid:
        try:
            server.LISTENERS += addresses.beside(server.cfg.address, port, server.cfg, server.log)
        except settings.SettingError as error:
            sys.exit(f"Error: {error}")


def on_reload(server: Any) -> None:
    """At SIGHUP, read the file of keys anew, in the master: the workers that take over know them, and those before end."""
    try:
        server.app.wsgi().extensions["keys"].reload()
    except settings.SettingError as error:
        server.log.error("The API keys stay as they were: %s", error)


def post_fork(server: Any, worker: Any) -> None:
    """Let a thread that has something short to do, such as to say that it is alive, wait less for one that computes."""
    sys.setswitchinterval(0.0005)


def child_exit(server: Any, worker: Any) -> None:
    """Forget what a worker that is no more had in hand; what it counted stays."""
    from prometheus_client.multiprocess import mark_process_dead

    mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]
