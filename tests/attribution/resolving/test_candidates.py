"""Candidates: whom a mention may be, as far as words go. Built by hand."""

import pytest
from builders import read, run

from attribution.resolving.mentions import make_mentions
from attribution.resolving.reading import Reader


def asked(nlp, marked, *attributions):
    """The mentions, and what was put up for choice, by the text of the mention that it was for."""
    doc = run(nlp, read(nlp, marked, *attributions), make_mentions)
    found = {}
    reader = Reader(doc._.mentions, doc._.quotes, lambda one: found.__setitem__(doc._.mentions[one.number].text, one))
    for number in reader.order:
        reader.resolve(number)
    return doc._.mentions, found


def candidates(nlp, marked, *attributions, text=None, compatible=True):
    """The texts of the candidates of a mention, the last put up for choice if none is named, that no word speaks against."""
    mentions, found = asked(nlp, marked, *attributions)
    one = found[text] if text is not None else list(found.values())[-1]
    return [mentions[number].text for number, fits in zip(one.numbers, one.compatible, strict=True) if fits or not compatible]


@pytest.mark.parametrize(
    ("before", "source", "expected"),
    [
        ("Mrs {PERSON Lee} met Mr {PERSON Orr}.", "He", ["Orr"]),
        ("Mrs {PERSON Lee} met Mr {PERSON Orr}.", "She", ["Lee"]),
        ("{PERSON Kim Lee} met {PERSON Jo Orr}.", "She", ["Kim Lee", "Jo Orr"]),
        ("The {ORG Home Office} met {PERSON Jo Orr}.", "He", ["Jo Orr"]),
        ("The {ORG Home Office} met {PERSON Jo Orr}.", "It", ["Home Office"]),
        ("The {ORG Home Office} met {PERSON Jo Orr}.", "They", ["Home Office"]),
        ("The {ORG Home Office} met {PERSON Jo Orr}.", "A senior aide", ["Jo Orr"]),
        ("An American met the {ORG Home Office} and Americans.", "It", ["Home Office"]),
    ],
)
def test_words_speak_against_some(nlp, before, source, expected):
    assert candidates(nlp, f"{before} {source} said all is well.", ("all is well", "said", source)) == expected


def test_a_name_shortly_behind_is_a_candidate_and_a_far_one_is_not(nlp):
    text = "When she left, {PERSON Ann Lee} ran. It rained. It poured. {PERSON Zoe Orr} came."
    assert candidates(nlp, text) == ["Ann Lee"]


def test_whom_a_lead_may_mean_stands_further_behind(nlp):
    text = "A woman said all is well. It rained. It poured. {PERSON Zoe Orr} came."
    assert candidates(nlp, text, ("all is well", "said", "A woman")) == ["Zoe Orr"]


def test_a_noun_calls_up_whose_role_it_is_from_afar(nlp):
    text = "{PERSON Ann Lee}, the mayor of {LOC York}, left. " + "{PERSON Bob Orr} came. " * 45
    assert "Ann Lee" in candidates(nlp, f"{text}The mayor said all is well.", ("all is well", "said", "The mayor"))


@pytest.mark.parametrize(("source", "expected"), [("He", []), ("his account", ["Bob Orr"])])
def test_nobody_is_he_whom_he_speaks_of(nlp, source, expected):
    cue = "said that" if source == "He" else "tells"
    text = f"{source} {cue} {{PERSON Bob Orr}} left."
    assert candidates(nlp, text, ("Bob Orr left", cue.split()[0], source)) == expected


def test_she_and_ann_are_two(nlp):
    text = "{PERSON Zoe Fox} left. She and {PERSON Ann Lee} said all is well."
    assert candidates(nlp, text, ("all is well", "said", "She and Ann Lee"), text="She") == ["Zoe Fox"]


def test_a_quote_that_names_nobody_asks_who_goes_on(nlp):
    text = "“It rains,” {PERSON Ann Lee} told {PERSON Bob Orr}.\n\n“It pours.”"
    said = ("“It rains,”", "told", "Ann Lee"), ("“It pours.”", None, None)
    assert candidates(nlp, text, *said, text="") == ["Ann Lee", "Bob Orr"]


def test_a_headline_asks_who_says_the_same_below_however_far(nlp):
    text = "“I was fired by fax”\n" + "It rained. {PERSON Bob Orr} came. " * 20
    text += "“Then I was fired by fax,” said {PERSON Ann Lee}."
    said = ("“I was fired by fax”", None, None), ("“Then I was fired by fax,”", "said", "Ann Lee")
    assert "Ann Lee" in candidates(nlp, text, *said, text="")


def test_a_name_that_two_bear_asks_which_of_them(nlp):
    text = "{PERSON Ann Lee} met {PERSON Bob Lee} and {PERSON Zoe Fox}. {PERSON Lee} said all is well."
    assert candidates(nlp, text, ("all is well", "said", "Lee")) == ["Ann Lee", "Bob Lee"]


def test_i_is_asked_for_when_all_others_are_known(nlp):
    text = "“I said no to the plan,” she recalled. {PERSON Ann Lee} left."
    said = ("“I said no to the plan,”", "recalled", "she"), ("no to the plan", "said", "I")
    assert list(asked(nlp, text, *said)[1]) == ["she", "I"]
