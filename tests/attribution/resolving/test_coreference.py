"""Coreference: which names, nominals and pronouns refer to the same entity. Built by hand."""

import re

import numpy as np
import pytest
from builders import at, make_plain_coreference, read, run

from attribution.resolving.candidates import Candidates
from attribution.resolving.coreference import Coreference, cluster_chances, make_coreference
from attribution.resolving.mentions import make_mentions


def entities(nlp, marked, *attributions):
    return run(nlp, read(nlp, marked, *attributions), make_mentions, make_plain_coreference)._.entities


def speaker(nlp, marked, *attributions):
    """The entity that the source of the last attribution refers to."""
    content, _, source = attributions[-1]
    doc = read(nlp, marked, *attributions)
    place = at(doc.text, source, doc.text.index(content))
    found = run(nlp, doc, make_mentions, make_plain_coreference)._.entities
    return next((entity for entity in found if any(place in mention.sources for mention in entity.mentions)), None)


@pytest.mark.parametrize(
    ("full", "short"),
    [
        ("{PERSON Vladimir Putin}", "{PERSON Putin}"),
        ("{PERSON Donald J. Trump}", "{PERSON Donald Trump}"),
        ("{PERSON Loretta E. Lynch}", "{ORG Loretta Lynch}"),
        ("{PERSON John Roberts Jr.}", "{PERSON Roberts}"),
        ("{PERSON Mike Pence}", "{PERSON PENCE}"),
        ("{PERSON Hillary Clinton}", "{PERSON Hillary}"),
        ("{ORG Wagner Group}", "{PERSON Wagner}"),
        ("{ORG Tampa Bay Times}", "the {ORG Times}"),
        ("{ORG Department of Justice}", "the {ORG Justice Department}"),
        ("{ORG Ministry of Defence} ({ORG MoD})", "the {ORG MoD}"),
        ("{ORG Ministry of Defence}", "the {ORG MoD}"),
        ("the {ORG US Department of Justice}", "{ORG DOJ}"),
        ("{ORG Securities and Exchange Commission}", "the {ORG S.E.C.}"),
    ],
)
@pytest.mark.parametrize("order", [1, -1])
def test_a_short_name_belongs_to_its_full_name(nlp, full, short, order):
    (found,) = entities(nlp, " left and came. ".join([full, short][::order]) + " left.")
    assert found.name == re.match(r"(?:the )?\{\w+ ([^}]*)\}", full)[1].removesuffix(".") or found.name.endswith("Jr.")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("{PERSON Hillary Clinton}", "{PERSON Bill Clinton}"),
        ("Mr {PERSON Clinton}", "Mrs {PERSON Clinton}"),
        ("{ORG Tax Foundation}", "{ORG Tax Policy Center}"),
        ("{ORG Washington Post}", "{LOC Washington}"),
        ("{PERSON Putin}", "{NOUN Putin's campaign}"),
    ],
)
def test_different_names_stay_apart(nlp, one, other):
    names = ("all is well", "said", re.sub(r"\{\w+ |\}", "", other))
    found = entities(nlp, f"{one} left. {other} said all is well.", names)
    assert len(found) == 2


def test_a_shared_surname_refers_to_the_one_named_most(nlp):
    text = (
        "{PERSON Hillary Clinton} ran. {PERSON Bill Clinton} hid. {PERSON Hillary Clinton} won. It rains, {PERSON Clinton} said."
    )
    assert speaker(nlp, text, ("It rains", "said", "Clinton")).name == "Hillary Clinton"


@pytest.mark.parametrize(("title", "name"), [("Mr.", "Bill Clinton"), ("Mrs.", "Hillary Clinton")])
def test_titles_decide_between_two_of_a_surname(nlp, title, name):
    text = (
        "Candidate {PERSON Hillary Clinton} ran. She won. Her husband {PERSON Bill Clinton} came. "
        f"{title} {{PERSON Clinton}} said all is well."
    )
    assert speaker(nlp, text, ("all is well", "said", f"{title} Clinton")).name == name


