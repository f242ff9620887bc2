"""The command as a whole: wrong calls, help, and the service that it starts."""

import os
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
    """Click says which part is wrong."""
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
    command = [sys.executable, "-m", "gunicorn", "--config", "python:api.gunicorn_conf", *options]
    assert started == [(sys.executable, command)]


def test_newkey_becomes_the_services_own(monkeypatch):
    """A name that looks like an option is a name."""
    started = []
    monkeypatch.setattr(os, "execv", lambda *call: started.append(call))
    assert run("newkey", "desk").exit_code == 0
    assert started == [(sys.executable, [sys.executable, "-m", "api.newkey", "--", "desk"])]


@pytest.mark.parametrize("command", ["batch", "explain", "extract", "newkey", "serve", "verify"])
def test_help_shows_examples(command):
    """Whoever asks for help sees a line to copy."""
    assert f"  attribution {command} " in run(command, "--help").stdout
