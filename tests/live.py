"""A gunicorn on a free port, and a pipeline for it that reads as long as a test wants.

Stands beside the tests rather than in them because gunicorn imports it: `gunicorn live:create_app()`.
"""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from api import create_app as create
from api import examples
from evaluation.service import free_port

GATES = "TEST_GATES"
"""The environment variable that names a folder: a text that begins with `wait…` is read once a file of that name is in there."""


def create_app():
    """The service with a stand-in for the pipeline."""
    return create(extract=extract)


def extract(text, **options):
    """The example, when the gate is open."""
    gate = text.partition(" ")[0]
    while gate.startswith("wait") and not Path(os.environ[GATES], gate).exists():
        time.sleep(0.01)
    return examples.ARTICLE


@contextmanager
def serving(folder, *, app="live:create_app()", **settings):
    """A live service with these settings; gives its process and its address. `folder` gets its log, and the gates."""
    address = f"127.0.0.1:{free_port()}"
    command = [sys.executable, "-m", "gunicorn", "--config", "python:api.gunicorn_conf", "--bind", address, app]
    values = {f"ATTRIBUTION_{name}": str(value) for name, value in settings.items()}
    environ = {**os.environ, "PYTHONPATH": str(Path(__file__).parent), GATES: str(folder), **values}
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, env=environ, stdout=log, stderr=log)
    try:
        wait_until(lambda: process.poll() is not None or status(f"http://{address}/health/live") == 200)
        yield process, f"http://{address}"
    finally:
        process.send_signal(signal.SIGTERM)
        # A worker that is told to stop while it starts does not hear it: gunicorn ends it after the 60 s that a reading may take.
        process.wait(90)


def call(url, text=None, **headers):
    """The answer to a GET, or to the POST of a text."""
    data = None if text is None else text.encode()
    request = Request(url, data, {"Content-Type": "text/plain", **headers})
    try:
        return urlopen(request, timeout=60)
    except HTTPError as error:
        return error


def status(url, text=None, **headers):
    """The status of the answer, 0 if nobody answers."""
    try:
        with call(url, text, **headers) as response:
            return response.status
    except OSError:
        return 0


def wait_until(true, seconds=60):
    """Wait for something that comes true in another process."""
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until
        time.sleep(0.02)
