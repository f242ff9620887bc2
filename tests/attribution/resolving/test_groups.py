"""Groups: which sources join several speakers, and which ones. Built by hand."""

import re

import pytest
from builders import make_plain_coreference, read, run

from attribution.resolving.coreference import name_of
from attribution.resolving.mentions import make_mentions
from attribution.resolving.reading import Reader
from attribution.resolving.speakers import make_speakers


def parts(nlp, marked):
    """The texts of the parts of the mention for the source in "SOURCE said no"."""
    source = re.sub(r"\{\w+ |\}", "", marked)
    doc = run(nlp, read(nlp, f"Today {marked} said that all is well.", ("that all is well", "said", source)), make_mentions)
    (found,) = [mention for mention in doc._.mentions if mention.sources]
    return [doc.text[start:end] for start, end in found.parts]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{PERSON Ann Lee} and {PERSON Bob Orr}", ["Ann Lee", "Bob Orr"]),
        ("both Mr. {PERSON Lee} and Senator {PERSON Bob Orr} (R-Ohio)", ["Lee", "Bob Orr"]),
        ("{PERSON Ann Lee} of {LOC Iowa} and {PERSON Bob Orr} of {LOC Maine}", ["Ann Lee", "Bob Orr"]),
        ("{PERSON Ann Lee}, {PERSON Bob Orr} and his chief of staff {PERSON Tom Fox}", ["Ann Lee", "Bob Orr", "Tom Fox"]),
        ("{PERSON Ann Lee}, {PERSON Bob Orr}, and {PERSON Tom Fox}", ["Ann Lee", "Bob Orr", "Tom Fox"]),
        ("critics, like Senators {PERSON Ann Lee}, Republican of {LOC Iowa}, and {PERSON Bob Orr},", ["Ann Lee", "Bob Orr"]),
        ("two senators, {PERSON Ann Lee} and {PERSON Bob Orr},", ["Ann Lee", "Bob Orr"]),
        ("{PERSON Ann Lee} and her {NOUN advisers}", ["Ann Lee", "her advisers"]),
        ("she and her {NOUN advisers}", ["she", "her advisers"]),
        ("the {NOUN department} and the {NOUN ministry}", ["the department", "the ministry"]),
        ("the {NOUN department} and {NAME Ofcom}", ["the department", "Ofcom"]),
        ("{NAME Reuters} and {NOUN Lee's campaign}", ["Reuters", "Lee's campaign"]),
        ("both she and {PERSON Ann Lee}", ["she", "Ann Lee"]),
        ("she and the mayor, {PERSON Bob Orr},", ["she", "Bob Orr"]),
        ("{PERSON Ann Lee} and {PERSON Bob Orr}, the mayor of {LOC York},", ["Ann Lee", "Bob Orr"]),
        ("he and the county's Police and Crime Commissioner {PERSON Bob Orr}", ["he", "Bob Orr"]),
        ("the {NOUN ministry}\xa0and\xa0{PERSON Bob Orr}", ["the ministry", "Bob Orr"]),
    ],
)
def test_a_source_of_several_speakers_has_a_part_for_each(nlp, source, expected):
    assert parts(nlp, source) == expected


@pytest.mark.parametrize(
    "source",
    [
        "{PERSON Ann Lee}, a lawyer and poet,",
        "{PERSON Ann Lee}, the mayor of {LOC York} and a friend",
        "the former aide and current anchor {PERSON Ann Lee}",
        "the former aide and current anchor",
        "{ORG Ministry of Health and Sport}",
        "officials at the {ORG FBI} and the {ORG CIA}",
        "a report by {ORG Harvard} and {ORG Yale}",
        "leaders of the {LOC United States}, {LOC Canada} and {LOC Mexico}",
        "friends and critics",
        "states like {LOC Iowa} and {LOC Ohio}",
        "critics, including {PERSON Ann Lee},",
        "{PERSON Ann Lee}: a life and a half",
        "{PERSON Ann Lee}",
    ],
)
def test_a_source_of_one_speaker_has_no_parts(nlp, source):
    assert parts(nlp, source) == []


def speakers(nlp, marked, *attributions):
    doc = run(nlp, read(nlp, marked, *attributions), make_mentions, make_plain_coreference, make_speakers)
    return doc._.quotes, {speaker.id: speaker for speaker in doc._.speakers}


