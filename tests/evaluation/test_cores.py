"""Several processes read side by side. No test asserts a time."""

from evaluation.cores import Throughput, measure


def test_all_texts_are_read_by_the_processes_together() -> None:
    together = measure(["one two", "three", "four"], len, processes=2)
    assert (together.processes, together.articles, together.words) == (2, 3, 4)
    assert together.seconds > 0


def test_the_report_has_the_rates_of_all_processes_together() -> None:
    lines = Throughput(processes=2, articles=30, words=9000, seconds=3.0).report().splitlines()
    assert [line.split()[-1] for line in lines] == ["2.0", "10.0", "3,000.0"]
