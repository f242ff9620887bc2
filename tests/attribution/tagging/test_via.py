"""Who passes a quote on: several may come by the same way, each says so from its cue."""

import numpy as np

from attribution.data import Attribution
from attribution.tagging.network import VIA_TAGS, Passing
from attribution.tagging.thresholds import Thresholds
from attribution.tagging.via import pass_on
from attribution.tagging.windows import Words

SAID = Attribution(((0, 3),), (4, 5), (6, 7), 1.0)
ADDED = Attribution(((8, 11),), (12, 13), (6, 7), 1.0)
BARE = Attribution(((14, 17),), None, None, 1.0)


def words(n: int) -> Words:
    """n words of one letter with a space between."""
    offsets = np.array([(2 * i, 2 * i + 1) for i in range(n)])
    return Words(np.arange(n), offsets, ((1,),) * n, np.zeros(n, int), np.zeros(n, int), ((0, n),), (0,))


def passing(tags: dict[int, str], pointers: dict[int, int], n: int = 12) -> Passing:
    """What is said of n words: these tags, and these pointers from word to word; all others point to none."""
    found = [VIA_TAGS.index(tags.get(i, "O")) for i in range(n)]
    pointer = np.full((n, n + 1), -9, dtype=np.float32)
    pointer[range(n), [pointers.get(i, -1) + 1 for i in range(n)]] = 0
    return Passing(9 * np.eye(len(VIA_TAGS), dtype=np.float32)[found], list(pointer), np.zeros(n, dtype=np.int64))


def test_two_quotes_may_come_by_one_way() -> None:
    found = pass_on(words(12), [SAID, ADDED], passing({10: "B-relays", 11: "I-relays"}, {2: 10, 6: 10}))
    assert [each.via for each in found] == [(((20, 23), "relays"),)] * 2


def test_a_quote_without_a_cue_says_so_from_its_content() -> None:
    (found,) = pass_on(words(12), [BARE], passing({10: "B-cited"}, {7: 10, 8: 10}))
    assert found.via == (((20, 21), "cited"),)


def test_whose_cue_points_to_none_is_passed_on_by_nobody() -> None:
    found = pass_on(words(12), [SAID, ADDED], passing({10: "B-relays"}, {6: 10}))
    assert [bool(each.via) for each in found] == [False, True]


def test_nobody_passes_on_where_no_words_say_who() -> None:
    (found,) = pass_on(words(12), [SAID], passing({}, {2: 10}))
    assert found.via == ()


def test_two_stretches_that_a_lone_word_parts_are_one_of_the_likelier_relation() -> None:
    """As in "the press secretary", of which the middle word is not tagged, or tagged otherwise."""
    found = pass_on(words(12), [SAID], passing({8: "B-cited", 10: "I-cited", 11: "I-relays"}, {2: 10}))
    assert [each.via for each in found] == [(((16, 23), "cited"),)]


def test_how_likely_is_likely_enough_is_told() -> None:
    """The cue points to the way and to nobody alike."""
    doubtful = passing({10: "B-relays"}, {2: 10})
    doubtful.pointer[2][0] = 0
    doubtful.pointer[2] -= np.float32(np.log(2))
    for least, count in ((0.4, 1), (0.6, 0)):
        (found,) = pass_on(words(12), [SAID], doubtful, Thresholds(pointed=least))
        assert len(found.via) == count
