"""The measurements of a live service. No test asserts a time."""

import pytest

from evaluation import load


@pytest.mark.parametrize(("text", "status"), [("short", "200"), ("long", "503")])
def test_every_answer_is_counted_by_kind_and_status(monkeypatch, text, status):
    """Articles by status, health checks apart; each client sends at least one."""
    asked = []

    def answer(request):
        asked.append((request.full_url, request.data))
        return "503" if request.data == b"long" else "200"

    monkeypatch.setattr(load, "_status", answer)
    times = load.measure("http://service", [text], clients=2, seconds=0)
    assert {answer: len(taken) for answer, taken in times.items()} == {f"article {status}": 2, "health 200": 1}
    assert sorted(asked, key=str) == [("http://service/health/ready", None), *[("http://service/v1/quotes", text.encode())] * 2]


def test_a_missing_service_is_not_an_error():
    """It counts as an unanswered request."""
    assert set(load.measure("http://127.0.0.1:1", ["a"], clients=1, seconds=0)) == {"article unanswered", "health unanswered"}


def test_the_report_has_a_line_for_each_kind_of_answer():
    """The median, the 95th percentile and the maximum."""
    assert load.report({"health 200": [0.001, 0.002, 0.003], "article 503": [2.0]}).splitlines()[1:] == [
        "article 503                1   2,000.0   2,000.0   2,000.0",
        "health 200                 3       2.0       3.0       3.0",
    ]
