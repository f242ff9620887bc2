"""The contents of a measurement. No test asserts a time."""

import pytest

from attribution.watch import report_done
from evaluation.speed import Speed, cut, measure, percentile


def test_every_text_is_timed_after_a_warm_up() -> None:
    read: list[str] = []
    measured = measure(["one two", "three"], read.append)
    assert read == ["one two", "one two", "three"]
    assert len(measured.seconds) == 2
    assert measured.words == 3


def test_the_parts_of_the_work_are_timed_too() -> None:
    def read(text: str) -> None:
        for part in ("scores", "scores", "speakers"):
            report_done(part)

    measured = measure(["one", "two"], read)
    assert {part: len(seconds) for part, seconds in measured.parts.items()} == {"scores": 2, "speakers": 2}


def test_the_report_names_every_figure() -> None:
    lines = Speed(load=1.0, seconds=(0.1, 0.3), words=800, peak=256.0, parts={"scores": [0.02, 0.03]}).report().splitlines()
    assert {line[:24].strip(): line[24:].strip() for line in lines} == {
        "articles": "2.0",
        "words an article": "400.0",
        "articles a second": "5.0",
        "words a second": "2,000.0",
        "median ms an article": "200.0",
        "p95 ms an article": "300.0",
        "load and first, s": "1.0",
        "peak memory, MiB": "256.0",
        "scores, median ms": "25.0   12.5%",
    }


@pytest.mark.parametrize(("percent", "expected"), [(50, 2), (75, 3), (95, 4), (100, 4)])
def test_a_percentile_is_one_of_the_values(percent: int, expected: float) -> None:
    assert percentile([4, 2, 3, 1], percent) == expected


def test_texts_are_joined_and_cut_into_articles_of_equal_length() -> None:
    assert cut(["a b\nc", "d e"], 2) == ["a b\n", "c\n\nd "]


def test_too_few_words_make_no_article() -> None:
    assert cut(["a b"], 3) == []
