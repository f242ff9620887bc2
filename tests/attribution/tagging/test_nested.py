"""Quotes inside quotes: which contents are read by themselves, and what is kept of what is found there."""

import numpy as np
import pytest

from attribution.data import Attribution
from attribution.tagging.nested import look_again
from attribution.tagging.network import NAME_TAGS, ROLE_TAGS, Scores
from attribution.tagging.windows import WordPieces, read

TEXT = "“We know that Bob Ray said no,” Ann Lee said. Later Ann Lee claimed ‘Bob Ray said no’ and that Bob Ray said ‘no’ to all. "
TEXT += "It is no, Bob Ray said, we hear."
TAGS = {"Bob": "B-source", "Ray": "I-source", "said": "B-cue", "no": "B-content"}


class Reader:
    """A network that finds "Bob Ray said no" in whatever it is given, with some certainty, and keeps what it was given."""

    def __init__(self, certainty: float = 9) -> None:
        self.given: list[str] = []
        self.certainty = certainty
        self.transitions = np.zeros((len(ROLE_TAGS), len(ROLE_TAGS)), dtype=np.float32)

    def alone(self, words, ranges):
        return [self._scores(words, start, end) for start, end in ranges]

    def _scores(self, words, start, end):
        forms = [TEXT[slice(*words.offsets[i])] for i in range(start, end)]
        self.given.append(" ".join(forms))
        n = len(forms)
        roles = np.zeros((n, len(ROLE_TAGS)), dtype=np.float32)
        roles[range(n), [ROLE_TAGS.index(TAGS.get(form, "O")) for form in forms]] = self.certainty
        cue, source = (np.full((n, n + 1), -9, dtype=np.float32) for _ in range(2))
        cue[:, forms.index("said") + 1 if "said" in forms else 0] = 0
        source[:, forms.index("Bob") + 1 if "Bob" in forms else 0] = 0
        names = np.zeros((n, len(NAME_TAGS)), dtype=np.float32)
        return Scores(roles, names, list(cue), list(source), np.zeros(n, dtype=np.int64), names)


@pytest.fixture
def words(nlp, pieces: WordPieces):
    return read(nlp(TEXT), pieces, limit=50)


def attribution(content: str) -> Attribution:
    start = TEXT.index(content)
    return Attribution(((start, start + len(content)),), None, None, 1.0)


def test_a_quote_inside_the_reporters_words_is_found_at_its_place_in_the_article(words) -> None:
    content = "that Bob Ray said ‘no’ to all"
    outer, found = look_again(words, [attribution(content)], Reader())
    spans = (*found.content, found.cue, found.source)
    assert [TEXT[slice(*span)] for span in spans] == ["no", "said", "Bob Ray"]
    assert outer == attribution(content)
    assert min(start for start, _ in spans) > TEXT.index(content)


def test_a_content_is_read_without_the_marks_around_it(words) -> None:
    reader = Reader()
    look_again(words, [attribution("that Bob Ray said ‘no’ to all"), attribution("‘Bob Ray said no’ and")], reader)
    assert reader.given == ["that Bob Ray said ‘ no ’ to all", "Bob Ray said no ’ and"]


def test_speech_without_inner_marks_is_not_searched(words) -> None:
    reader = Reader()
    spoken = attribution("“We know that Bob Ray said no,”")
    assert look_again(words, [spoken], reader) == [spoken]
    assert reader.given == []


def test_what_the_network_is_not_sure_of_is_dropped(words) -> None:
    outer = attribution("that Bob Ray said ‘no’ to all")
    assert look_again(words, [outer], Reader(certainty=0.5)) == [outer]


def test_who_only_passes_on_what_is_attributed_within_gives_way_to_it(words) -> None:
    (found,) = look_again(words, [attribution("no, Bob Ray said")], Reader(certainty=1.5))
    assert found.source is not None
    assert [TEXT[slice(*span)] for span in (*found.content, found.source)] == ["no", "Bob Ray"]


def test_what_is_passed_on_is_all_of_the_content_and_comes_first(words) -> None:
    for content in ("is no, Bob Ray said", "Bob Ray said no,”"):
        assert attribution(content) in look_again(words, [attribution(content)], Reader())
