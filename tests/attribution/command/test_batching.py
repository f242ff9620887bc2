"""`attribution batch`: its output, its messages and its errors."""

import io
import json
import os
import signal
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import batching
import pytest
from click.testing import CliRunner

import attribution
from api import examples
from attribution.batch import packing, pool
from attribution.batch.output import Output, State
from attribution.command import cli
from attribution.command.progress import ProgressLine, format_progress
from attribution.errors import ModelError, TextError


@pytest.fixture
def run(monkeypatch, tmp_path):
    """Runs the command in an empty folder, with a reader in this process and a fake `extract` that records its calls."""
    calls = []

    def extract(text=None, *, html=None, article_id=None, **options):
        calls.append((html if text is None else text, options))
        if not text:
            raise TextError("the text is empty")
        return replace(examples.ARTICLE, id=article_id)

    def thread(workers, prepare, *settings):
        prepare(*settings)
        calls.append(workers)
        return ThreadPoolExecutor(1)

    def invoke(*arguments):
        calls.clear()
        return CliRunner().invoke(cli.main, ["batch", *arguments])

    invoke.calls = calls
    monkeypatch.setattr(attribution, "extract", extract)
    monkeypatch.setattr(attribution, "load", lambda: None)
    monkeypatch.setattr(pool, "processes", thread)
    monkeypatch.chdir(tmp_path)
    batching.lines(tmp_path / "in.jsonl", ["One", "", "Three"])
    return invoke


