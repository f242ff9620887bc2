"""attribution batch: what it writes, what it says, and how it tells a user what to put right."""

import io
import json
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import batching
import pytest
from click.testing import CliRunner

import attribution
from api import examples
from attribution.batch import packing, pool
from attribution.batch.output import State
from attribution.command import cli
from attribution.command.progress import Line, described
from attribution.errors import ModelError, TextError


@pytest.fixture
def run(monkeypatch, tmp_path):
    """Runs the command in an empty folder, with a reader in this process and an `extract` that remembers how it was called."""
    calls = []

    def extract(text=None, *, html=None, article_id=None, **options):
        calls.append((html if text is None else text, options))
        if not text:
            raise TextError("the text is empty")
        return replace(examples.ARTICLE, id=article_id)

    def thread(workers, prepare, *settled):
        prepare(*settled)
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


def test_it_writes_the_answers_and_says_what_it_did(run, tmp_path):
    """An article that cannot be read is told in a file beside them, and fails nothing."""
    result = run("in.jsonl", "out.jsonl", "--workers", "3")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "out.jsonl: 2 articles, and 1 that could not be read: out.jsonl.errors.jsonl\n"
    assert rows(tmp_path / "out.jsonl") == [replace(examples.ARTICLE, id=f"in.jsonl:{line}").to_dict() for line in (1, 3)]
    told = {"id": "in.jsonl:2", "place": "in.jsonl, line 2", "reason": "the text is empty"}
    assert rows(tmp_path / "out.jsonl.errors.jsonl") == [told]
    assert run.calls == [3, ("One", {}), ("", {}), ("Three", {})]


def test_it_writes_a_row_a_quote_where_that_is_asked_for(run, tmp_path):
    """Of several inputs, in their order."""
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
        (["in.jsonl", "out.csv"], "is said by its end: .jsonl, .jsonl.gz, .jsonl.zst or .parquet"),
        (["in.jsonl", "out.jsonl", "--types", "dirct"], "there is no 'dirct'; choose from direct, mixed, indirect"),
        (["in.jsonl", "there.jsonl"], "is there already: give another name, or --restart to write it anew"),
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
    assert "needs the package pyarrow: pip install quote-attribution[batch]" in " ".join(result.stderr.split())


def test_what_was_cut_off_goes_on_by_the_same_command(run, tmp_path, monkeypatch):
    """Here for want of room on the disk; with other options it does not, and with --restart it begins anew."""

    def fail(*arguments, **options):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(packing, "pack", fail)
        result = run("in.jsonl", "out.jsonl")
    assert result.exit_code == 1
    assert "No space left on device. What is done is kept: the same command resumes." in result.stderr
    assert "other options" in " ".join(run("in.jsonl", "out.jsonl", "--topics").stderr.split())
    assert run("in.jsonl", "out.jsonl").exit_code == 0
    assert run.calls == []
    assert run("in.jsonl", "out.jsonl", "--restart").exit_code == 0
    assert len(run.calls) == 4


def test_a_missing_pipeline_is_told_in_a_line(run, monkeypatch):
    """It is not the articles' fault."""

    def fail(**options):
        raise ModelError("no trained pipeline")

    monkeypatch.setattr(attribution, "extract", fail)
    result = run("in.jsonl", "out.jsonl")
    assert (result.exit_code, result.stderr) == (1, "Error: no trained pipeline.\n")


def test_how_far_it_is_is_said_on_a_terminal(run, monkeypatch):
    """And not in a log."""
    told = []
    monkeypatch.setattr("attribution.command.batching.Line", lambda stream: told.append(stream) or Line(stream))
    monkeypatch.setattr("attribution.command.batching._on_terminal", lambda stream: stream is sys.stderr)
    assert run("in.jsonl", "out.jsonl").exit_code == 0
    assert len(told) == 1


def test_a_line_says_how_many_how_fast_and_how_long():
    """Of what this run did: what an earlier one read is no measure of how fast it is."""
    state = State(done=1250, failed=2)
    assert described(state, 600, 1000, seconds=100.0, articles=250, bytes_read=100) == (
        "1,250 articles, 60%, 2.5 a second, 0:06:40 left, 2 could not be read"
    )


def test_a_line_is_written_over_the_last_and_not_more_often_than_one_reads():
    """A shorter one leaves nothing of a longer one."""
    stream, times = io.StringIO(), iter([10.0, 10.1, 20.0, 20.1, 20.5])
    line = Line(stream, lambda: next(times))
    for done in (1, 2, 11, 12, 1000):
        line(State(done=done, failed=done == 11), done, 1000)
    line.end()
    first = "11 articles, 1%, 1.0 a second, 0:16:29 left, 1 could not be read"
    assert stream.getvalue() == f"\r{first}\r{'1,000 articles, 100%, 95.1 a second, 0:00:00 left':{len(first)}}\n"
