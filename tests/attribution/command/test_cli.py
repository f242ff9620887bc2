"""The command: what it prints, and how it tells a user what to put right."""

import json
import os
import sys
from contextlib import nullcontext
from dataclasses import replace

import pytest
from click.testing import CliRunner

import attribution
from api import examples
from attribution.command import cli
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


def test_extract_prints_the_page_as_one_file(run, tmp_path):
    """To keep, or to send to somebody who has no service."""
    page = run("extract", "-", "--format", "html", input=examples.TEXT)
    assert page.stdout.startswith("<!doctype html>")
    assert json.dumps(examples.TEXT, ensure_ascii=False) in page.stdout


@pytest.fixture
def folder(tmp_path):
    """Two articles, and one that cannot be read between them."""
    for name, data in {"a.txt": b"One", "b.txt": b"caf\xe9", "c.txt": b"Three"}.items():
        (tmp_path / name).write_bytes(data)
    return "a.txt", "b.txt", "c.txt"


def test_several_files_are_read_and_each_answer_names_its_file(run, folder):
    """A file that cannot be read loses nothing of the others."""
    result = run("extract", *folder, "--format", "ndjson")
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["a.txt", "c.txt"]
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: b.txt: This is not UTF-8")
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("options", "remedy"), [(["--id", "x"], "--id is for one FILE"), (["--format", "html"], "Give one FILE")]
)
def test_what_fits_one_file_only_is_refused_with_several(run, folder, options, remedy):
    """A wrong call, told before anything is read."""
    result = run("extract", *folder, *options)
    assert (result.exit_code, result.stdout, run.calls) == (2, "", [])
    assert remedy in result.stderr


@pytest.mark.parametrize(
    ("errors_seen", "output_seen", "shown"), [(True, False, True), (True, True, False), (False, False, False)]
)
def test_progress_is_shown_on_a_terminal_that_the_answers_do_not_need(run, folder, monkeypatch, errors_seen, output_seen, shown):
    """Neither a log nor a screen of answers is written through."""
    bars = []
    monkeypatch.setattr(cli.click, "progressbar", lambda files, **options: bars.append(files) or nullcontext(files))
    monkeypatch.setattr(cli, "_on_terminal", lambda stream: errors_seen if stream is sys.stderr else output_seen)
    run("extract", *folder)
    assert bool(bars) == shown


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
