"""Quotes inside quotes: which attributions of the inner level are kept."""

import numpy as np
import pytest

from attribution.data import Attribution
from attribution.tagging.nested import add_nested
from attribution.tagging.network import KINDS, ROLE_TAGS, Level
from attribution.tagging.windows import WordPieces, Words, words_of

TEXT = "“We know that Bob Ray said no,” Ann Lee said. Later Ann Lee claimed that Bob Ray said ‘no’ to all."
TAGS = {"Bob": "B-source", "Ray": "I-source", "said": "B-cue", "no": "B-content"}


def inner(words: Words, certainty: float = 9) -> Level:
    """A level that finds "Bob Ray said no" wherever it occurs; words point to the nearest cue and source."""
    forms = [TEXT[slice(*offsets)] for offsets in words.offsets]
    n = len(forms)
    roles = np.zeros((n, len(ROLE_TAGS)), dtype=np.float32)
    roles[range(n), [ROLE_TAGS.index(TAGS.get(form, "O")) for form in forms]] = certainty
    pointers = []
    for form in ("said", "Bob"):
        places = [place for place, other in enumerate(forms) if other == form]
        pointer = np.full((n, n + 1), -9, dtype=np.float32)
        pointer[range(n), [1 + min(places, key=lambda place: abs(place - i)) for i in range(n)]] = 0
        pointers.append(list(pointer))
    free = np.zeros((len(ROLE_TAGS), len(ROLE_TAGS)), dtype=np.float32)
    return Level(
        roles, np.tile(9 * np.eye(len(KINDS), dtype=np.float32)[0], (n, 1)), *pointers, np.zeros(n, dtype=np.int64), free
    )


@pytest.fixture
def words(nlp, pieces: WordPieces):
    return words_of(nlp(TEXT), pieces, limit=50)


def attribution(content: str) -> Attribution:
    start = TEXT.index(content)
    return Attribution(((start, start + len(content)),), None, None, 1.0)


def texts(found: Attribution) -> list[str]:
    assert found.cue
    assert found.source
    return [TEXT[slice(*span)] for span in (*found.content, found.cue, found.source)]


@pytest.mark.parametrize("content", ["“We know that Bob Ray said no,”", "that Bob Ray said ‘no’ to all"])
def test_a_nested_quote_has_offsets_into_the_article(words, content: str) -> None:
    outer, found = add_nested(words, [attribution(content)], inner(words))
    assert outer == attribution(content)
    assert found.nested
    assert texts(found) == ["no", "said", "Bob Ray"]
    assert TEXT.index(content) < found.content[0][0] < TEXT.index(content) + len(content)


def test_the_marks_around_a_content_are_not_part_of_a_nested_quote(words) -> None:
    level = inner(words)
    for place in np.flatnonzero([TEXT[slice(*offsets)] in "“”" for offsets in words.offsets]):
        level.roles[place, ROLE_TAGS.index("I-content")] = 99
    _, found = add_nested(words, [attribution("“We know that Bob Ray said no,”")], level)
    assert texts(found) == ["no", "said", "Bob Ray"]


def test_the_inner_level_is_ignored_outside_contents(words) -> None:
    assert add_nested(words, [attribution("“We know")], inner(words)) == [attribution("“We know")]
    assert add_nested(words, [], inner(words)) == []
