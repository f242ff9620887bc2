"""The measurements of a live service. No test asserts a time."""

import os

import pytest

from evaluation import load
from evaluation.clients import Answer
from evaluation.load import ARTICLE, LONG, SHORT, Attempt, Step
from evaluation.load_table import table
from evaluation.plot import save_load

STEP = Step(
    clients=2,
    seconds=10.0,
    attempts=[
        Attempt(SHORT, 400, Answer("200", 0.1)),
        Attempt(ARTICLE, 3_600, Answer("503", 0.01, retry_after=1.0)),
        Attempt(ARTICLE, 3_600, Answer("200", 0.3), again=True),
        Attempt(LONG, 120_000, Answer("504", 60.0)),
    ],
    health=[Answer("200", 0.002)],
    memory=[410.2, 399.9],
)


@pytest.fixture
def send(monkeypatch):
    """Sends nothing; the answers are taken from a list, and the last one is repeated."""

    def fake(*answers):
        given, sent = list(answers), []

        def answer(url, body=None, headers=None, *, timeout=0.0):
            if body is None:
                return Answer("200", 0.0)
            sent.append(body.decode())
            return given.pop(0) if len(given) > 1 else given[0]

        monkeypatch.setattr(load, "send_request", answer)
        return sent

    return fake


def test_a_client_sends_short_texts_articles_and_long_ones():
    sent = [text for _, text in zip(range(20), load._texts(["a" * 3_000, "b" * 500], 0), strict=False)]
    assert [kind for kind, _ in sent] == list(load.ORDER)
    assert {(kind, len(text)) for kind, text in sent} == {(SHORT, 400), (ARTICLE, 500), (LONG, 120_000)}


def test_every_client_sends_at_least_one_text_and_the_health_is_checked(send):
    sent = send(Answer("200", 0.0))
    step = load.measure("http://service", ["It rains."], clients=3, seconds=0)
    assert sent == ["It rains."] * 3
    assert (step.statuses, len(step.health)) == ({"200": 3}, 1)


def test_a_refused_text_is_sent_again_after_the_time_that_the_service_names(send):
    """A second refusal shows that the time was too short."""
    send(Answer("503", 0.0, retry_after=0.001), Answer("503", 0.0, retry_after=0.001), Answer("200", 0.0))
    step = load.measure("http://service", ["It rains."], clients=1, seconds=1)
    assert [each.answer.status for each in step.attempts[:3]] == ["503", "503", "200"]
    assert step.retries == (2, 1)


def test_a_time_to_wait_beyond_the_end_of_the_test_is_not_waited_for(send):
    send(Answer("503", 0.0, retry_after=1_000.0))
    step = load.measure("http://service", ["It rains."], clients=1, seconds=0)
    assert (step.statuses, step.retries) == ({"503": 1}, (0, 0))


def test_the_memory_of_each_worker_is_measured(send):
    send(Answer("200", 0.0))
    step = load.measure("http://service", ["It rains."], clients=1, seconds=0, pids=[os.getpid()])
    assert [held > 0 for held in step.memory] == [True]


def test_the_tables_show_what_all_clients_got_and_how_long_each_kind_of_text_took():
    summary, details = (
        [[cell.strip() for cell in line.strip("|").split("|")] for line in part.splitlines()]
        for part in table([STEP]).split("\n\n")
    )
    assert summary[2:] == [["2", "0.2", "400", "1", "1", "1", "1 504", "410 + 400"]]
    assert details[2:] == [
        ["2", SHORT, "1", "100", "100", "100"],
        ["2", ARTICLE, "1", "300", "300", "300"],
        ["2", LONG, "0", "0", "0", "0"],
        ["2", "health check", "1", "2", "2", "2"],
    ]


def test_the_plot_shows_the_short_and_the_long_texts(tmp_path):
    save_load([STEP], tmp_path / "load.svg")
    drawn = (tmp_path / "load.svg").read_text(encoding="utf-8")
    assert [name in drawn for name in ("characters a second", SHORT, LONG)] == [True] * 3
