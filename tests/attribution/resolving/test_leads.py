"""Leads: whom an article speaks of before it names them. Built by hand."""

import re

import pytest
from builders import make_trained_coreference, read, run

from attribution.resolving.mentions import make_mentions

COURT = "{ORG Court of Appeals for the Ninth Circuit}"


def owner(nlp, marked, *attributions):
    """Whose the source of the first attribution is, and how likely."""
    doc = run(nlp, read(nlp, marked, *attributions), make_mentions, make_trained_coreference)
    start = doc.text.index(attributions[0][2])
    found = next(entity for entity in doc._.entities for mention in entity.mentions if mention.start == start)
    chances = next((known for mention, known in doc._.chances.items() if mention.start == start), ())
    return found.name, [chance for entity, chance in chances if entity is found]


def test_a_body_is_foretold_by_the_words_of_its_name(nlp):
    text = f"A state appeals court ruled that it rains. The {COURT} met. The {{ORG Supreme Court}} slept."
    assert owner(nlp, text, ("that it rains", "ruled", "A state appeals court")) == (
        "Court of Appeals for the Ninth Circuit",
        [0.9],
    )


def test_a_headline_foretells_whom_the_lead_does(nlp):
    text = f"State court says it rains\nA state appeals court ruled that it pours.\nThe {COURT} met."
    said = ("it rains", "says", "State court"), ("that it pours", "ruled", "A state appeals court")
    assert owner(nlp, text, *said)[0] == "Court of Appeals for the Ninth Circuit"


def test_a_person_is_foretold_by_his_title_where_he_speaks(nlp):
    text = "A village doctor has said that it rains. Dr. {PERSON Ann Lee} stressed that it pours."
    said = ("that it rains", "said", "A village doctor"), ("that it pours", "stressed", "Dr. Ann Lee")
    assert owner(nlp, text, *said)[0] == "Ann Lee"


@pytest.mark.parametrize(
    ("nominal", "after"),
    [
        ("A state court", f"The {COURT} met. The {{ORG Supreme Court}} slept."),
        ("A state appeals court", "The {ORG Dover School Board} met."),
        ("A state appeals court", f"{'It rained. ' * 12} The {COURT} met."),
        ("A village doctor", "Dr. {PERSON Ann Lee} left."),
        ("A village doctor", "Dr. {PERSON Ann Lee} met Dr. {PERSON Bob Orr}, who stressed that it pours."),
    ],
)
def test_a_nominal_that_is_not_clearly_one_s_stays_by_itself(nlp, nominal, after):
    plain = re.sub(r"\{\w+ |\}", "", after)
    others = [("that it pours", "stressed", "who")] if "stressed" in plain else []
    text = f"{nominal} said that it rains. {after}"
    assert owner(nlp, text, ("that it rains", "said", nominal), *others)[0] == nominal


def test_who_was_named_before_is_not_foretold(nlp):
    text = f"The {COURT} met. It rained. Last a lower appeals court ruled that it rains. The {COURT} slept."
    assert owner(nlp, text, ("that it rains", "ruled", "a lower appeals court"))[0] == "a lower appeals court"
