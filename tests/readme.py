"""README as tests read it: what it shows is run as it stands there, but for the address of the service."""

import os
import re
import subprocess
import sys
from pathlib import Path

README = Path(__file__).parents[1] / "README.md"
SERVICE = "http://localhost:8000"


def blocks(holding):
    """The block that holds some words, and all that follow it, in any language."""
    shown = re.findall(r"```\w+\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    return shown[next(number for number, block in enumerate(shown) if holding in block) :]


def run(command, folder, **environ):
    """What a command prints there; it must succeed. What the tests are run with is on its path."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environ = {**os.environ, "PATH": path, **environ}
    done = subprocess.run(["bash", "-ec", command], cwd=folder, env=environ, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def commands(block, *, but=()):
    """The commands of a console, but those that install."""
    lines = [line.removeprefix("$ ") for line in block.splitlines() if line.startswith("$ ")]
    return "\n".join(line for line in lines if not line.startswith(tuple(but)))
