"""Writings: the documents that speakers speak in. Built by hand."""

import pytest
from builders import read

from attribution.resolving.page import Page
from attribution.resolving.writings import find_writings


def writings(nlp, text, cue):
    """What Ann's source writes, in a text in which she says that it rains."""
    doc = read(nlp, text, ("it rains", cue, "Ann"))
    return list(find_writings(Page(doc, doc._.quotes), doc._.quotes).values())


@pytest.mark.parametrize(
    ("text", "cue", "expected"),
    [
        ("Ann said in a statement that it rains.", "said in a statement", ["statement"]),
        ("In a brief statement, Ann said that it rains.", "said", ["statement"]),
        ("Ann, in an open letter to all, said that it rains.", "said", ["letter"]),
        ("Ann sent a letter this week urging that it rains.", "sent a letter this week urging", ["letter"]),
        ("Ann said on Monday in a letter that it rains.", "said", ["letter"]),
        ("In a statement, Bob left. Ann said that it rains.", "said", []),
        ("Ann, who was named in a report last week, said that it rains.", "said", []),
        ("Named in a lawsuit, Ann said that it rains.", "said", []),
        ("In a letter from Bob, Ann said that it rains.", "said", []),
        ("Ann spoke of a statement and said that it rains.", "said", []),
        ("In the statement, Ann said that it rains.", "said", []),
        ("Ann said that it rains.", "said", []),
    ],
)
def test_a_source_writes_what_its_cue_holds_or_what_its_sentence_says_it_is_in(nlp, text, cue, expected):
    assert writings(nlp, text, cue) == expected


def test_what_is_said_tells_of_no_document_of_the_speaker_s(nlp):
    text = "Ann said that Bob left a note in a letter."
    doc = read(nlp, text, ("that Bob left a note in a letter", "said", "Ann"))
    assert find_writings(Page(doc, doc._.quotes), doc._.quotes) == {}


def test_of_two_who_speak_the_nearer_one_speaks_in_it(nlp):
    text = "In a statement, Ann said no, but Bob said it rains."
    doc = read(nlp, text, ("no", "said", "Ann"), ("it rains", "said", "Bob"))
    assert find_writings(Page(doc, doc._.quotes), doc._.quotes) == {(16, 19): "statement"}
