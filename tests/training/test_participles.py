"""Attributions become participles: "Ann described the plan as bold" becomes "The plan, described by Ann as bold, …"."""

from random import Random

import pytest

from training.corpora.records import Annotation, Article
from training.participles import participles

CLAUSES = ["It rains.", "The council was on time."]


def turned(source: str, cue: str, content: str, seed: int = 1) -> list[tuple[str, ...]]:
    """The text of each paragraph made from "SOURCE CUE CONTENT.", and the text of its source, cue and contents."""
    text = f"{source} {cue} {content}."
    spans = [((text.index(part), text.index(part) + len(part)),) for part in (content, cue, source)]
    made = participles([Article("a", text, attributions=(Annotation(*spans),))], CLAUSES, Random(seed))
    return [
        (one.text, *(one.text[slice(*part)] for part in (*a.source, *a.cue, *a.content)))
        for one in made
        for a in one.attributions
    ]


def test_the_participle_is_before_after_or_inside_a_clause() -> None:
    made = [turned("The mayor", "has described", "the plan as “a ‘bold’ one”", seed)[0] for seed in range(20)]
    assert {text for text, *_ in made} == {
        "In the plan described by the mayor as “a ‘bold’ one”, the council was on time.",
        "The council was on time in the plan described by the mayor as “a ‘bold’ one”.",
        "The plan, described by the mayor as “a ‘bold’ one”, was on time.",
    }
    assert {(source, cue, thing.lower(), said) for _, source, cue, thing, said in made} == {
        ("the mayor", "described by", "the plan", "as “a ‘bold’ one”")
    }


def test_some_descriptions_are_put_in_marks() -> None:
    said = {turned("Ann Lee", "described", "the plan as a bold one", seed)[0][-1] for seed in range(20)}
    assert said == {"as a bold one", "as a “bold one”"}


@pytest.mark.parametrize(
    ("source", "cue", "content"),
    [
        ("Ann Lee", "said", "that the plan is bold"),
        ("She", "described", "the plan as bold"),
        ("Ann Lee", "described", "Bob Orr as bold"),
        ("Ann Lee", "warned", "the town as well"),
        ("Ann Lee", "calls", "the plan as bold as can be"),
        ("Ann Lee", "described", "the plan as it was voted on"),
        ("Ann Lee", "asked", "the council to stay as a friend"),
    ],
)
def test_attributions_that_cannot_become_participles_are_left_out(source: str, cue: str, content: str) -> None:
    assert turned(source, cue, content) == []
