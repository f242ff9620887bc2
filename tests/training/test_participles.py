"""Attributions turned around: "Ann described the plan as bold" becomes "In the plan described by Ann as bold, …"."""

from random import Random

import pytest

from training.corpora.records import Article, Attribution
from training.participles import participles

CLAUSES = ["It rains.", "The council met on Monday."]


def turned(source: str, cue: str, content: str) -> list[tuple[str, ...]]:
    """The text of each paragraph that "SOURCE CUE CONTENT." gives, and of its source, cue and content."""
    text = f"{source} {cue} {content}."
    spans = [((text.index(part), text.index(part) + len(part)),) for part in (content, cue, source)]
    made = participles([Article("a", text, attributions=(Attribution(*spans),))], CLAUSES, Random(1))
    return [
        (one.text, *(one.text[slice(*part[0])] for part in (a.source, a.cue, a.content)))
        for one in made
        for a in one.attributions
    ]


def test_what_is_said_of_a_thing_stays_content_and_the_thing_does_not() -> None:
    text = "In the plan described by the mayor as “a ‘bold’ one”, the council met on Monday."
    expected = (text, "the mayor", "described by", "as “a ‘bold’ one”")
    assert turned("The mayor", "has described", "the plan as “a ‘bold’ one”") == [expected]


@pytest.mark.parametrize(
    ("source", "cue", "content"),
    [
        ("Ann Lee", "said", "that the plan is bold"),
        ("She", "described", "the plan as bold"),
        ("Ann Lee", "described", "Bob Orr as bold"),
        ("Ann Lee", "warned", "the town as well"),
        ("Ann Lee", "calls", "the plan as bold as can be"),
    ],
)
def test_what_cannot_be_turned_is_left_out(source: str, cue: str, content: str) -> None:
    assert turned(source, cue, content) == []
