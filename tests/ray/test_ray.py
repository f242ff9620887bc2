"""A batch on a local Ray, the real one: `make test-ray` installs it."""

from functools import partial

import batching
import pytest
import ray

from attribution.batch import answers, cluster, pool, work
from attribution.errors import BatchError

TEXTS = ["“It rains,” Ann Lee said.", "", "Bob Hill warned that steel is late.", "“No,” she said."]


@pytest.fixture(scope="module", autouse=True)
def local():
    """A local Ray with two cores."""
    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False)
    yield
    ray.shutdown()


def test_ray_writes_the_same_bytes_as_the_processes_of_this_machine(tmp_path):
    source = batching.lines(tmp_path / "in.jsonl", TEXTS)
    for engine in (pool, cluster):
        job = work.Job((source,), tmp_path / f"{engine.__name__}.jsonl", "quotes")
        work.run(job, partial(engine.processes, 2, answers.prepare, {}, "quotes"), workers=2)
    for suffix in ("jsonl", "jsonl.errors.jsonl"):
        written = [(tmp_path / f"{engine.__name__}.{suffix}").read_bytes() for engine in (pool, cluster)]
        assert written[0] == written[1] != b""


def test_more_processes_than_cores_are_refused_at_once():
    with pytest.raises(BatchError, match="use --workers 2"):
        cluster.processes(3, int)


def test_an_article_that_kills_its_process_loses_only_its_own_answer(tmp_path):
    source = batching.lines(tmp_path / "in.jsonl", ["One", "die", "Three"])
    job = work.Job((source,), tmp_path / "out.jsonl")
    state = work.run(job, partial(cluster.processes, 2, int), workers=2, reader=batching.answer_or_die)
    assert (state.done, state.failed) == (3, 1)
