"""How gunicorn serves the app: `gunicorn --config python:api.gunicorn_conf`, with any option of gunicorn's own after it.

The master loads the app and reads one sentence, so that the workers share a network that is loaded and warm. Nothing here may
start a thread: threads do not live through the fork.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from api import settings
from attribution.errors import AttributionError

try:
    _values = settings.read(os.environ)
except settings.SettingError as error:
    sys.exit(f"Error: {error}")

wsgi_app = "api:create_app()"
bind = "127.0.0.1:8000"
workers = _values["WORKERS"]
threads = _values["THREADS"]
worker_class = "gthread"
preload_app = True
# The control socket is a thread in the master and a file in the home directory.
control_socket_disable = True
if Path("/dev/shm").is_dir():
    worker_tmp_dir = "/dev/shm"


def on_starting(server: Any) -> None:
    """Warm the pipeline, in the master, before the first worker is forked."""
    try:
        server.app.wsgi().extensions["reader"].warm_up()
    except AttributionError as error:
        sys.exit(f"Error: {error}")