@pytest.mark.parametrize(
    ("before", "nominal", "name"),
    [
        ("Russian President {PERSON Vladimir Putin}", "The Russian president", "Vladimir Putin"),
        ("{PERSON Yevgeny Orlov}, the leader of military group {ORG Wagner},", "The mercenary group leader", "Yevgeny Orlov"),
        ("President {PERSON Barack Obama}", "The president", "Barack Obama"),
        ("President {PERSON Barack Obama}", "The Belarusian president", "The Belarusian president"),
        ("The {ORG Ministry of Defence}", "The ministry", "Ministry of Defence"),
        ("News agency {ORG Belta}", "The agency", "Belta"),
        ("Sen. {PERSON Ann Lee} met Gov. {PERSON Bob Orr}, who", "The senator", "Ann Lee"),
        ("{PERSON Ann Lee}", "A senior aide", "A senior aide"),
        ("{PERSON Ann Lee}", "Critics", "Critics"),
    ],
)
def test_a_nominal_refers_to_the_entity_whose_role_or_name_it_repeats(nlp, before, nominal, name):
    text = f"{before} left. It rained. {nominal} said all is well."
    assert speaker(nlp, text, ("all is well", "said", nominal)).name == name


@pytest.mark.parametrize(
    ("before", "nominal"),
    [
        ("Candidate {PERSON Ann Lee}, the face of the campaign,", "the campaign"),
        ("The {ORG Dover Commission}", "the mayor"),
        ("The firm", "the mayor"),
        ("The soldiers", "the panel"),
        ("The {ORG Dover Court}", "the state"),
    ],
)
def test_a_nominal_never_refers_to_an_entity_of_another_type(nlp, before, nominal):
    text = f"{before} said that it rains. It snowed, and {nominal} said all is well."
    source = re.sub(r"\{\w+ |\}", "", before).removesuffix(", the face of the campaign,")
    assert speaker(nlp, text, ("that it rains", "said", source), ("all is well", "said", nominal)).name == nominal


@pytest.mark.parametrize(
    ("before", "nominal"),
    [
        ("{PERSON Bob Orr} and his team", "my {NOUN father}"),
        ("Minister {PERSON Bob Orr}", "a spokesman"),
        ("An Iowa farmer", "an Ohio farmer"),
        ("A police officer", "another police officer"),
    ],
)
def test_a_nominal_with_words_of_its_own_is_a_new_entity(nlp, before, nominal):
    text = f"{before} said that it rains. It snowed, and {nominal} said all is well."
    first, last = (re.sub(r"\{\w+ |\}", "", marked) for marked in (before, nominal))
    assert speaker(nlp, text, ("that it rains", "said", first), ("all is well", "said", last)).name == last


def test_a_document_is_not_a_person(nlp):
    text = "{PERSON Ann Lee} said that it rains. It snowed, and the article said all is well."
    said = ("that it rains", "said", "Ann Lee"), ("all is well", "said", "the article")
    assert speaker(nlp, text, *said).name == "the article"


def test_he_is_not_a_document(nlp):
    text = "The piece says that it rains. He said all is well."
    assert speaker(nlp, text, ("that it rains", "says", "The piece"), ("all is well", "said", "He")) is None


@pytest.mark.parametrize(
    ("text", "pronoun", "name"),
    [
        ("Mrs {PERSON Lee} met Mr {PERSON Orr}.", "He", "Orr"),
        ("{ORG Wagner Group} fought {PERSON Bob Orr}.", "It", "Wagner Group"),
        ("{ORG Wagner Group} fought {PERSON Bob Orr}.", "They", "Wagner Group"),
        ("{ORG Wagner Group} fought {PERSON Bob Orr}.", "He", "Bob Orr"),
        ("It rained.", "She", None),
        ("{PERSON Ann Lee} left.", "They", None),
    ],
)
def test_a_pronoun_refers_to_an_entity_that_fits_it(nlp, text, pronoun, name):
    quoted = [(text.split(",”")[0].replace("{PERSON ", "").replace("}", "") + ",”", "reads", "a note")] if "“" in text else []
    found = speaker(nlp, f"{text} {pronoun} said all is well.", *quoted, ("all is well", "said", pronoun))
    assert (found.name if found else None) == name


def test_a_gender_shown_earlier_is_remembered(nlp):
    text = "{PERSON Kim Lee} left. She ran.\nLater {PERSON Kim Lee} met {PERSON Jo Orr}. He said all is well."
    assert speaker(nlp, text, ("all is well", "said", "He")).name == "Jo Orr"


