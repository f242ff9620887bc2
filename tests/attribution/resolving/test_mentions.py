"""Mentions: which words refer to an entity, what the text shows of it, and the head of a source. Built by hand."""

import pytest
from builders import read, run

from attribution.resolving.mentions import make_mentions
from attribution.step import Step


def head(nlp, marked, source):
    """The mention that is the head of the source in "SOURCE said no"."""
    doc = make_mentions(nlp, "mentions")(
        read(nlp, f"Today {marked} said that all is well.", ("that all is well", "said", source))
    )
    (found,) = [mention for mention in doc._.mentions if mention.sources]
    return found


def mentions(nlp, marked, *attributions):
    return run(nlp, read(nlp, marked, *attributions), make_mentions)._.mentions


@pytest.mark.parametrize(
    ("marked", "source", "text", "kind", "role"),
    [
        ("his spokesman {PERSON Dmitry Peskov}", "his spokesman Dmitry Peskov", "Dmitry Peskov", "name", "his spokesman"),
        (
            "Russian President {PERSON Vladimir Putin}",
            "Russian President Vladimir Putin",
            "Vladimir Putin",
            "name",
            "Russian President",
        ),
        ("a friend of {LOC Ohio}", "a friend of Ohio", "a friend of Ohio", "nominal", None),
        ("the capital of {LOC Ohio}", "the capital of Ohio", "the capital of Ohio", "nominal", None),
        ("the states of {LOC Ohio} and {LOC Iowa}", "the states of Ohio", "the states of Ohio", "nominal", None),
        (
            "another doctor, {PERSON Jo Hill} from {LOC London},",
            "another doctor, Jo Hill from London,",
            "Jo Hill",
            "name",
            "another doctor",
        ),
        (
            "the latest critic, {PERSON Jo Hill},",
            "the latest critic, Jo Hill,",
            "Jo Hill",
            "name",
            "the latest critic",
        ),
        (
            "former US President {PERSON Jo Hill}",
            "former US President Jo Hill",
            "Jo Hill",
            "name",
            "former US President",
        ),
        (
            "Member of {ORG Parliament} (MP) {PERSON Jo Hill} of the {ORG Labour Party}",
            "Member of Parliament (MP) Jo Hill of the Labour Party",
            "Jo Hill",
            "name",
            "Member of Parliament",
        ),
        ("Conservative MP {PERSON Jo Hill}", "Conservative MP Jo Hill", "Jo Hill", "name", "Conservative MP"),
        ("longtime pollster Pat Caddell", "longtime pollster Pat Caddell", "Pat Caddell", "name", "longtime pollster"),
        ("{PERSON Pat Caddell}, a pollster,", "Pat Caddell, a pollster,", "Pat Caddell", "name", "a pollster"),
        ("Lt. Gen. {PERSON Michael Flynn}", "Lt. Gen. Michael Flynn", "Michael Flynn", "name", "Lt. Gen."),
        ("{ORG Apple}'s chief, {PERSON Tim Cook},", "Apple's chief, Tim Cook,", "Tim Cook", "name", "Apple's chief"),
        (
            "the head of {ORG Ofcom}, Dame {PERSON Jo Hill},",
            "the head of Ofcom, Dame Jo Hill,",
            "Jo Hill",
            "name",
            "the head of Ofcom",
        ),
        (
            "chairman of the {ORG Defence Committee} {PERSON Jo Hill}",
            "chairman of the Defence Committee Jo Hill",
            "Jo Hill",
            "name",
            "chairman of the Defence Committee",
        ),
        (
            "the head of the {ORG Bank}, {PERSON Jo Hill},",
            "the head of the Bank, Jo Hill,",
            "Jo Hill",
            "name",
            "the head of the Bank",
        ),
        ("{ORG Youssef Chahed}, a minister,", "Youssef Chahed, a minister,", "Youssef Chahed", "name", "a minister"),
        ("the bystander, {PERSON Jo Hill},", "the bystander, Jo Hill,", "Jo Hill", "name", None),
        ("another bystander, {PERSON Jo Hill} of {LOC York},", "another bystander, Jo Hill of York,", "Jo Hill", "name", None),
        ("the water agency, {NAME Aqua},", "the water agency, Aqua,", "Aqua", "name", "the water agency"),
        ("a court in {LOC Lyon}, {LOC France},", "a court in Lyon, France,", "a court in Lyon", "nominal", None),
        (
            "pupils of a school in {LOC Lyon}, {LOC France},",
            "pupils of a school in Lyon, France,",
            "pupils of a school in Lyon",
            "nominal",
            None,
        ),
        ("Sen. {PERSON Ted Hill}", "Sen. Ted Hill", "Ted Hill", "name", "Sen."),
        ("the study itself", "the study itself", "the study", "nominal", None),
        ("Secretary of State {PERSON John Kerry}", "Secretary of State John Kerry", "John Kerry", "name", "Secretary of State"),
        ("news agency {ORG Belta}", "news agency Belta", "Belta", "name", "news agency"),
        ("{ORG CNN}'s {PERSON Jake Tapper}", "CNN's Jake Tapper", "Jake Tapper", "name", None),
        (
            "a {NOUN spokesman for Bill Clinton}",
            "a spokesman for Bill Clinton",
            "a spokesman for Bill Clinton",
            "nominal",
            None,
        ),
        ("{NOUN Trump's campaign}", "Trump's campaign", "Trump's campaign", "nominal", None),
        ("{LOC UK} defence officials", "UK defence officials", "UK defence officials", "nominal", None),
        ("the {ORG MoD}", "the MoD", "MoD", "acronym", None),
        ("{PERSON Ann Lee} and {PERSON Bob Orr}", "Ann Lee and Bob Orr", "Ann Lee and Bob Orr", "group", None),
        ("she", "she", "she", "pronoun", None),
    ],
)
def test_a_source_has_one_head(nlp, marked, source, text, kind, role):
    found = head(nlp, marked, source)
    assert (found.text, found.kind, found.role) == (text, kind, role)


