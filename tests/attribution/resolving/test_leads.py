"""Leads: whom an article speaks of before it names them. Built by hand."""

import re

import pytest
from builders import read, run

from attribution.resolving.leads import foretell
from attribution.resolving.mentions import make_mentions
from attribution.resolving.names import cluster_names, fullest

COURT = "{ORG Court of Appeals for the Ninth Circuit}"


def foretold(nlp, marked, *attributions):
    """Whom the source of the first attribution foretells."""
    mentions = run(nlp, read(nlp, marked, *attributions), make_mentions)._.mentions
    start = next(number for number, mention in enumerate(mentions) if mention.text == attributions[0][2])
    found = foretell(mentions, cluster_names(mentions)[0]).get(start)
    return fullest(found.mentions) if found else None


def test_a_body_is_foretold_by_the_words_of_its_name(nlp):
    text = f"A state appeals court ruled that it rains. The {COURT} met. The {{ORG Supreme Court}} slept."
    found = foretold(nlp, text, ("that it rains", "ruled", "A state appeals court"))
    assert found == "Court of Appeals for the Ninth Circuit"


def test_a_headline_foretells_whom_the_lead_does(nlp):
    text = f"State court says it rains\nA state appeals court ruled that it pours.\nThe {COURT} met."
    said = ("it rains", "says", "State court"), ("that it pours", "ruled", "A state appeals court")
    assert foretold(nlp, text, *said) == "Court of Appeals for the Ninth Circuit"


def test_a_person_is_foretold_by_his_title_where_he_speaks(nlp):
    text = "A village doctor has said that it rains. Dr. {PERSON Ann Lee} stressed that it pours."
    said = ("that it rains", "said", "A village doctor"), ("that it pours", "stressed", "Dr. Ann Lee")
    assert foretold(nlp, text, *said) == "Ann Lee"


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
def test_a_nominal_that_is_not_clearly_one_s_foretells_nobody(nlp, nominal, after):
    plain = re.sub(r"\{\w+ |\}", "", after)
    others = [("that it pours", "stressed", "who")] if "stressed" in plain else []
    text = f"{nominal} said that it rains. {after}"
    assert foretold(nlp, text, ("that it rains", "said", nominal), *others) is None


def test_who_was_named_before_is_not_foretold(nlp):
    text = f"The {COURT} met. It rained. Last a lower appeals court ruled that it rains. The {COURT} slept."
    assert foretold(nlp, text, ("that it rains", "ruled", "a lower appeals court")) is None
