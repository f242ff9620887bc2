"""A batch from its beginning to its end, and begun again wherever it was stopped."""

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
    """Stands for the end of the process."""


@pytest.fixture
def job(tmp_path):
    """Seven articles, two of them without a text."""
    return Job((batching.lines(tmp_path / "in.jsonl", TEXTS),), tmp_path / "out.jsonl")


def written(job):
    """What a batch has written: its rows, its errors, and nothing else."""
    names = sorted(path.name for path in job.out.parent.iterdir() if path.name.startswith(job.out.name))
    assert names == [job.out.name, f"{job.out.name}.errors.jsonl"]
    return [(job.out.parent / name).read_bytes() for name in names]


@pytest.fixture
def unbroken(job, tmp_path):
    """What a run writes that nobody stops."""
    (tmp_path / "unbroken").mkdir()
    other = Job(job.inputs, tmp_path / "unbroken" / "out.jsonl")
    batching.read(other)
    return written(other)


def stopped_after(job, articles):
    """A run that is killed when it has written so many articles, and half a line more."""

    def tell(state, read, size):
        if state.done == articles:
            raise Killed

    with pytest.raises(Killed):
        batching.read(job, tell=tell)
    for end in (".partial", ".errors.jsonl.partial"):
        with job.out.with_name(job.out.name + end).open("ab") as file:
            file.write(b'{"id": "half')


def test_every_article_has_its_row_in_order_and_a_bad_one_its_error(job):
    """The rest goes on."""
    state = batching.read(job)
    rows, errors = ([json.loads(line) for line in data.splitlines()] for data in written(job))
    name = job.inputs[0]
    assert rows == [{"id": f"{name}:{number}", "text": text} for number, text in enumerate(TEXTS, 1) if text]
    assert [(error["id"], error["reason"]) for error in errors] == [(f"{name}:3", "no text"), (f"{name}:6", "no text")]
    assert (state.done, state.failed) == (7, 2)


@pytest.mark.parametrize("articles", range(1, len(TEXTS) + 1))
def test_a_run_that_was_stopped_goes_on_to_the_same_bytes(job, unbroken, articles):
    """Whatever was written behind what it was sure of is cut off and done again; what it was sure of is not."""
    stopped_after(job, articles)
    read = []
    batching.read(job, ask=lambda item: read.append(item) or batching.answer(item))
    assert written(job) == unbroken
    assert len(read) == len(TEXTS) - articles // batching.EVERY * batching.EVERY


@pytest.mark.parametrize("name", ["out.jsonl", "out.jsonl.gz"])
def test_a_run_that_was_stopped_between_any_two_steps_of_a_file_goes_on_to_the_same_bytes(job, unbroken, monkeypatch, name):
    """Each time it is begun it comes one step further, until it is done."""
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
    assert [gzip.decompress(rows) if name.endswith(".gz") else rows, errors] == unbroken
    assert stops > 3


def test_a_run_that_was_killed_goes_on_to_the_same_bytes(tmp_path):
    """By kill -9, in the middle; the processes that read for it end with it, or this waits for them."""
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
    batching.read(job, ask=lambda item: read.append(item) or batching.answer(item))
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
def test_a_run_goes_on_only_with_what_it_began_with(job, changes, other):
    """Or begins anew where that is asked for."""
    stopped_after(job, 5)
    changed = Job(**{"inputs": job.inputs, "out": job.out, **changes})
    with pytest.raises(BatchError, match=f"other {other}, which has read 4 articles: give the same again, or --restart"):
        batching.read(changed)
    state = batching.read(changed, ask=lambda item: batching.Answer(b"{}\n"), restart=True)
    assert written(changed) == [b"{}\n" * state.done, b""]


def test_a_run_goes_on_only_with_the_files_it_began_with(job):
    """Of which one has grown."""
    stopped_after(job, 5)
    batching.lines(job.inputs[0], [*TEXTS, "Eight"])
    with pytest.raises(BatchError, match="other inputs"):
        batching.read(job)


def test_a_run_goes_on_only_with_the_pipeline_it_began_with(job, monkeypatch, tmp_path):
    """Half the answers of one and half of another would be nobody's."""
    stopped_after(job, 5)
    monkeypatch.setattr(work, "DIRECTORY", tmp_path)
    with pytest.raises(BatchError, match="other model"):
        batching.read(job)


def test_what_is_there_already_is_not_written_over(job):
    """Unless that is asked for."""
    job.out.write_text("mine", encoding="utf-8")
    with pytest.raises(BatchError, match=r"is there already: give another name, or --restart"):
        batching.read(job)
    assert [path.name for path in job.out.parent.iterdir()] == ["in.jsonl", "out.jsonl"]
    batching.read(job, restart=True)
    assert len(written(job)[0].splitlines()) == 5


@pytest.mark.parametrize(
    ("end", "data", "remedy"),
    [(".progress", b"{", "cannot be read: give --restart"), (".partial", b"", "has lost some of its lines: give --restart")],
)
def test_what_is_damaged_is_told_with_the_remedy(job, end, data, remedy):
    stopped_after(job, 5)
    job.out.with_name(job.out.name + end).write_bytes(data)
    with pytest.raises(BatchError, match=remedy):
        batching.read(job)


def test_two_runs_do_not_write_the_same_file(job):
    """The second is refused, and the first goes on."""
    with job.out.with_name("out.jsonl.partial").open("wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        with pytest.raises(BatchError, match="is being written by another run"):
            batching.read(job)
    batching.read(job)


@pytest.mark.parametrize("name", ["in.jsonl", "out.csv", "out"])
def test_a_file_that_cannot_be_written_is_refused(job, name):
    """One that is read, or of which nobody knows what it is to be. Nothing is left behind."""
    with pytest.raises(BatchError, match=r"one of the files to read|is said by its end: \.jsonl"):
        batching.read(Job(job.inputs, job.out.with_name(name)))
    assert [path.name for path in job.out.parent.iterdir()] == ["in.jsonl"]


@pytest.mark.parametrize("name", ["out.jsonl.zst", "out.parquet"])
def test_without_its_package_a_file_is_refused_before_anything_is_read(job, monkeypatch, name):
    for module in ("pyarrow", "pyarrow.parquet"):
        monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(BatchError, match=r"pip install quote-attribution\[batch\]"):
        batching.read(Job(job.inputs, job.out.with_name(name)))


def test_where_there_is_nothing_to_read_that_is_told(tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(BatchError, match=r"There is no \.txt and no \.html file"):
        batching.read(Job((tmp_path / "empty",), tmp_path / "out.jsonl"))


def test_gzip_is_read_and_written_the_same_way_every_time(job, unbroken, tmp_path):
    (tmp_path / "in.jsonl.gz").write_bytes(gzip.compress(job.inputs[0].read_bytes()))
    made = []
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        other = Job((tmp_path / "in.jsonl.gz",), tmp_path / folder / f"{folder}.jsonl.gz")
        batching.read(other)
        made.append(written(other)[0])
    assert made[0] == made[1]
    assert gzip.decompress(made[0]) == unbroken[0].replace(b"in.jsonl:", b"in.jsonl.gz:")


def test_a_run_tells_how_far_it_is(job):
    """At its end it has read every byte."""
    told = []
    batching.read(job, tell=lambda state, read, size: told.append((state.done, read, size)))
    size = job.inputs[0].stat().st_size
    assert told[-1] == (7, size, size)
    assert [done for done, *_ in told] == list(range(1, 8))
