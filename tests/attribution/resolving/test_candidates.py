"""Candidates: whom a mention may be, as far as words go. Built by hand."""

import re

import pytest
from builders import read, run

from attribution.resolving.mentions import make_mentions
from attribution.resolving.reading import Reader


def candidates(nlp, marked, *attributions):
    """The texts of the candidates of the last mention that was put up for choice."""
    doc = run(nlp, read(nlp, marked, *attributions), make_mentions)
    asked = []
    reader = Reader(doc._.mentions, doc._.quotes, asked.append)
    for number in range(len(doc._.mentions)):
        reader.read(number)
    return [doc._.mentions[number].text for number in asked[-1].numbers] if asked else []


@pytest.mark.parametrize(
    ("before", "source", "expected"),
    [
        ("Mrs {PERSON Lee} met Mr {PERSON Orr}.", "He", ["Orr"]),
        ("Mrs {PERSON Lee} met Mr {PERSON Orr}.", "She", ["Lee"]),
        ("{PERSON Kim Lee} met {PERSON Jo Orr}.", "She", ["Kim Lee", "Jo Orr"]),
        ("The {ORG Home Office} met {PERSON Jo Orr}.", "He", ["Jo Orr"]),
        ("The {ORG Home Office} met {PERSON Jo Orr}.", "It", ["Home Office"]),
        ("The {ORG Home Office} met {PERSON Jo Orr}.", "They", ["Home Office"]),
        ("The {ORG Home Office} met {PERSON Jo Orr}.", "A senior aide", []),
        ("President {PERSON Barack Obama} left.", "The president", ["Barack Obama"]),
        ("President {PERSON Barack Obama} left.", "The Belarusian president", []),
        ("{ORG Reuters} reported rain.", "The opposition", []),
        ("An American met the {ORG Home Office} and Americans.", "It", ["Home Office"]),
    ],
)
def test_nobody_is_a_candidate_whom_a_word_speaks_against(nlp, before, source, expected):
    assert candidates(nlp, f"{before} {source} said all is well.", ("all is well", "said", source)) == expected


def test_a_name_shortly_behind_is_a_candidate_and_a_far_one_is_not(nlp):
    text = "When she left, {PERSON Ann Lee} ran. It rained. It poured. {PERSON Zoe Orr} came."
    assert candidates(nlp, text) == ["Ann Lee"]


def test_a_noun_calls_up_whose_role_it_is_from_afar(nlp):
    text = "{PERSON Ann Lee}, the mayor of {LOC York}, left. " + "{PERSON Bob Orr} came. " * 45
    assert "Ann Lee" in candidates(nlp, f"{text}The mayor said all is well.", ("all is well", "said", "The mayor"))


@pytest.mark.parametrize(
    ("before", "source", "expected"),
    [
        ("{PERSON Ann Lee} met {ORG Reuters}.", "The Vermont senator", ["Ann Lee"]),
        ("{PERSON Ann Lee} met {ORG Reuters}.", "The senator", []),
        ("{PERSON Ann Lee} met {ORG Reuters}.", "A Vermont senator", []),
        ("{PERSON Ann Lee} met {ORG Reuters}.", "The tall senator for {LOC Ohio}", []),
        ("{PERSON Ann Lee} met {ORG Reuters}.", "The group's tall senator", []),
        ("{PERSON Ann Lee} met {ORG Reuters}.", "The tall Senator", []),
        ("{PERSON Ann Lee} met {ORG Reuters}.", "The tall senators", []),
        ("{PERSON Ann Lee} met {PERSON Bob Orr}.", "The Lee aide", ["Bob Orr"]),
        ("Governor {PERSON Sue Hill} met {PERSON Bob Orr}.", "The tired old governor", []),
        ("{PERSON Ann Lee} met {ORG Reuters}. " + "It rained. " * 9, "The Vermont senator", []),
    ],
)
def test_who_was_just_named_may_be_called_what_nobody_has_called_him(nlp, before, source, expected):
    text = re.sub(r"\{\w+ |\}", "", source)
    assert candidates(nlp, f"{before} {source} said all is well.", ("all is well", "said", text)) == expected


def test_whom_his_source_names_is_nobody_before(nlp):
    text = "{PERSON Ann Lee} left. The last critic, the bold {ORG Pond Band}'s {PERSON Bob Orr}, said all is well."
    source = "The last critic, the bold Pond Band's Bob Orr,"
    assert candidates(nlp, text, ("all is well", "said", source)) == []


@pytest.mark.parametrize(("source", "expected"), [("He", []), ("his account", ["Bob Orr"])])
def test_nobody_is_he_whom_he_speaks_of(nlp, source, expected):
    cue = "said that" if source == "He" else "tells"
    text = f"{source} {cue} {{PERSON Bob Orr}} left."
    assert candidates(nlp, text, ("Bob Orr left", cue.split()[0], source)) == expected


def test_he_is_no_she(nlp):
    text = "{PERSON Kim Lee} and {PERSON Jo Orr} met. She left. He came."
    assert candidates(nlp, text) == ["Kim Lee", "Jo Orr"]


@pytest.mark.parametrize(
    ("before", "source", "expected"),
    [
        ("{PERSON Kim Lee} left. She ran.", "He", ["Jo Orr"]),
        ("The woman spoke of {PERSON Kim Lee}. She ran.", "He", ["Kim Lee", "Jo Orr"]),
        ("{PERSON Kim Lee} said “no to {PERSON Zoe Fox}” there. She ran.", "He", ["Kim Lee", "Zoe Fox", "Jo Orr"]),
        (
            "{PERSON Kim Lee} left. It rained. It poured. She and {PERSON Bo Ray} came. She ran.",
            "He",
            ["Kim Lee", "Bo Ray", "Jo Orr"],
        ),
        ("Mr {PERSON Bo Ray} met {PERSON Kim Lee}. She ran.", "He", ["Bo Ray", "Jo Orr"]),
    ],
)
def test_a_pronoun_shows_the_gender_of_him_alone_who_alone_may_be_meant(nlp, before, source, expected):
    """Neither the woman's, nor hers of whom a quotation speaks, nor hers who was "she" before the name."""
    said = [("The woman spoke of Kim Lee", "spoke", "The woman")] if before.startswith("The woman") else []
    said += [("“no to Zoe Fox”", "said", "Kim Lee")] if "“" in before else []
    found = candidates(
        nlp, f"{before}\nIt rained. {{PERSON Jo Orr}} came. {source} said all is well.", *said, ("all is well", "said", source)
    )
    assert [name for name in found if name not in ("She", "The woman")] == expected
