"""Relays: several quotes may share one, and each points to it from its cue."""

import numpy as np

from attribution.data import Attribution
from attribution.tagging.network import VIA_TAGS, ViaScores
from attribution.tagging.thresholds import Thresholds
from attribution.tagging.via import add_via
from attribution.tagging.windows import Words

SAID = Attribution(((0, 3),), (4, 5), (6, 7), 1.0)
ADDED = Attribution(((8, 11),), (12, 13), (6, 7), 1.0)
BARE = Attribution(((14, 17),), None, None, 1.0)


def words(n: int) -> Words:
    """n one-letter words, separated by spaces."""
    offsets = np.array([(2 * i, 2 * i + 1) for i in range(n)])
    return Words(np.arange(n), offsets, ((1,),) * n, np.zeros(n, int), np.zeros(n, int), ((0, n),), (0,))


def passing(tags: dict[int, str], pointers: dict[int, int], n: int = 12) -> ViaScores:
    """Scores for n words: these tags, and these pointers from word to word; all other words point to none."""
    found = [VIA_TAGS.index(tags.get(i, "O")) for i in range(n)]
    pointer = np.full((n, n + 1), -9, dtype=np.float32)
    pointer[range(n), [pointers.get(i, -1) + 1 for i in range(n)]] = 0
    return ViaScores(9 * np.eye(len(VIA_TAGS), dtype=np.float32)[found], list(pointer), np.zeros(n, dtype=np.int64))


def test_two_quotes_may_share_a_relay() -> None:
    found = add_via(words(12), [SAID, ADDED], passing({10: "B-relays", 11: "I-relays"}, {2: 10, 6: 10}))
    assert [each.via for each in found] == [(((20, 23), "relays"),)] * 2


def test_a_quote_without_a_cue_points_to_its_relay_from_its_content() -> None:
    (found,) = add_via(words(12), [BARE], passing({10: "B-cited"}, {7: 10, 8: 10}))
    assert found.via == (((20, 21), "cited"),)


def test_a_quote_whose_cue_points_to_none_has_no_relay() -> None:
    found = add_via(words(12), [SAID, ADDED], passing({10: "B-relays"}, {6: 10}))
    assert [bool(each.via) for each in found] == [False, True]


def test_without_tagged_words_there_is_no_relay() -> None:
    (found,) = add_via(words(12), [SAID], passing({}, {2: 10}))
    assert found.via == ()


def test_two_ranges_with_one_word_between_are_one_relay_of_the_likelier_relation() -> None:
    """As in "the press secretary" if its middle word is not tagged."""
    found = add_via(words(12), [SAID], passing({8: "B-cited", 10: "I-cited", 11: "I-relays"}, {2: 10}))
    assert [each.via for each in found] == [(((16, 23), "cited"),)]


def test_a_threshold_decides_whether_a_quote_has_a_relay() -> None:
    """Here the cue points to the relay and to none with equal probability."""
    doubtful = passing({10: "B-relays"}, {2: 10})
    doubtful.pointer[2][0] = 0
    doubtful.pointer[2] -= np.float32(np.log(2))
    for least, count in ((0.4, 1), (0.6, 0)):
        (found,) = add_via(words(12), [SAID], doubtful, Thresholds(pointed=least))
        assert len(found.via) == count
