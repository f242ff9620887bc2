"""Sources: their heads, where the network labels the name or the noun for the speaker. Built by hand."""

import pytest
from builders import read
from spacy.tokens import Span

from attribution.data import CALLS
from attribution.resolving.mentions import make_mentions


def heads(nlp, source, *calls):
    """The heads of the source in "Today SOURCE said …", by kind. Each call is a label and its words."""
    doc = read(nlp, f"Today {source} said that all is well.", ("that all is well", "said", source))
    spans = []
    for call in calls:
        label, _, words = call.partition(" ")
        start = doc.text.index(words)
        span = doc.char_span(start, start + len(words))
        spans.append(Span(doc, span.start, span.end, label=label))
    doc.spans[CALLS] = spans
    return {
        mention.text: mention.kind
        for mention in make_mentions(nlp, "mentions")(doc)._.mentions
        if mention.sources or mention.parts
    }


@pytest.mark.parametrize(
    ("source", "call", "head"),
    [
        ("Deputy Conservator of Forests Ann Lee", "name Ann Lee", {"Ann Lee": "name"}),
        ("Bridges and Roads Minister Ann Lee", "name Ann Lee", {"Ann Lee": "name"}),
        ("Jo Hill-Lee, HOST", "name Jo Hill-Lee", {"Jo Hill-Lee": "name"}),
        ("AL-KHATIB", "name KHATIB", {"AL-KHATIB": "name"}),
        ("Audu Yakubu-Ofem, the chairman", "name Audu Yakubu", {"Audu Yakubu-Ofem": "name"}),
        ("the News Agency of the Savannah", "name News Agency of the Savannah", {"News Agency of the Savannah": "name"}),
        ("documents seen by the Post", "noun documents seen by the Post", {"documents seen by the Post": "nominal"}),
        ("his own surveyor", "noun own surveyor", {"his own surveyor": "nominal"}),
        ("the firms that sell e-bikes", "noun firms that sell e-bikes", {"the firms that sell e-bikes": "nominal"}),
        ("Landlord", "name Landlord", {"Landlord": "name"}),
        ("the Sea Council (SC)", "name Sea Council (SC", {"Sea Council": "name"}),
        ("a lawyer, J. T. Lee,", "name T. Lee", {"J. T. Lee": "name"}),
        ("RUTH ANN LEE, HOST", "name ANN LEE", {"RUTH ANN LEE": "name"}),
        ("the man at the firm", "noun at the firm", {"the man at the firm": "nominal"}),
        ("a former secretary, speaking", "noun a former", {"a former secretary": "nominal"}),
    ],
)
def test_the_network_labels_the_head_of_a_source(nlp, source, call, head):
    assert heads(nlp, source, call) == head


def test_two_labels_around_one_word_are_one_name(nlp):
    calls = ("name Council for the Protection of", "name England")
    assert heads(nlp, "the Council for the Protection of Rural England", *calls) == {
        "Council for the Protection of Rural England": "name"
    }


def test_several_names_are_a_group(nlp):
    found = heads(nlp, "Ann Lee, 40, and her son Bob Orr", "name Ann Lee", "name Bob Orr")
    assert found == {"Ann Lee, 40, and her son Bob Orr": "group"}


def test_a_mark_is_not_part_of_a_group(nlp):
    """Even if the network labels it as a noun."""
    source = "Bob Orr , % and Ann Lee"
    doc = read(nlp, f"Today {source} said that all is well.", ("that all is well", "said", source))
    doc.spans[CALLS] = [Span(doc, 1, 3, label="name"), Span(doc, 4, 5, label="noun"), Span(doc, 6, 8, label="name")]
    (group,) = (mention for mention in make_mentions(nlp, "mentions")(doc)._.mentions if mention.parts)
    assert [doc.text[slice(*part)] for part in group.parts] == ["Bob Orr", "Ann Lee"]


def test_one_label_over_two_joined_names_is_a_group(nlp):
    doc = read(nlp, "{PERSON Ann Lee} and {PERSON Bob Orr} said all is well.", ("all is well", "said", "Ann Lee and Bob Orr"))
    doc.spans[CALLS] = [Span(doc, 0, 5, label="name")]
    (head,) = [mention for mention in make_mentions(nlp, "mentions")(doc)._.mentions if mention.sources]
    assert (head.text, head.kind) == ("Ann Lee and Bob Orr", "group")


def test_without_labels_the_phrase_decides(nlp):
    assert heads(nlp, "the mayor of Ely") == {"the mayor of Ely": "nominal"}
    assert heads(nlp, "his account") == {"his": "pronoun"}


def test_labels_outside_of_sources_are_ignored(nlp):
    doc = read(nlp, "Ann said that all is well, Bob.", ("that all is well", "said", "Ann"))
    doc.spans[CALLS] = [Span(doc, 7, 8, label="name")]
    assert "Bob" not in {mention.text for mention in make_mentions(nlp, "mentions")(doc)._.mentions}


def test_of_two_names_that_are_not_joined_the_last_is_the_head(nlp):
    assert heads(nlp, "The Rights Fund's Ann Lee", "name Rights Fund", "name Ann Lee") == {"Ann Lee": "name"}
