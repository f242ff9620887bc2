"""Candidates: which mentions a mention may corefer with, by its words. Built by hand."""

import pytest
from builders import read, run
from growth import growth

from attribution.resolving.mentions import make_mentions
from attribution.resolving.reading import Reader


def offered(nlp, marked, *attributions):
    """The mentions, and the candidates offered for choice, by the text of the mention."""
    doc = run(nlp, read(nlp, marked, *attributions), make_mentions)
    found = {}
    reader = Reader(doc._.mentions, doc._.quotes, lambda one: found.__setitem__(doc._.mentions[one.number].text, one))
    for number in reader.order:
        reader.resolve(number)
    return doc._.mentions, found


def candidates(nlp, marked, *attributions, text=None, compatible=True):
    """The texts of the compatible candidates of a mention, by default of the last one with a choice."""
    mentions, found = offered(nlp, marked, *attributions)
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
def test_words_rule_out_candidates(nlp, before, source, expected):
    assert candidates(nlp, f"{before} {source} said all is well.", ("all is well", "said", source)) == expected


def test_a_name_soon_after_is_a_candidate_and_a_distant_one_is_not(nlp):
    text = "When she left, {PERSON Ann Lee} ran. It rained. It poured. {PERSON Zoe Orr} came."
    assert candidates(nlp, text) == ["Ann Lee"]


def test_a_source_in_a_lead_may_refer_further_ahead(nlp):
    text = "A woman said all is well. It rained. It poured. {PERSON Zoe Orr} came."
    assert candidates(nlp, text, ("all is well", "said", "A woman")) == ["Zoe Orr"]


def test_a_noun_finds_a_distant_holder_of_its_role(nlp):
    text = "{PERSON Ann Lee}, the mayor of {LOC York}, left. " + "{PERSON Bob Orr} came. " * 45
    assert "Ann Lee" in candidates(nlp, f"{text}The mayor said all is well.", ("all is well", "said", "The mayor"))


@pytest.mark.parametrize(("source", "expected"), [("He", []), ("his account", ["Bob Orr"])])
def test_he_is_no_one_named_in_what_he_says(nlp, source, expected):
    cue = "said that" if source == "He" else "tells"
    text = f"{source} {cue} {{PERSON Bob Orr}} left."
    assert candidates(nlp, text, ("Bob Orr left", cue.split()[0], source)) == expected


def test_parts_of_a_group_are_not_candidates_for_each_other(nlp):
    text = "{PERSON Zoe Fox} left. She and {PERSON Ann Lee} said all is well."
    assert candidates(nlp, text, ("all is well", "said", "She and Ann Lee"), text="She") == ["Zoe Fox"]


def test_a_quote_without_a_source_offers_the_speakers_before_it(nlp):
    text = "“It rains,” {PERSON Ann Lee} told {PERSON Bob Orr}.\n\n“It pours.”"
    said = ("“It rains,”", "told", "Ann Lee"), ("“It pours.”", None, None)
    assert candidates(nlp, text, *said, text="") == ["Ann Lee", "Bob Orr"]


def test_a_headline_offers_the_speaker_who_repeats_it_at_any_distance(nlp):
    text = "“I was fired by fax”\n" + "It rained. {PERSON Bob Orr} came. " * 20
    text += "“Then I was fired by fax,” said {PERSON Ann Lee}."
    said = ("“I was fired by fax”", None, None), ("“Then I was fired by fax,”", "said", "Ann Lee")
    assert "Ann Lee" in candidates(nlp, text, *said, text="")


def test_a_shared_name_offers_its_bearers(nlp):
    text = "{PERSON Ann Lee} met {PERSON Bob Lee} and {PERSON Zoe Fox}. {PERSON Lee} said all is well."
    assert candidates(nlp, text, ("all is well", "said", "Lee")) == ["Ann Lee", "Bob Lee"]


def test_i_is_resolved_last(nlp):
    text = "“I said no to the plan,” she recalled. {PERSON Ann Lee} left."
    said = ("“I said no to the plan,”", "recalled", "she"), ("no to the plan", "said", "I")
    assert list(offered(nlp, text, *said)[1]) == ["she", "I"]


@pytest.mark.parametrize(
    "line", ["Mayor {PERSON Ann Lee} left. The mayor came. ", "{PERSON Ann Lee}, the %s mayor, left. The %s mayor came. "]
)
def test_the_time_for_nouns_grows_with_the_article(nlp, line):
    """An article that names one mayor two thousand times once took a minute, most of it to compare the same title."""

    def work(lines):
        doc = run(nlp, docs[lines].copy(), make_mentions)
        reader = Reader(doc._.mentions, doc._.quotes, lambda one: None)
        for number in reader.order:
            reader.resolve(number)

    def numbered(lines):
        return "".join(line.replace("%s", f"a{number}") for number in range(lines))

    docs = {lines: read(nlp, numbered(lines)) for lines in (100, 200)}
    assert growth(work, 100) < 2.3
