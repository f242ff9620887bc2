"""Whole batches, and batches that are resumed after a stop at any point."""

import fcntl
import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import batching
import pytest

from attribution import options
from attribution.batch import work
from attribution.batch.work import Job
from attribution.errors import BatchError

TEXTS = ["One", "Two", "", "Four", "Five", "", "Seven"]


class Killed(BaseException):
    """Simulates the end of the process."""


@pytest.fixture
def job(tmp_path):
    """Seven articles, two of them without text."""
    return Job((batching.lines(tmp_path / "in.jsonl", TEXTS),), tmp_path / "out.jsonl")


def written(job):
    """The content of the two files of a batch, after checking that there are no others."""
    names = sorted(path.name for path in job.out.parent.iterdir() if path.name.startswith(job.out.name))
    assert names == [job.out.name, f"{job.out.name}.errors.jsonl"]
    return [(job.out.parent / name).read_bytes() for name in names]


@pytest.fixture
def uninterrupted(job, tmp_path):
    """What a run writes if it is not stopped."""
    (tmp_path / "uninterrupted").mkdir()
    other = Job(job.inputs, tmp_path / "uninterrupted" / "out.jsonl")
    batching.read(other)
    return written(other)


def stop_after(job, articles):
    """Kill a run after this many articles and half a line."""

    def progress(state, read, size):
        if state.done == articles:
            raise Killed

    with pytest.raises(Killed):
        batching.read(job, progress=progress)
    for end in (".partial", ".errors.jsonl.partial"):
        with job.out.with_name(job.out.name + end).open("ab") as file:
            file.write(b'{"id": "half')


def test_every_article_has_a_row_or_an_error_in_order(job):
    """A bad article does not stop the batch."""
    state = batching.read(job)
    rows, errors = ([json.loads(line) for line in data.splitlines()] for data in written(job))
    name = job.inputs[0]
    assert rows == [{"id": f"{name}:{number}", "text": text} for number, text in enumerate(TEXTS, 1) if text]
    assert [(error["id"], error["reason"]) for error in errors] == [(f"{name}:3", "no text"), (f"{name}:6", "no text")]
    assert (state.done, state.failed) == (7, 2)


@pytest.mark.parametrize("articles", range(1, len(TEXTS) + 1))
def test_a_resumed_run_writes_the_same_bytes(job, uninterrupted, articles):
    """Articles after the last saved progress are cut off and read again; earlier ones are not."""
    stop_after(job, articles)
    read = []
    batching.read(job, reader=lambda item: read.append(item) or batching.answer(item))
    assert written(job) == uninterrupted
    assert len(read) == len(TEXTS) - articles // batching.SAVE_EVERY * batching.SAVE_EVERY


@pytest.mark.parametrize("name", ["out.jsonl", "out.jsonl.gz"])
def test_a_run_stopped_between_any_two_file_operations_can_be_resumed(job, uninterrupted, monkeypatch, name):
    """Here each attempt gets one step further, until the run is done. The bytes are the same."""
    job = Job(job.inputs, job.out.with_name(name))
    steps = {step: getattr(os, step) for step in ("replace", "unlink")}
    allowed = stops = 0

    def step(name, *arguments):
        nonlocal left
        if not left:
            raise Killed
        left -= 1
        steps[name](*arguments)

    for kind in steps:
        monkeypatch.setattr(os, kind, lambda *arguments, kind=kind: step(kind, *arguments))
    while not job.out.exists() or job.out.with_name(f"{name}.progress").exists():
        left, allowed = allowed, allowed + 1
        try:
            batching.read(job)
        except Killed:
            stops += 1
    rows, errors = written(job)
    assert [gzip.decompress(rows) if name.endswith(".gz") else rows, errors] == uninterrupted
    assert stops > 3


def test_a_run_killed_by_kill_9_can_be_resumed(tmp_path):
    """With the same bytes. Its reading processes end with it; otherwise this test would wait for them."""
    texts = [str(number) for number in range(60)]
    job, whole = (Job((batching.lines(tmp_path / "in.jsonl", texts),), tmp_path / name) for name in ("out.jsonl", "whole.jsonl"))
    path = os.pathsep.join(map(str, (Path(batching.__file__).parent, Path(work.__file__).parents[2])))
    command = [sys.executable, "-m", "batching", str(job.inputs[0]), str(job.out)]
    with subprocess.Popen(command, env={**os.environ, "PYTHONPATH": path, "HALT": "50"}, stdout=subprocess.PIPE) as process:
        assert process.stdout.readline() == b"halted\n"
        process.kill()
        assert process.stdout.read() == b""
    assert json.loads((tmp_path / "out.jsonl.progress").read_bytes())["done"] > 0
    assert not job.out.exists()
    read = []
    batching.read(job, reader=lambda item: read.append(item) or batching.answer(item))
    batching.read(whole)
    assert written(job) == written(whole)
    assert len(read) < len(texts)