def rows(path):
    """The lines of a file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_it_writes_the_answers_and_prints_a_summary(run, tmp_path):
    """An article that cannot be read is reported in a second file, and does not fail the command."""
    result = run("in.jsonl", "out.jsonl", "--workers", "3")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "out.jsonl: 2 articles, and 1 that could not be read: out.jsonl.errors.jsonl\n"
    assert rows(tmp_path / "out.jsonl") == [replace(examples.ARTICLE, id=f"in.jsonl:{line}").to_dict() for line in (1, 3)]
    error = {"id": "in.jsonl:2", "place": "in.jsonl, line 2", "reason": "the text is empty"}
    assert rows(tmp_path / "out.jsonl.errors.jsonl") == [error]
    assert run.calls == [3, ("One", {}), ("", {}), ("Three", {})]


def test_a_pattern_stands_for_the_files_that_match_it(run, tmp_path):
    result = run("*.jsonl", "out.jsonl.gz")
    assert result.stdout.startswith("out.jsonl.gz: 2 articles")


@pytest.mark.parametrize(
    ("names", "line"),
    [
        (
            ["a.PDF", "c/b.docx", "d.jsonl.gz"],
            "3 files with other endings were not read: in a folder, only .txt and .html files are\n",
        ),
        (["a.pdf"], "1 file with another ending was not read: in a folder, only .txt and .html files are\n"),
        ([".DS_Store", ".git/config", "e.txt.gz"], ""),
    ],
)
def test_the_summary_counts_the_files_of_a_folder_that_are_not_read(run, tmp_path, names, line):
    """Neither hidden files nor those that the batch itself writes."""
    for name in ("a.txt", *names):
        (tmp_path / "archive" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "archive" / name).write_text("Hi", encoding="utf-8")
    result = run("archive", "in.jsonl", "archive/out.jsonl")
    assert result.stdout.partition(".errors.jsonl\n")[2] == line


def test_it_writes_one_row_per_quote_on_request(run, tmp_path):
    """In the order of the inputs."""
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive" / "a.txt").write_text("Hi", encoding="utf-8")
    result = run("archive", "in.jsonl", "out.jsonl", "--rows", "quotes", "--topics", "--types", "direct")
    assert result.stdout.startswith("out.jsonl: 3 articles, and 1 ")
    seen = [(row["article"], row["quote"]) for row in rows(tmp_path / "out.jsonl")]
    assert seen == [(name, quote) for name in ("a.txt", "in.jsonl:1", "in.jsonl:3") for quote in ("q1", "q2")]
    assert run.calls[1] == ("Hi", {"topics": True, "types": ["direct"]})


@pytest.mark.parametrize(
    ("arguments", "remedy"),
    [
        (["nowhere.jsonl", "out.jsonl"], "does not exist"),
        (["in.jsonl", "out.csv"], "has no known suffix: choose a name with .jsonl, .jsonl.gz, .jsonl.zst or .parquet"),
        (["in.jsonl", "out.jsonl", "--types", "dirct"], "there is no 'dirct'; choose from direct, mixed, indirect"),
        (["in.jsonl", "nowhere/out.jsonl"], "because there is no folder nowhere: make it, or choose another name"),
        (["in.jsonl", "there.jsonl"], "exists already, and no batch wrote it"),
        (["in.jsonl", "there.jsonl", "--restart"], "exists already, and no batch wrote it"),
    ],
)
def test_a_wrong_call_ends_before_anything_is_read(run, tmp_path, arguments, remedy):
    (tmp_path / "there.jsonl").touch()
    result = run(*arguments)
    assert (result.exit_code, result.stdout, run.calls) == (2, "", [])
    assert remedy in " ".join(result.stderr.split())


def test_without_its_package_parquet_is_refused_with_the_remedy(run, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    result = run("in.jsonl", "out.parquet")
    assert (result.exit_code, run.calls) == (2, [])
    assert "needs the package pyarrow: pip install pyarrow" in " ".join(result.stderr.split())


def test_without_its_package_another_engine_is_refused_with_the_remedy(run, monkeypatch):
    monkeypatch.setitem(sys.modules, "ray", None)
    result = run("in.jsonl", "out.jsonl", "--engine", "ray")
    assert (result.exit_code, run.calls) == (2, [])
    assert "needs the package ray: pip install ray" in " ".join(result.stderr.split())


def test_the_same_command_resumes_a_batch(run, tmp_path, monkeypatch):
    """Here after the disk was full. Other options are refused, and --restart starts over."""

    def fail(*arguments, **options):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(packing, "pack", fail)
        result = run("in.jsonl", "out.jsonl")
    assert result.exit_code == 1
    assert "No space left on device. Finished work is kept: the same command resumes." in result.stderr
    assert "other options" in " ".join(run("in.jsonl", "out.jsonl", "--topics").stderr.split())
    assert run("in.jsonl", "out.jsonl").exit_code == 0
    assert run.calls == []
    assert run("in.jsonl", "out.jsonl", "--restart").exit_code == 0
    assert len(run.calls) == 4


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_a_stopped_batch_says_how_much_is_safe_and_resumes(run, monkeypatch, sent):
    """Ctrl-C or SIGTERM at the third article; the two before it are not read again, and SIGTERM is as before."""
    handler, write = signal.getsignal(signal.SIGTERM), Output.write

    def write_and_stop(output, answer):
        write(output, answer)
        if output.state.done == 2:
            os.kill(os.getpid(), sent)

    with monkeypatch.context() as patched:
        patched.setattr(Output, "write", write_and_stop)
        result = run("in.jsonl", "out.jsonl", "--workers", "1")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "Error: The batch was stopped. 2 articles are safe, and the same command resumes.\n"
    assert run("in.jsonl", "out.jsonl").stdout.startswith("out.jsonl: 2 articles, and 1 ")
    assert run.calls[1:] == [("Three", {})]
    assert signal.getsignal(signal.SIGTERM) is handler


def test_a_missing_pipeline_is_a_one_line_error(run, monkeypatch):
    """It is not reported as an error of the articles."""

    def fail(**options):
        raise ModelError("no trained pipeline")

    monkeypatch.setattr(attribution, "extract", fail)
    result = run("in.jsonl", "out.jsonl")
    assert (result.exit_code, result.stderr) == (1, "Error: no trained pipeline.\n")


def test_progress_is_shown_on_a_terminal(run, monkeypatch):
    """And not in a log."""
    shown = []
    monkeypatch.setattr("attribution.command.batching.ProgressLine", lambda stream: shown.append(stream) or ProgressLine(stream))
    monkeypatch.setattr("attribution.command.batching.on_terminal", lambda stream: stream is sys.stderr)
    assert run("in.jsonl", "out.jsonl").exit_code == 0
    assert len(shown) == 1


def test_the_progress_line_has_the_count_the_speed_and_the_time_left():
    """The speed is that of this run, without articles of an earlier one."""
    state = State(done=1250, failed=2)
    assert format_progress(state, 600, 1000, seconds=100.0, articles=250, bytes_read=100) == (
        "1,250 articles, 60%, 2.5 a second, 0:06:40 left, 2 could not be read"
    )


def test_the_progress_line_is_overwritten_at_intervals():
    """A shorter one leaves nothing of a longer one."""
    stream, times = io.StringIO(), iter([10.0, 10.1, 20.0, 20.1, 20.5])
    line = ProgressLine(stream, lambda: next(times))
    for done in (1, 2, 11, 12, 1000):
        line(State(done=done, failed=done == 11), done, 1000)
    line.end()
    first = "11 articles, 1%, 1.0 a second, 0:16:29 left, 1 could not be read"
    assert stream.getvalue() == f"\r{first}\r{'1,000 articles, 100%, 95.1 a second, 0:00:00 left':{len(first)}}\n"
