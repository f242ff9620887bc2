"""README and docs/ as tests read them: what they show is run as it stands there, but for the address of the service."""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
DOCS = sorted((ROOT / "docs").glob("*.md"))
SERVICE = "http://localhost:8000"


def fences(page):
    """The blocks of a page, each with its language."""
    return re.findall(r"^```(\w+)\n(.*?)^```$", page.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


def blocks(holding):
    """The block that holds some words, and all that follow it on its page, in any language."""
    for page in (README, *DOCS):
        shown = [block for _, block in fences(page)]
        for number, block in enumerate(shown):
            if holding in block:
                return shown[number:]
    raise LookupError(holding)


def run(command, folder, **environ):
    """What a command prints there; it must succeed. What the tests are run with is on its path."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environ = {**os.environ, "PATH": path, **environ}
    done = subprocess.run(["bash", "-ec", command], cwd=folder, env=environ, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def steps(block):
    """The commands of a console, each with what is shown below it. A command that reads up to END has its lines."""
    found = re.findall(r"^\$ (.*<<'END'\n(?:.*\n)*?END|.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE)
    return [(command, shown) for command, shown in found]


def commands(block, *, but=()):
    """The commands of a console, but those that install."""
    return "\n".join(command for command, _ in steps(block) if not command.startswith(tuple(but)))
