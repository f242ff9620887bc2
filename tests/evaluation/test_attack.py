"""The measurements of hostile input sent to a service, which is faked."""

import json
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from evaluation import __main__ as commands
from evaluation import attack
from evaluation.clients import Answer
from evaluation.hostile import Input


@pytest.fixture
def sent(monkeypatch):
    """The requests sent, as (address, body); the worker holds 100 MiB before, and 140 MiB at its peak."""
    noted = []

    def send_request(url, body, headers):
        noted.append((url, json.loads(body)))
        return Answer("422", 1.234, code="unreadable-text")

    monkeypatch.setattr(attack, "send_request", send_request)
    monkeypatch.setattr(attack, "reset_peak_memory", lambda pid: None)
    monkeypatch.setattr(attack, "memory", lambda pid, kind="VmRSS": {"VmRSS": 100.0, "VmHWM": 140.0}[kind])
    return noted


SERVICE = SimpleNamespace(url="http://service", workers=[7])


def test_a_row_shows_the_answer_the_time_and_the_memory_of_a_hit(sent):
    assert attack.hit(SERVICE, "equals signs", Input("==")).line() == "| equals signs | 422 unreadable-text | 1.23 | 40 |"
    assert attack.Hit("a", Answer("200", 0.5), 0.0).line() == "| a | 200 | 0.50 | 0 |"


def test_texts_pages_and_claims_go_to_their_endpoints(sent):
    for made in (Input("a"), Input("<p>", page=True), Input("a", quote="b")):
        attack.send(SERVICE, made)
    assert sent == [
        ("http://service/v1/quotes", {"text": "a", "language": "en"}),
        ("http://service/v1/quotes", {"html": "<p>", "language": "en"}),
        ("http://service/v1/verify", {"text": "a", "language": "en", "quote": "b"}),
    ]


def test_the_command_prints_a_row_for_each_family(monkeypatch):
    asked = []

    def measure(names, size):
        asked.append((list(names), size))
        yield attack.Hit("spaces", Answer("200", 0.1), 3.0)

    monkeypatch.setattr(attack, "measure", measure)
    result = CliRunner().invoke(commands.main, ["hostile", "--table", "spaces"])
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines() == [*attack.HEAD.splitlines(), "| spaces | 200 | 0.10 | 3 |"]
    assert asked == [(["spaces"], 20_000)]
