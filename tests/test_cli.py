"""The command: what it prints, and how it tells a user what to put right."""

import json
import os
import sys
from dataclasses import replace

import pytest
from click.testing import CliRunner

import attribution
from api import examples
from attribution import cli
from attribution.errors import ModelError, TextError


@pytest.fixture
def run(monkeypatch, tmp_path):
    """Runs the command in an empty folder, with an `extract` that answers the example and remembers how it was called."""
    calls = []

    def extract(text, **options):
        calls.append((text, options))
        if not text:
            raise TextError("The text is empty. Give it words.")
        return replace(examples.ARTICLE, id=options["article_id"])

    def invoke(*arguments, **options):
        return CliRunner().invoke(cli.main, arguments, **options)

    invoke.calls = calls
    monkeypatch.setattr(attribution, "extract", extract)
    monkeypatch.chdir(tmp_path)
    return invoke


def test_extract_prints_the_one_shape(run, tmp_path):
    """What the service answers, the command prints."""
    (tmp_path / "article.txt").write_bytes(examples.TEXT.encode())
    result = run("extract", "article.txt", "--id", "bridge", "--attitudes")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == examples.ARTICLE.to_dict()
    assert run.calls == [(examples.TEXT, {"article_id": "bridge", "attitudes": True})]


def test_extract_reads_a_pipe_as_it_is(run):
    """Line ends of Windows stay: offsets are into the text as received."""
    assert run("extract", "-", input="“Hi,”\r\nshe said.".encode()).exit_code == 0
    assert run.calls == [("“Hi,”\r\nshe said.", {"article_id": None, "attitudes": False})]


def test_extract_prints_a_table_for_the_eye(run):
    """Speaker, verb, type and text, wrapped to the terminal."""
    result = run("extract", "-", "--format", "table", input="Hi", env={"COLUMNS": "56"})
    assert result.stdout.splitlines() == [
        "speaker  verb    type      text",
        "───────  ──────  ────────  ─────────────────────────────",
        "Ann Lee  said    direct    “The bridge opens on Monday,”",
        "Ann Lee  warned  indirect  that cyclists must wait until",
        "                           June",
    ]


def test_a_table_shows_what_is_not_known_as_a_dash():
    """A quote without a speaker is kept."""
    quote = replace(examples.ARTICLE.quotes[0], speaker=None, verb=None)
    table = cli.table(replace(examples.ARTICLE, quotes=(quote,)), width=100)
    assert table.splitlines()[2].split("  ")[0] == "–"


def test_a_table_of_nothing_says_so():
    """An empty answer is not an empty screen."""
    assert cli.table(replace(examples.ARTICLE, quotes=()), width=80) == "No quotation found."


def test_a_table_does_not_play_with_the_terminal():
    """An article is not trusted with escape codes."""
    quote = replace(examples.ARTICLE.quotes[0], text="a\x1b[31mb\nc")
    assert "a [31mb c" in cli.table(replace(examples.ARTICLE, quotes=(quote,)), width=100)


@pytest.mark.parametrize(
    ("data", "remedy"),
    [
        (b"caf\xe9", "byte 3 (0xE9) cannot stand there. Convert it first"),
        (b"", "Standard input: The text is empty. Give it words."),
    ],
)
def test_input_that_cannot_be_read_is_told_in_a_line(run, data, remedy):
    """Exit code 1, no traceback."""
    result = run("extract", "-", input=data)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("Error: ")
    assert remedy in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_missing_pipeline_is_told_in_a_line(run, monkeypatch):
    """It is not the article's fault."""

    def fail(text, **options):
        raise ModelError("No pipeline. Train one.")

    monkeypatch.setattr(attribution, "extract", fail)
    result = run("extract", "-", input="Hi")
    assert (result.exit_code, result.stderr) == (1, "Error: No pipeline. Train one.\n")


@pytest.mark.parametrize(
    "arguments", [["extract"], ["extract", "nowhere.txt"], ["extract", "-", "--format", "xml"], ["serve", "-x"]]
)
def test_a_wrong_command_line_is_exit_code_2(run, arguments):
    """Click says which part is wrong."""
    assert run(*arguments).exit_code == 2


@pytest.mark.parametrize(
    ("arguments", "options"),
    [
        ([], ["--bind", "127.0.0.1:8000"]),
        (["--host", "::1", "--port", "80", "--workers", "4"], ["--bind", "[::1]:80", "--workers", "4"]),
    ],
)
def test_serve_becomes_gunicorn(run, monkeypatch, arguments, options):
    """The process is replaced, so that signals reach gunicorn itself."""
    started = []
    monkeypatch.setattr(os, "execv", lambda *call: started.append(call))
    assert run("serve", *arguments).exit_code == 0
    command = [sys.executable, "-m", "gunicorn", "--config", "python:api.gunicorn_conf", *options]
    assert started == [(sys.executable, command)]


@pytest.mark.parametrize("command", ["extract", "serve", "verify"])
def test_help_shows_examples(run, command):
    """Whoever asks for help sees a line to copy."""
    assert f"  attribution {command} " in run(command, "--help").stdout
