"""The reports of faults, with faked services and clients. `make faults` breaks real ones."""

from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

import attribution
from evaluation import __main__ as commands
from evaluation import faults
from evaluation.clients import Answer, Clients
from evaluation.faults import Bench, Row

NETWORK = "attribution/model/tagger/network.onnx"


def clients(*statuses):
    """Clients that have received answers with these statuses."""
    done = Clients("http://service", ["a"], 1)
    done.articles += [(0, Answer(status, 1.0)) for status in statuses]
    done.health += [Answer("200", 0.002)]
    return done


def test_a_row_counts_the_outcomes_of_the_requests():
    row = faults.row("a fault", "it reads", clients("200", "200", "503", "504", "429", "500", "lost", "refused"))
    assert row.line() == "| a fault | 2 | 3 | 1 | 1 | 1 | 0 | 2 | it reads |"
    assert faults.HEAD.splitlines()[0].count("|") == row.line().count("|")


def test_a_start_that_fails_has_no_requests():
    assert faults.row("a fault", "ends", None) == Row("a fault", "ends", Counter())
    assert Row("a fault", "ends", Counter()).line() == "| a fault | 0 | 0 | 0 | 0 | 0 | 0 | – | ends |"


@pytest.fixture
def started(monkeypatch):
    """The packages that services were started from; each exits at once, with a line in its log."""
    packages = []

    @contextmanager
    def serving(folder, conditions, **settings):
        packages.append(conditions.package)
        said = f"Error: {conditions.package}/{NETWORK} is another one"
        yield SimpleNamespace(master=SimpleNamespace(poll=lambda: 1), last_line=lambda: said)

    monkeypatch.setattr(faults, "serving", serving)
    return packages


def test_a_damaged_network_differs_in_one_byte_and_the_real_one_in_none(started, tmp_path):
    """The result does not mention the temporary folder."""
    before = network(Path(attribution.__file__).parents[1])
    told, none = faults.damaged(Bench(tmp_path, []))
    assert (told, none) == (f"ends at the start with exit code 1: “Error: {NETWORK} is another one”", None)
    now = network(started[0])
    assert [len(now), sum(a != b for a, b in zip(now, before, strict=True))] == [len(before), 1]
    assert network(Path(attribution.__file__).parents[1]) == before


def network(package):
    """The network of a package."""
    return (package / NETWORK).read_bytes()


def test_a_missing_network_is_missing_in_the_copy_alone(started, tmp_path):
    faults.missing(Bench(tmp_path, []))
    assert not (started[0] / NETWORK).exists()
    assert (started[0] / NETWORK).parent.is_dir()


def test_without_redis_the_row_says_that_the_fault_was_not_tried(monkeypatch, tmp_path):
    monkeypatch.setattr("shutil.which", lambda name: None)
    assert faults.redis_killed(Bench(tmp_path, [])) == ("not tried: there is no redis-server on this machine", None)


@pytest.mark.parametrize(("status", "code"), [("503", 0), ("500", 1)])
def test_the_command_prints_the_table_and_fails_on_an_unexpected_answer(monkeypatch, tmp_path, status, code):
    monkeypatch.setattr(faults, "FAULTS", {"a fault": lambda bench: ("it reads", clients("200", status))})
    (tmp_path / "a.txt").write_text("a", encoding="utf-8")
    result = CliRunner().invoke(commands.main, ["faults", str(tmp_path / "a.txt")])
    assert result.exit_code == code, result.output
    assert result.stdout.splitlines()[:2] == faults.HEAD.splitlines()
    assert result.stdout.splitlines()[2].startswith("| a fault | 1 |")


def test_an_unknown_fault_is_an_error_that_lists_the_known_ones(tmp_path):
    (tmp_path / "a.txt").write_text("a", encoding="utf-8")
    result = CliRunner().invoke(commands.main, ["faults", str(tmp_path / "a.txt"), "--only", "flood"])
    assert result.exit_code == 2
    assert "kill -9 of a worker" in result.stderr
