"""Texts that are read at the same time: none takes away what another needs, none waits for the end of another."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event, Thread

import attribution
from attribution.memory import Zone
from attribution.watch import watched

SHORT = "“It is late,” said Ann Lee."


def test_texts_read_at_once_are_read_as_if_alone():
    """Words that no other text holds, in four threads."""
    texts = [f"“Plonk{number} is qwx{number}yz,” said Vrmbl{number} Gnarf{number}, the mayor. " * 9 for number in range(24)]
    remembered = len(attribution.load().vocab.strings)
    alone = [attribution.extract(text) for text in texts]
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(attribution.extract, texts)) == alone
    assert len(attribution.load().vocab.strings) == remembered


def test_a_short_text_is_read_while_a_long_one_is():
    """The long one waits for the short one here, so this hangs where that would be the other way round."""
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


def test_a_zone_that_has_served_enough_ends_before_it_serves_more(nlp):
    """Else it would never end where there is always somebody in it."""
    zone = Zone(enough=10)
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