def test_a_name_that_no_ent_covers_is_still_a_name(nlp):
    assert (head(nlp, "Zoe Bloggs", "Zoe Bloggs").kind, head(nlp, "polls", "polls").kind) == ("name", "nominal")


@pytest.mark.parametrize(
    ("marked", "names"),
    [
        ("{ORG Speaker Paul Ryan} left.", ["Paul Ryan"]),
        ("{ORG Police Scotland} left.", ["Police Scotland"]),
        ("{ORG Budget Committee Paul Ryan} left.", ["Budget Committee", "Paul Ryan"]),
        ("{ORG UK's Ministry} left.", ["UK", "Ministry"]),
        ("{PERSON Mr Putin's} left.", ["Putin"]),
        ("Advert\n{ORG The Times} left.", ["Times"]),
        ("{PERSON Advert\nAnn Lee} left.", ["Advert", "Ann Lee"]),
        ("{LOC Vanita - though Lynch} left.", ["Vanita", "Lynch"]),
    ],
)
def test_an_ent_is_split_into_its_names(nlp, marked, names):
    assert [mention.text for mention in mentions(nlp, marked)] == names


@pytest.mark.parametrize(
    ("marked", "names"),
    [
        ("Polls say Hillary {PERSON Clinton} leads.", ["Hillary Clinton"]),
        ("Today {PERSON Clinton} leads.", ["Clinton"]),
        ("Polls say {PERSON Clinton} leads on Friday.", ["Clinton"]),
        ("Here Jo-{PERSON Renee Hill} leads.", ["Jo-Renee Hill"]),
        ("Here Osama bin {PERSON Laden} leads.", ["Osama bin Laden"]),
        ("Here {PERSON Gennifer} {ORG Flowers} leads.", ["Gennifer Flowers"]),
        ("Here {PERSON Trump said} and left.", ["Trump"]),
        ("Here the envoy for {LOC Iran} {PERSON Jo Hill} leads.", ["Iran", "Jo Hill"]),
        ("Here {ORG Center for} the arts is.", ["Center"]),
        ("In the {ORG Washington Post} {ORG Trump} leads.", ["Washington Post", "Trump"]),
        ("Former Doctor Says {PERSON Clinton} Hid Much.", ["Clinton"]),
        ("Today the {ORG Senate} on {ORG Twitter} was loud.", ["Senate", "Twitter"]),
        ("Today the {ORG Party} for {PERSON Clinton} met.", ["Party", "Clinton"]),
    ],
)
def test_capitals_correct_an_ent_that_is_too_short_or_too_long(nlp, marked, names):
    assert [mention.text for mention in mentions(nlp, marked) if mention.kind == "name"] == names


@pytest.mark.parametrize(
    ("marked", "gender"),
    [
        ("Mrs {PERSON Clinton}", "woman"),
        ("Mr. {PERSON Clinton}", "man"),
        ("spokeswoman {PERSON Jo Hill}", "woman"),
        ("{PERSON Hillary Clinton}", None),
    ],
)
def test_titles_show_a_gender_and_first_names_do_not(nlp, marked, gender):
    assert mentions(nlp, f"{marked} left.")[0].gender == gender


def test_the_owner_in_a_role_shows_no_gender(nlp):
    source = "The man's mother, Jo Hill,"
    doc = read(nlp, "The man's mother, {PERSON Jo Hill}, said no.", ("no", "said", source))
    (found,) = [mention for mention in run(nlp, doc, make_mentions)._.mentions if mention.sources]
    assert (found.text, found.gender) == ("Jo Hill", "woman")


def test_a_role_in_apposition_runs_to_its_comma(nlp):
    (name, *_) = mentions(nlp, "{PERSON Yevgeny Prigozhin}, the leader of a group and Putin's former chef, has left.")
    assert name.role == "the leader of a group and Putin's former chef"