def test_a_group_has_the_full_names_of_its_members(nlp):
    text = "{PERSON Ann Lee} met {PERSON Bob Orr}. {PERSON Lee} and {PERSON Orr} said no. They said yes."
    found = speaker(nlp, text, ("no", "said", "Lee and Orr"), ("yes", "said", "They"))
    assert (found.name, found.type) == ("Ann Lee and Bob Orr", "group")


def test_an_entity_has_the_fullest_name_the_longest_role_and_every_mention(nlp):
    (found,) = entities(nlp, "Mr {PERSON Orr} left. {PERSON Bob Orr}, the head of a firm, left. He ran. {PERSON Orr} won.")
    assert (found.name, found.aliases, found.role, found.type) == ("Bob Orr", ("Orr",), "the head of a firm", "person")
    assert [mention.text for mention in found.mentions] == ["Orr", "Bob Orr", "He", "Orr"]


def test_an_owner_in_a_role_is_another_entity(nlp):
    found = entities(nlp, "{PERSON Vladimir Putin} left, his spokesman {PERSON Dmitry Peskov} said.")
    assert [(one.name, [mention.text for mention in one.mentions]) for one in found] == [
        ("Vladimir Putin", ["Vladimir Putin", "his"]),
        ("Dmitry Peskov", ["Dmitry Peskov"]),
    ]


def test_the_factory_declares_what_it_needs_and_gives(nlp):
    assert isinstance(make_coreference(nlp, "coreference"), Coreference)
    meta = nlp.get_factory_meta("attribution_coreference")
    assert (meta.requires, meta.assigns) == (
        ["doc._.mentions", "doc._.quotes", "doc.tensor"],
        ["doc._.entities", "doc._.chances"],
    )


def test_a_unique_noun_does_not_refer_to_the_last_body_that_spoke(nlp):
    text = "{ORG Reuters} reported rain. The opposition said it pours."
    found = speaker(nlp, text, ("rain", "reported", "Reuters"), ("it pours", "said", "The opposition"))
    assert found.name == "The opposition"


def chances(nlp, marked, *attributions):
    """The names that the last ambiguous mention may refer to, with their probabilities."""
    found = run(nlp, read(nlp, marked, *attributions), make_mentions, make_plain_coreference)._.chances
    return {entity.name: chance for entity, chance in found[max(found, key=lambda mention: mention.start)]}


def test_an_ambiguous_candidate_divides_its_probability():
    one, other, third = 0, 1, 2
    candidates = Candidates(9, np.array([3, 7]), np.array([one, other]), np.ones(2, dtype=bool), np.zeros((2, 0)), np.zeros(0))
    assert cluster_chances(candidates, [0.1, 0.8], {}) == pytest.approx({one: 0.1, other: 0.8})
    assert cluster_chances(candidates, [0.1, 0.8], {7: {one: 0.3, other: 0.5, third: 0.1}}) == pytest.approx(
        {one: 0.34, other: 0.4, third: 0.08}
    )


def test_a_negligible_probability_is_dropped():
    """Or doubt would spread over all clusters of a long text, and take half a gigabyte."""
    one, other = 4, 5
    candidates = Candidates(3, np.array([7]), np.array([one]), np.array([True]), np.zeros((1, 1)), np.zeros(1))
    assert set(cluster_chances(candidates, [0.001], {7: {one: 0.99, other: 0.01}})) == {one}


def test_names_lose_control_characters_and_a_name_of_nothing_else_is_no_entity(nlp):
    text = "{PERSON Ann Lee\u200d} left. {PERSON \x00} said that it rains."
    assert [entity.name for entity in entities(nlp, text, ("that it rains", "said", "\x00"))] == ["Ann Lee"]


@pytest.mark.parametrize(("label", "names"), [("WN", ["Wikinews"]), ("RIA", ["Russian", "RIA"])])
def test_a_two_letter_label_stands_for_a_word_that_holds_both_letters(nlp, label, names):
    name = {"WN": "Wikinews", "RIA": "Russian"}[label]
    text = f"{{ORG {name}}} met her. {{ORG {label}}} asks whether it rains."
    found = entities(nlp, text, ("whether it rains", "asks", label))
    assert [entity.name for entity in found if entity.name != "her"] == names
