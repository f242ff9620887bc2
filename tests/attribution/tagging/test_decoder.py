"""Decoding scores: spans by the best tag sequence, content to cues, cues to sources, shared and missing sources."""

from dataclasses import replace

import numpy as np

from attribution.tagging.decoder import decode, spans, viterbi
from attribution.tagging.network import KINDS, ROLE_TAGS, Level
from attribution.tagging.thresholds import Thresholds
from attribution.tagging.windows import FIRST_MARK, Words

FREE = np.zeros((len(ROLE_TAGS), len(ROLE_TAGS)), dtype=np.float32)


def level(tags: list[str], cue: dict[int, int], source: dict[int, int], kind: str = "statement") -> Level:
    """A level that is very sure of these tags, these pointers (word to word; -1 is none) and this kind."""
    n = len(tags)
    roles = np.full((n, len(ROLE_TAGS)), -9, dtype=np.float32)
    roles[range(n), [ROLE_TAGS.index(tag) for tag in tags]] = 9
    pointers = [np.full((n, n + 1), -9, dtype=np.float32) for _ in range(2)]
    for pointer, targets in zip(pointers, (cue, source), strict=True):
        for word, target in targets.items():
            pointer[word, target + 1] = 0
    kinds = np.tile(9 * np.eye(len(KINDS), dtype=np.float32)[KINDS.index(kind)], (n, 1))
    return Level(roles, kinds, list(pointers[0]), list(pointers[1]), np.zeros(n, dtype=np.int64), FREE)


def words(n: int) -> Words:
    """n one-letter words, separated by spaces."""
    offsets = np.array([(2 * i, 2 * i + 1) for i in range(n)])
    return Words(np.arange(n), offsets, ((1,),) * n, np.zeros(n, int), np.zeros(n, int), ((0, n),), (0,))


def test_fragments_that_point_to_one_cue_are_one_attribution() -> None:
    tags = ["B-content", "I-content", "B-source", "B-cue", "O", "B-content"]
    (found,) = decode(words(6), level(tags, {0: 3, 1: 3, 5: 3}, {3: 2}))
    assert (found.content, found.cue, found.source) == (((0, 3), (10, 11)), (6, 7), (4, 5))
    assert found.confidence > 0.99


def test_confidence_ignores_doubt_about_speaker_and_cue() -> None:
    """It is that of the content's words."""
    tags = ["B-content", "I-content", "B-source", "B-cue"]
    surely, doubtful = (level(tags, {0: 3, 1: 3}, {3: 2}) for _ in range(2))
    for pointer in (*doubtful.cue, *doubtful.source):
        pointer -= 5
    assert decode(words(4), doubtful)[0].confidence == decode(words(4), surely)[0].confidence


def test_content_without_a_cue_goes_to_its_source() -> None:
    """As in a transcript: "LEE: We go." """
    tags = ["B-source", "O", "B-content", "I-content", "O", "B-content"]
    (found,) = decode(words(6), level(tags, {2: 0, 3: 0, 5: 0}, {}))
    assert (found.content, found.cue, found.source) == (((4, 7), (10, 11)), None, (0, 1))


def test_a_content_has_the_kind_that_its_words_score_highest_on_average() -> None:
    said = level(["B-source", "B-cue", "B-content", "I-content", "I-content"], {2: 1, 3: 1, 4: 1}, {1: 0}, "topic")
    said.kinds[4] = said.kinds[0][::-1]
    (found,) = decode(words(5), said)
    assert found.kind == "topic"


def test_a_content_is_split_at_a_mark_between_words_that_point_to_different_cues() -> None:
    tags = ["B-source", "B-cue", "B-content", "I-content", "I-content", "I-content", "B-source", "B-cue"]
    said = level(tags, {2: 1, 3: 1, 4: 7, 5: 7}, {1: 0, 7: 6})
    marked = replace(words(8), shapes=np.array([1, 1, 1, 1, FIRST_MARK, 1, 1, 1]))
    assert [(a.content, a.cue, a.source) for a in decode(marked, said, Thresholds(gained=5))] == [
        (((4, 7),), (2, 3), (0, 1)),
        (((8, 11),), (14, 15), (12, 13)),
    ]
    assert [a.content for a in decode(words(8), said, Thresholds(gained=5))] == [((4, 11),)]


def test_a_caption_that_runs_into_a_source_is_cut_off() -> None:
    two_lines = replace(words(5), spaces=np.array([2, 1, 2, 1, 1]))
    tags = ["B-source", "I-source", "I-source", "B-cue", "B-content"]
    (found,) = decode(two_lines, level(tags, {4: 3}, {3: 0}))
    assert found.source == (4, 5)


def test_two_cues_may_share_a_source() -> None:
    tags = ["B-source", "B-cue", "B-content", "B-cue", "B-content"]
    found = decode(words(5), level(tags, {2: 1, 4: 3}, {1: 0, 3: 0}))
    assert [a.source for a in found] == [(0, 1), (0, 1)]


def test_a_cue_may_have_no_source_and_a_content_no_cue() -> None:
    tags = ["B-cue", "B-content", "O", "B-content"]
    found = decode(words(4), level(tags, {1: 0, 3: -1}, {0: -1}))
    assert [(a.cue, a.source) for a in found] == [((0, 1), None), (None, None)]


def test_a_cue_without_content_is_dropped() -> None:
    assert decode(words(2), level(["B-source", "B-cue"], {}, {1: 0})) == []


def test_an_inside_tag_never_follows_another_role() -> None:
    wished = np.full((2, len(ROLE_TAGS)), -1, dtype=np.float32)
    wished[0, ROLE_TAGS.index("B-cue")] = wished[1, ROLE_TAGS.index("I-source")] = 5
    assert "I-source" not in [ROLE_TAGS[tag] for tag in viterbi(wished, FREE)]


def test_transitions_outweigh_a_doubtful_word() -> None:
    wished = np.zeros((3, len(ROLE_TAGS)), dtype=np.float32)
    wished[[0, 2], [ROLE_TAGS.index("B-content"), ROLE_TAGS.index("I-content")]] = 5
    wished[1, 0] = 0.5
    tied = FREE.copy()
    tied[ROLE_TAGS.index("I-content"), ROLE_TAGS.index("I-content")] = 1
    assert [ROLE_TAGS[tag] for tag in viterbi(wished, tied)] == ["B-content", "I-content", "I-content"]


def test_a_begin_tag_separates_adjacent_spans() -> None:
    tags = np.array([ROLE_TAGS.index(tag) for tag in ("B-cue", "I-cue", "B-cue", "O", "I-source")])
    assert spans(tags, ROLE_TAGS) == [(0, 2, "cue"), (2, 3, "cue"), (4, 5, "source")]