def test_a_role_may_hold_another_name(nlp):
    name, *_ = mentions(nlp, "{PERSON Ann Lee}, {ORG Lego}’s chief executive, has left.")
    assert name.role == "Lego’s chief executive"


def test_a_day_is_not_part_of_a_source(nlp):
    assert head(nlp, "the press on Tuesday", "the press on Tuesday").text == "the press"


def test_a_text_may_end_within_a_source(nlp):
    (found,) = mentions(nlp, "It rains, said the head of", ("It rains", "said", "the head of"))
    assert found.text == "the head"


def test_another_name_in_apposition_is_not_a_role(nlp):
    assert mentions(nlp, "He met {PERSON Ann Lee}, his spokesman {PERSON Bob Orr} said.")[1].role is None


def test_a_repeated_role_is_a_mention(nlp):
    found = mentions(nlp, "Russian President {PERSON Vladimir Putin} spoke. They say the Russian president left.")
    assert [mention.text for mention in found] == ["Vladimir Putin", "the Russian president"]


def test_a_nominal_with_an_owner_that_speaks_is_a_mention_elsewhere_too(nlp):
    text = "My mother ran. It rains, my {NOUN mother} said. Her mother left."
    found = mentions(nlp, text, ("It rains", "said", "my mother"))
    assert [one.text for one in found if one.kind == "nominal"] == ["My mother", "my mother"]


def test_the_subject_after_a_name_is_not_its_role(nlp):
    text = "It came from {PERSON Ann Lee}, a former doctor said."
    assert [one.role for one in mentions(nlp, text, ("It came", "said", "a former doctor")) if one.text == "Ann Lee"] == [None]


@pytest.mark.parametrize(
    ("text", "oblique", "attributive"),
    [
        ("Rain fell on {PERSON Ann Lee}.", True, False),
        ("Rain fell on the {ORG Home Office}.", True, False),
        ("{PERSON Ann Lee}'s plan failed.", False, True),
        ("The {PERSON Lee} campaign failed.", False, True),
        ("{PERSON Ann Lee} failed.", False, False),
    ],
)
def test_a_name_is_oblique_after_a_preposition_and_attributive_before_a_noun(nlp, text, oblique, attributive):
    (mention,) = run(nlp, read(nlp, text), make_mentions)._.mentions
    assert (mention.oblique, mention.attributive) == (oblique, attributive)


def test_mentions_inside_quotation_marks_are_quoted(nlp):
    found = mentions(nlp, "“{PERSON Bob Orr} is ill,” {PERSON Ann Lee} said.", ("“Bob Orr is ill,”", "said", "Ann Lee"))
    assert [(mention.text, mention.quoted) for mention in found] == [("Bob Orr", True), ("Ann Lee", False)]


def test_offsets_point_into_the_text(nlp):
    doc = read(nlp, "😀 The ministry of {PERSON Ann Lee} said no.", ("no", "said", "The ministry of Ann Lee"))
    assert all(doc.text[one.start : one.end] == one.text for one in make_mentions(nlp, "mentions").predict([doc])[0])


@pytest.mark.parametrize("text", ["", " ", "\n\n", "."])
def test_an_empty_text_has_no_mentions(nlp, text):
    assert mentions(nlp, text) == ()


def test_the_factory_declares_what_it_needs_and_gives(nlp):
    assert isinstance(make_mentions(nlp, "mentions"), Step)
    meta = nlp.get_factory_meta("attribution_mentions")
    assert (meta.requires, meta.assigns) == (["doc.ents", "doc.spans", "doc._.quotes"], ["doc._.mentions"])


@pytest.mark.parametrize(
    ("marked", "names"),
    [
        ("The {LOC Ohio} {ORG Supreme Court} met.", ["Ohio Supreme Court"]),
        ("It met a Secretary for {ORG Homeland Security}.", ["Homeland Security"]),
        ("Citizens for {ORG Sony} met.", ["Sony"]),
        ("The Queen and {ORG South Asia Committee} met.", ["South Asia Committee"]),
        ("The {LOC North} and the {ORG South Asia Committee} met.", ["North", "South Asia Committee"]),
        ("A member of {ORG Parliament} left.", ["Parliament"]),
        ("In {LOC Ohio}, {ORG Fox News} met {LOC Iowa} {PERSON Ann Lee}.", ["Ohio", "Fox News", "Iowa", "Ann Lee"]),
    ],
)
def test_the_name_of_a_body_holds_its_place_and_its_people(nlp, marked, names):
    assert [mention.text for mention in mentions(nlp, marked)] == names


def test_what_the_network_calls_a_person_or_a_body_is_a_mention(nlp):
    found = mentions(nlp, "She called the {NOUN branch manager}. The {NOUN council} waited.")
    assert [(one.text, one.kind) for one in found] == [
        ("She", "pronoun"),
        ("the branch manager", "nominal"),
        ("The council", "nominal"),
    ]


def test_that_before_a_noun_is_no_part_of_a_mention(nlp):
    (found,) = mentions(nlp, "It is known that {NOUN officials} came.")
    assert found.text == "officials"
