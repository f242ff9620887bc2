"""The gunicorn configuration: `gunicorn --config python:attribution.service.gunicorn_conf`, followed by any gunicorn options;
in a clone, `python:api.gunicorn_conf`.

The master loads the app and reads a paragraph, so that the workers share a loaded and warm network. Nothing here may start a
thread, because threads do not survive the fork. The workers share their metrics in a folder that the master removes at its end.
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

from . import addresses, memory, metrics, settings

try:
    _values = settings.load(os.environ)
except settings.SettingError as error:
    sys.exit(f"Error: {error}")

memory.keep_small()
wsgi_app = f"{__package__}:create_app()"
bind = "127.0.0.1:8000"
workers = _values["WORKERS"]
threads = _values["THREADS"]
worker_class = f"{__package__}.worker.TimedWorker"
# Together with its other files, a worker stays below the common limit of 1,024 open files.
worker_connections = 500
preload_app = True
# When the service stops, it finishes the articles that it is reading.
graceful_timeout = _values["TIME_LIMIT"]
# The control socket would start a thread in the master and create a file in the home directory.
control_socket_disable = True
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None
folder = os.environ[metrics.FOLDER] = tempfile.mkdtemp(prefix="attribution-", dir=worker_tmp_dir)
OPENED = {"GUNICORN_FD", "LISTEN_FDS"}
"""Environment variables set by a previous master, or by systemd, when it has already opened the addresses."""


@atexit.register
def remove_folder(master: int = os.getpid()) -> None:
    """Remove the metrics when the master ends, but not when a worker does."""
    if os.getpid() == master:
        shutil.rmtree(folder, ignore_errors=True)


def on_starting(server: Any) -> None:
    """Check the addresses and warm up the pipeline, in the master, before the first worker is forked."""
    try:
        if not server.cfg.reuse_port and not OPENED & os.environ.keys():
            addresses.check_available(server.cfg.address)
        server.app.wsgi().extensions["reader"].warm_up()
    except (AttributionError, settings.SettingError) as error:
        sys.exit(f"Error: {error}")
    # What is loaded stays loaded. Scanning it for garbage would stop every thread of a worker for a fifth of a second.
    gc.freeze()


def when_ready(server: Any) -> None:
    """Listen on the metrics port too. A master that replaces another inherits its listener."""
    port = int(_values["METRICS_PORT"])
    if port and not server.master_pid:
        try:
            server.LISTENERS += addresses.listeners_at(server.cfg.address, port, server.cfg, server.log)
        except settings.SettingError as error:
            sys.exit(f"Error: {error}")


def on_reload(server: Any) -> None:
    """At SIGHUP, reload the API keys in the master. New workers get them from there, and the old workers end."""
    try:
        server.app.wsgi().extensions["keys"].reload()
    except settings.SettingError as error:
        server.log.error("The API keys were not reloaded; the old ones stay valid. %s", error)


def post_fork(server: Any, worker: Any) -> None:
    """Switch threads more often, so that short requests such as health checks wait less for threads that compute."""
    sys.setswitchinterval(0.0005)


def child_exit(server: Any, worker: Any) -> None:
    """Drop the gauges of a dead worker; its counters stay."""
    from prometheus_client.multiprocess import mark_process_dead

    mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]
