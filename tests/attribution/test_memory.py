"""Concurrent readings: none frees memory that another needs, and none waits for another to end."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event, Thread

import attribution
from attribution.memory import Zone
from attribution.watch import watched

SHORT = "“It is late,” said Ann Lee."


def test_concurrent_readings_give_the_same_answers_as_separate_ones():
    """With words that occur in no other text, in four threads."""
    texts = [f"“Plonk{number} is qwx{number}yz,” said Vrmbl{number} Gnarf{number}, the mayor. " * 9 for number in range(24)]
    remembered = len(attribution.load().vocab.strings)
    alone = [attribution.extract(text) for text in texts]
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(attribution.extract, texts)) == alone
    assert len(attribution.load().vocab.strings) == remembered


def test_a_short_text_does_not_wait_for_a_long_one():
    """Here the long one waits for the short one, so the test would hang if it were the other way round."""
    begun, read, parts = Event(), Event(), []

    def hold(part):
        parts.append(part)
        if part == "scores" and not begun.is_set():
            begun.set()
            assert read.wait(60)

    def read_long():
        with watched(hold):
            attribution.extract(f"{SHORT}\n\n" * 200)

    thread = Thread(target=read_long)
    thread.start()
    assert begun.wait(60)
    assert len(attribution.extract(SHORT).quotes) == 1
    read.set()
    thread.join()
    assert parts[-1] == "speakers"


def test_a_zone_that_has_reached_its_limit_ends_before_it_accepts_more(nlp):
    """Otherwise it would never end under constant load."""
    zone = Zone(limit=10)
    word, second = "plonkhurst", Event()
    remembered = []

    def read_second():
        with zone(nlp, 1):
            remembered.append(word in nlp.vocab.strings)
        second.set()

    with zone(nlp, 10):
        nlp(word)
        thread = Thread(target=read_second)
        thread.start()
        assert word in nlp.vocab.strings
        assert not second.is_set()
    thread.join()
    assert remembered == [False]
