"""Reading in processes of Ray, with a stand-in for Ray. `make test-ray` runs the real one."""

import sys
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from types import SimpleNamespace

import batching
import pytest

from attribution.batch import cluster, work
from attribution.errors import BatchError


class DeathError(Exception):
    """The death of a process."""


class Call:
    """A call of an actor's method, made when its result is asked for."""

    def __init__(self, method, *arguments):
        self.method, self.arguments = method, arguments

    def future(self):
        done = Future()
        try:
            done.set_result(self.method(*self.arguments))
        except Exception as error:
            done.set_exception(error)
        return done


@pytest.fixture
def ray(monkeypatch):
    """A stand-in for the package: actors are objects of this process. `cores` and `started` can be changed."""

    def actor(kind, *arguments):
        made = kind(*arguments)
        fake.made.append(made)
        return SimpleNamespace(call=SimpleNamespace(remote=partial(Call, made.call)))

    fake = SimpleNamespace(cores=4, started=4, made=[], killed=[], exceptions=SimpleNamespace(RayActorError=DeathError))
    fake.init = lambda **options: None
    fake.cluster_resources = lambda: {"CPU": float(fake.cores)}
    fake.remote = lambda **options: lambda kind: SimpleNamespace(remote=partial(actor, kind))
    fake.wait = lambda calls, **options: (calls[: fake.started], calls[fake.started :])
    fake.kill = fake.killed.append
    monkeypatch.setitem(sys.modules, "ray", fake)
    return fake


def test_the_output_is_the_same_as_without_ray(ray, tmp_path):
    source = batching.lines(tmp_path / "in.jsonl", ["One", "", "Three", "Four", "Five"])
    batching.read(work.Job((source,), tmp_path / "local.jsonl"))
    start = partial(cluster.processes, 3, int)
    work.run(work.Job((source,), tmp_path / "ray.jsonl"), start, workers=3, reader=batching.answer)
    for suffix in ("jsonl", "jsonl.errors.jsonl"):
        assert (tmp_path / f"ray.{suffix}").read_bytes() == (tmp_path / f"local.{suffix}").read_bytes()
    assert len(ray.killed) == 3


def test_every_process_is_prepared_and_takes_its_turn(ray):
    prepared, called = [], []
    with cluster.processes(2, prepared.append, "settings") as pool:
        for number in range(4):
            pool.submit(called.append, number).result()
    assert (prepared, called, len(ray.made)) == (["settings"] * 2, [0, 1, 2, 3], 2)


def test_more_processes_than_cores_are_refused_instead_of_waiting_forever(ray):
    with pytest.raises(BatchError, match="Ray has 4 cores, too few for 5 processes: use --workers 4"):
        cluster.processes(5, int)


def test_cores_that_other_work_holds_are_not_waited_for_forever(ray):
    ray.started = 3
    with pytest.raises(BatchError, match="use --workers 3, or wait until it is done"):
        cluster.processes(4, int)
    assert len(ray.killed) == 4


@pytest.mark.parametrize(("error", "raised"), [(DeathError, BrokenProcessPool), (KeyError, KeyError)])
def test_a_process_that_dies_is_reported_as_on_this_machine(ray, error, raised):
    """The pool then reads its articles again, one by one. An error of the reader stays what it is."""

    def fail(item):
        raise error(item)

    assert isinstance(cluster.processes(1, int).submit(fail, "a").exception(), raised)


def test_without_ray_the_remedy_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(BatchError, match=r"--engine ray needs the package ray: pip install ray"):
        cluster.processes(1, int)
