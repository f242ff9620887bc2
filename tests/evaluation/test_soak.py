"""The reports of a long run, with a faked service. `make soak` uses a real one. No test asserts a time."""

import os
import signal

import pytest
from click.testing import CliRunner

from evaluation import __main__ as commands
from evaluation import mixture, robustness, soak
from evaluation.clients import Answer
from evaluation.mixture import SHARES, Mixture
from evaluation.soak import Minute, Soak


class Service:
    """A service of one worker, which is this process."""

    url = "http://service"
    workers = (os.getpid(),)


@pytest.fixture
def run(monkeypatch):
    """A run whose requests are all answered with 200, and whose kills are recorded in `killed`."""
    monkeypatch.setattr(mixture, "send_request", lambda *args: Answer("200", 0.5))
    monkeypatch.setattr(mixture, "cut_off", lambda url: Answer("cut off", 0.1))
    monkeypatch.setattr(soak, "send_request", lambda url: Answer("200", 0.002))
    made = Soak(Service(), ["an article"])
    made.killed = []
    monkeypatch.setattr(os, "kill", lambda *given: made.killed.append(given))
    return made


def test_a_minute_counts_the_outcomes_of_the_requests():
    answers = [Answer(status, 0.1) for status in ("200", "200", "503", "500", "lost", "cut off", "400")]
    minute = Minute(3, answers, [Answer("200", 0.003)], {7: 300.4, 9: 310.0}, {7: 20, 9: 21})
    assert minute.line() == "| 3 | 7 | 2 | 1 | 1 | 1 | 100 | 100 | 3 | 300 + 310 | 20 + 21 |"
    assert minute.unexpected == 1
    assert soak.HEAD.splitlines()[0].count("|") == minute.line().count("|")


def test_health_checks_that_fail_are_unexpected_too():
    assert Minute(1, [], [Answer("500", 0.1), Answer("200", 0.1)], {}, {}).unexpected == 1


def test_each_minute_is_reported_and_a_worker_is_killed_once(run):
    minutes = list(run.run(3, 200.0, seconds=0.2))
    assert [minute.number for minute in minutes] == [1, 2, 3]
    assert all(minute.answers and minute.health for minute in minutes)
    assert list(minutes[0].memory) == [os.getpid()]
    assert run.killed == [(os.getpid(), signal.SIGKILL)]


def test_the_minutes_of_the_warm_up_begin_with_a_burst_of_requests(run, monkeypatch):
    """But the first, after which a worker is killed."""
    monkeypatch.setattr(soak, "WARM", 2)
    monkeypatch.setattr(soak, "MAX_IN_FLIGHT", 50)
    assert [len(minute.answers) > 40 for minute in run.run(3, 20.0, seconds=0.4)] == [False, True, False]


def test_the_capacity_is_positive(run):
    assert run.capacity(0.0) > 0


def test_memory_is_sampled_after_the_warm_up_and_its_growth_given_per_hour(run, monkeypatch):
    assert list(run.run(1, 100.0, seconds=0.05))
    assert run.slopes() == {}
    run._grown.update({7: [(0.0, 300.0), (1800.0, 305.0), (3600.0, 310.0)], 9: [(0.0, 1.0)]})
    assert run.slopes() == pytest.approx({7: 10.0})
    monkeypatch.setattr(soak, "WARM", 0)
    monkeypatch.setattr(soak, "SAMPLE", 0.01)
    list(run.run(1, 100.0, seconds=0.1))
    assert len(run._grown[os.getpid()]) > 2


def test_the_same_requests_are_drawn_each_time(monkeypatch):
    """Of every kind."""
    sent = []

    def note(url, body, headers):
        sent.append(body)
        return Answer("200", 0.0)

    monkeypatch.setattr(mixture, "send_request", note)
    monkeypatch.setattr(mixture, "cut_off", lambda url: sent.append("cut off"))
    for _ in range(2):
        drawn = Mixture(["an article"])
        for _ in range(400):
            drawn.draw()("http://service")
    assert sent[:400] == sent[400:]
    assert {b"an article", b'{"text": ', "cut off", ("=" * mixture.HOSTILE).encode()} <= set(sent)
    assert sum(SHARES.values()) == 100


@pytest.mark.parametrize(
    ("slopes", "told"),
    [({}, "only in runs that last longer than 10 minutes"), ({7: 1.25, 9: -0.5}, "grew by 1.2 + -0.5 MiB an hour")],
)
def test_the_growth_of_memory_is_reported_at_the_end(slopes, told):
    assert told in robustness._growth(slopes)


def test_the_command_requires_files():
    assert CliRunner().invoke(commands.main, ["soak"]).exit_code == 2