def test_a_group_lists_its_members_after_all_who_speak(nlp):
    text = "{PERSON Ann Lee} and {PERSON Bob Orr} said no. {PERSON Tom Fox} said yes. {PERSON Orr} said maybe."
    quotes, found = speakers(
        nlp, text, ("no", "said", "Ann Lee and Bob Orr"), ("yes", "said", "Tom Fox"), ("maybe", "said", "Orr")
    )
    assert [(one.id, one.name, one.type, one.members, one.quotes) for one in found.values()] == [
        ("s1", "Ann Lee and Bob Orr", "group", ("s4", "s3"), ("q1",)),
        ("s2", "Tom Fox", "person", (), ("q2",)),
        ("s3", "Bob Orr", "person", (), ("q3",)),
        ("s4", "Ann Lee", "person", (), ()),
    ]
    assert (quotes[0].speaker.evidence, quotes[0].speaker.probability) == ("name", 1)


def test_a_member_without_a_name_is_listed_by_its_words(nlp):
    text = "{PERSON Donald Trump} left. {PERSON Trump} and his {NOUN advisers} said no."
    quotes, found = speakers(nlp, text, ("no", "said", "Trump and his advisers"))
    assert found["s1"].name == "Donald Trump and his advisers"
    assert [found[member].name for member in found["s1"].members] == ["Donald Trump", "his advisers"]
    assert quotes[0].speaker.evidence == "nominal"


def test_a_title_before_several_names_is_the_role_of_the_group(nlp):
    text = "Republican Senators {PERSON Ann Lee} and {PERSON Bob Orr} said yes. The senators said no."
    said = ("yes", "said", "Republican Senators Ann Lee and Bob Orr"), ("no", "said", "The senators")
    quotes, found = speakers(nlp, text, *said)
    speaker = found[quotes[1].speaker.id]
    assert (speaker.name, speaker.role) == ("Ann Lee and Bob Orr", "Republican Senators")


def test_a_member_is_resolved_by_the_rest_of_the_article(nlp):
    text = (
        "The {ORG Ministry of Defence} said that it rains. {PERSON Ann Lee}, the mayor, left. "
        "The {NOUN ministry} and the {NOUN mayor} said no."
    )
    said = ("that it rains", "said", "The Ministry of Defence"), ("no", "said", "The ministry and the mayor")
    quotes, found = speakers(nlp, text, *said)
    group = found[quotes[1].speaker.id]
    assert group.name == "Ministry of Defence and Ann Lee"
    assert [found[member].name for member in group.members] == ["Ministry of Defence", "Ann Lee"]


def test_a_group_is_as_probable_as_all_its_members_together(nlp):
    text = "{PERSON Kim Lee} met {PERSON Jo Orr}. {PERSON Jo Orr} left. She and {PERSON Tom Fox} said no. She said yes."
    both, alone = speakers(nlp, text, ("no", "said", "She and Tom Fox"), ("yes", "said", "She"))[0]
    assert both.speaker.evidence == "pronoun"
    assert 0 < both.speaker.probability < 1
    assert [candidate.name for candidate in both.candidates] == [both.speaker.name]
    assert alone.speaker.name != both.speaker.name


def test_an_unresolved_member_is_in_the_name_but_not_in_the_list(nlp):
    quotes, found = speakers(nlp, "It rained. She and {PERSON Tom Fox} said no.", ("no", "said", "She and Tom Fox"))
    assert quotes[0].speaker.name == "She and Tom Fox"
    assert [found[member].name for member in found["s1"].members] == ["Tom Fox"]


def test_a_group_that_is_chosen_for_its_own_part_is_named_by_its_words(nlp):
    """The ranker may choose the group "she and her advisers" for its own part "her advisers"."""
    doc = run(nlp, read(nlp, "She and her {NOUN advisers} said no.", ("no", "said", "She and her advisers")), make_mentions)
    reader = Reader(doc._.mentions, doc._.quotes, lambda candidates: None)
    for number in reader.order:
        reader.resolve(number)
    ((group, parts),) = reader.parts.items()
    reader.columns.cluster_of[parts[-1]] = reader.columns.number_of(group)
    assert name_of(reader, group) == "She and her advisers"