@pytest.mark.parametrize(
    ("changes", "other"),
    [
        ({"keywords": {"topics": True}}, "options"),
        ({"keywords": {"known_speakers": (options.KnownSpeaker("Q42", "Ann Lee"),)}}, "options"),
        ({"rows": "quotes"}, "options"),
        ({"form": "text"}, "inputs"),
    ],
)
def test_a_run_can_be_resumed_only_with_the_same_options_and_inputs(job, changes, other):
    """With `restart`, it starts over."""
    stop_after(job, 5)
    changed = Job(**{"inputs": job.inputs, "out": job.out, **changes})
    with pytest.raises(BatchError, match=f"other {other}, which has read 4 articles: use the same again, or .* --restart"):
        batching.read(changed)
    state = batching.read(changed, reader=lambda item: batching.Answer(b"{}\n"), restart=True)
    assert written(changed) == [b"{}\n" * state.done, b""]


def test_a_run_cannot_be_resumed_if_an_input_has_changed(job):
    """Here one has grown."""
    stop_after(job, 5)
    batching.lines(job.inputs[0], [*TEXTS, "Eight"])
    with pytest.raises(BatchError, match="other inputs"):
        batching.read(job)


def test_a_run_cannot_be_resumed_with_another_pipeline(job, monkeypatch, tmp_path):
    """The output would mix the answers of two models."""
    stop_after(job, 5)
    monkeypatch.setattr(work, "DIRECTORY", tmp_path)
    with pytest.raises(BatchError, match="other model"):
        batching.read(job)


def test_the_output_of_a_batch_is_overwritten_only_with_restart(job):
    batching.read(job)
    before = written(job)
    with pytest.raises(BatchError, match=r"exists already: choose another name, or .* --restart"):
        batching.read(job, reader=lambda item: batching.Answer(b"{}\n"))
    assert written(job) == before
    batching.read(job, reader=lambda item: batching.Answer(b"{}\n"), restart=True)
    assert written(job) == [b"{}\n" * 7, b""]


@pytest.mark.parametrize("restart", [False, True])
def test_a_file_that_no_batch_wrote_is_never_overwritten(job, restart):
    """It may be an input, if the name of the output was forgotten. Nothing suggests to overwrite it."""
    job.out.write_text("mine", encoding="utf-8")
    with pytest.raises(BatchError, match=r"no batch wrote it.*The last name is the file to write: add one") as refusal:
        batching.read(job, restart=restart)
    assert "--restart" not in str(refusal.value)
    assert {path.name: path.read_text(encoding="utf-8") for path in job.out.parent.glob("out*")} == {"out.jsonl": "mine"}


@pytest.mark.parametrize(
    ("end", "data", "remedy"),
    [
        (".progress", b"{", "cannot be read: start over with --restart"),
        (".partial", b"", "has lost some of its lines: start over with --restart"),
    ],
)
def test_damaged_files_of_a_stopped_run_are_reported_with_the_remedy(job, end, data, remedy):
    stop_after(job, 5)
    job.out.with_name(job.out.name + end).write_bytes(data)
    with pytest.raises(BatchError, match=remedy):
        batching.read(job)


def test_two_runs_cannot_write_the_same_file(job):
    """The second is refused until the first is done."""
    with job.out.with_name("out.jsonl.partial").open("wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        with pytest.raises(BatchError, match="is being written by another run"):
            batching.read(job)
    batching.read(job)


@pytest.mark.parametrize("name", ["in.jsonl", "out.csv", "out"])
def test_an_invalid_output_name_is_refused(job, name):
    """An input file, or a name without a known suffix. Nothing is left behind."""
    with pytest.raises(BatchError, match=r"one of the files to read|has no known suffix: .*\.jsonl"):
        batching.read(Job(job.inputs, job.out.with_name(name)))
    assert [path.name for path in job.out.parent.iterdir()] == ["in.jsonl"]


@pytest.mark.parametrize("name", ["out.jsonl.zst", "out.parquet"])
def test_without_its_package_a_file_is_refused_before_anything_is_read(job, monkeypatch, name):
    for module in ("pyarrow", "pyarrow.parquet"):
        monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(BatchError, match=r"pip install pyarrow"):
        batching.read(Job(job.inputs, job.out.with_name(name)))


def test_inputs_without_articles_are_refused(tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(BatchError, match=r"The inputs contain no \.txt or \.html file"):
        batching.read(Job((tmp_path / "empty",), tmp_path / "out.jsonl"))


def test_gzip_output_is_reproducible(job, uninterrupted, tmp_path):
    (tmp_path / "in.jsonl.gz").write_bytes(gzip.compress(job.inputs[0].read_bytes()))
    made = []
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        other = Job((tmp_path / "in.jsonl.gz",), tmp_path / folder / f"{folder}.jsonl.gz")
        batching.read(other)
        made.append(written(other)[0])
    assert made[0] == made[1]
    assert gzip.decompress(made[0]) == uninterrupted[0].replace(b"in.jsonl:", b"in.jsonl.gz:")


def test_a_run_reports_its_progress(job):
    """At the end, it has read every byte."""
    reports = []
    batching.read(job, progress=lambda state, read, size: reports.append((state.done, read, size)))
    size = job.inputs[0].stat().st_size
    assert reports[-1] == (7, size, size)
    assert [done for done, *_ in reports] == list(range(1, 8))
