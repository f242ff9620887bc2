"""The growth of processing time. No test asserts a time: the clock is faked."""

from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from attribution.errors import TextError
from evaluation import __main__ as commands
from evaluation import hostile
from evaluation.hostile import FAMILIES, Growth


def test_a_family_exceeds_the_limit_if_a_doubling_takes_much_more_than_twice_as_long() -> None:
    assert not Growth("a", ((6_250, 1.0), (12_500, 2.2), (25_000, 4.8))).exceeds
    assert Growth("a", ((6_250, 1.0), (12_500, 2.4), (25_000, 4.8))).exceeds


def test_very_short_times_are_not_compared() -> None:
    assert not Growth("a", ((6_250, 0.001), (12_500, 0.04), (25_000, 0.1))).exceeds


@pytest.mark.parametrize("name", FAMILIES)
def test_each_family_makes_an_input_of_about_the_given_size(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    read: list[str] = []
    monkeypatch.setattr("attribution.extract", lambda text, **options: read.append(text))
    monkeypatch.setattr("attribution.verify", lambda quote, text, **options: read.append(text))
    monkeypatch.setattr("attribution.text.html.extract_text", read.append)
    for size in (6_250, 12_500):
        FAMILIES[name](size).process()
    small, large = map(len, read)
    assert small >= 3_000
    assert 1.6 < large / small < 2.4


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The faked time; the family `straight` takes time in proportion to its size, the family `square` to the square of it."""
    now = [0.0]

    def make(power: int) -> hostile.Family:
        def work(size: int) -> None:
            now[0] += (size / 6_250) ** power
            raise TextError("refused")

        return lambda size: SimpleNamespace(process=lambda: work(size))

    monkeypatch.setattr(hostile, "process_time", lambda: now[0])
    monkeypatch.setattr(hostile, "FAMILIES", {"straight": make(1), "square": make(2)})
    monkeypatch.setattr("attribution.extract", lambda text, **options: None)
    return now


def test_the_command_prints_times_and_factors_and_fails_if_one_exceeds_the_limit(clock: list[float]) -> None:
    result = CliRunner().invoke(commands.main, ["hostile"])
    straight, square = (line.split() for line in result.stdout.splitlines()[1:])
    assert straight == ["straight", "1.00", "2.00", "×2.0", "4.00", "×2.0", "8.00", "×2.0", "16.00", "×2.0", "32.00", "×2.0"]
    assert square[:6] == ["!", "square", "1.00", "4.00", "×4.0", "16.00"]
    assert result.exit_code == 1
    assert result.stderr == "Error: a doubling took more than 2.3 times as long: square\n"


def test_a_doubling_that_something_disturbed_is_timed_again(clock: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    disturbed = {50_000}

    def work(size: int) -> None:
        clock[0] += size / 6_250 * (10 if size in disturbed else 1)
        disturbed.discard(size)

    monkeypatch.setitem(hostile.FAMILIES, "straight", lambda size: SimpleNamespace(process=lambda: work(size)))
    (growth,) = hostile.measure(["straight"], 50_000)
    assert [seconds for _, seconds in growth.times] == [1, 2, 4, 8]


def test_the_command_measures_only_the_named_families(clock: list[float]) -> None:
    result = CliRunner().invoke(commands.main, ["hostile", "straight", "--largest", "12500"])
    assert result.exit_code == 0
    assert [line.split()[0] for line in result.stdout.splitlines()] == ["seconds", "straight"]
    assert "there is no other: choose from straight, square" in CliRunner().invoke(commands.main, ["hostile", "other"]).stderr
