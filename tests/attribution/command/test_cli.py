"""The command as a whole: invalid command lines, help, and the service that it starts."""

import os
import re
import sys

import pytest
from click.testing import CliRunner

from attribution.command import cli


def run(*arguments):
    """Runs the command."""
    return CliRunner().invoke(cli.main, arguments)


@pytest.mark.parametrize(
    "arguments",
    [
        ["extract"],
        ["extract", "nowhere.txt"],
        ["extract", "-", "--format", "xml"],
        ["serve", "-x"],
        ["batch", "nowhere.txt", "out.jsonl"],
    ],
)
def test_a_wrong_command_line_is_exit_code_2(arguments):
    """Click reports which part is wrong."""
    assert run(*arguments).exit_code == 2


@pytest.mark.parametrize(
    ("arguments", "options"),
    [
        ([], ["--bind", "127.0.0.1:8000"]),
        (["--host", "::1", "--port", "80", "--workers", "4"], ["--bind", "[::1]:80", "--workers", "4"]),
    ],
)
def test_serve_becomes_gunicorn(monkeypatch, arguments, options):
    """The process is replaced, so that signals reach gunicorn itself."""
    started = []
    monkeypatch.setattr(os, "execv", lambda *call: started.append(call))
    assert run("serve", *arguments).exit_code == 0
    command = [sys.executable, "-m", "api", "--config", "python:api.gunicorn_conf", *options]
    assert started == [(sys.executable, command)]


def test_newkey_creates_a_key():
    """It runs the service's own command, and refuses the same names."""
    assert re.fullmatch(r"key   \S+\nline  desk:[0-9a-f]{64}\n", run("newkey", "desk").stdout)
    assert run("newkey", "the desk").exit_code == 2


@pytest.mark.parametrize("command", ["batch", "explain", "extract", "newkey", "serve", "verify"])
def test_help_shows_examples(command):
    """Users see a line to copy."""
    assert f"  attribution {command} " in run(command, "--help").stdout
