"""Speakers: who says each quote and who relays it, by source, sentence, paragraph and quotation marks. Built by hand."""

import re
from dataclasses import replace

import numpy as np
import pytest
from builders import make_plain_coreference, read, run

from attribution.resolving.coreference import Coreference
from attribution.resolving.mentions import make_mentions
from attribution.resolving.ranking import Ranker
from attribution.resolving.speakers import make_speakers
from attribution.step import Step


def resolve(nlp, marked, *attributions):
    return run(nlp, read(nlp, marked, *attributions), make_mentions, make_plain_coreference, make_speakers)


def said(nlp, marked, *attributions):
    """The name of each quote's speaker and the evidence, or None without a speaker."""
    speakers = (quote.speaker for quote in resolve(nlp, marked, *attributions)._.quotes)
    return [speaker and (speaker.name, speaker.evidence) for speaker in speakers]


def relayed(nlp, marked, *attributions):
    return [[(via.name, via.relation) for via in quote.via] for quote in resolve(nlp, marked, *attributions)._.quotes]


@pytest.mark.parametrize(
    ("source", "evidence"),
    [("{PERSON Lee}", "name"), ("She", "pronoun"), ("The minister", "nominal")],
)
def test_the_evidence_is_how_the_source_names_the_speaker(nlp, source, evidence):
    text = f"Minister {{PERSON Ann Lee}} left. {source} said it rains."
    words = re.sub(r"\{\w+ |\}", "", source)
    assert said(nlp, text, ("it rains", "said", words)) == [("Ann Lee", evidence)]


def test_an_acronym_is_evidence_of_its_own(nlp):
    text = "The {ORG Ministry of Defence} left. The {ORG MoD} said it rains."
    assert said(nlp, text, ("it rains", "said", "The MoD")) == [("Ministry of Defence", "acronym")]


@pytest.mark.parametrize(("names", "initials", "speaker"), [("Ann S. Lee", "ASL", "Ann S. Lee"), ("Ann Lee", "AL", "AL")])
def test_three_initials_before_a_turn_are_a_person_even_if_they_look_like_a_body(nlp, names, initials, speaker):
    text = f"{{PERSON {names}}} asks.\n\n{{ORG {initials}}}: Why?"
    assert said(nlp, text, ("Why?", None, initials))[0][0] == speaker


def test_a_speaker_without_a_name_is_named_by_the_words_of_the_source(nlp):
    doc = resolve(
        nlp,
        "A senior aide said it rains. Critics said it pours.",
        ("it rains", "said", "A senior aide"),
        ("it pours", "said", "Critics"),
    )
    assert [(one.id, one.name, one.type) for one in doc._.speakers] == [
        ("s1", "A senior aide", "person"),
        ("s2", "Critics", "group"),
    ]


def test_an_unresolved_pronoun_gives_a_quote_without_a_speaker(nlp):
    assert said(nlp, "It rained. She said it pours.", ("it pours", "said", "She")) == [None]


def test_a_verb_without_a_source_has_the_speaker_of_its_sentence(nlp):
    text = "It rains, {PERSON Ann Lee} warned, stressing that it pours."
    found = said(nlp, text, ("It rains", "warned", "Ann Lee"), ("that it pours", "stressing", None))
    assert found == [("Ann Lee", "name"), ("Ann Lee", "implicit")]


@pytest.mark.parametrize("between", ["", "READ MORE: a link\n\n", "{PERSON Bob Orr} in a caption (via AP)\n\nAdvert\n\n"])
def test_a_quote_without_verb_and_source_continues_across_furniture(nlp, between):
    text = f"“It rains,” {{PERSON Ann Lee}} said.\n\n{between}“It pours.”"
    assert said(nlp, text, ("“It rains,”", "said", "Ann Lee"), ("“It pours.”", None, None))[1] == ("Ann Lee", "continued")


def candidates(nlp, marked, *attributions):
    """The possible speakers of each quote, likeliest first."""
    return [[one.name for one in quote.candidates] for quote in resolve(nlp, marked, *attributions)._.quotes]


def test_a_name_is_certain_and_a_pronoun_has_the_probability_of_its_likeliest_candidate(nlp):
    text = "It rains, {PERSON Jo Orr} said. {PERSON Kim Lee} left {PERSON Orr} alone. He said it pours."
    first, second = resolve(nlp, text, ("It rains", "said", "Jo Orr"), ("it pours", "said", "He"))._.quotes
    assert (first.speaker.probability, first.candidates) == (1, ())
    assert [one.name for one in second.candidates] == ["Jo Orr", "Kim Lee"]
    assert second.speaker.probability == second.candidates[0].probability > second.candidates[1].probability > 0


class Torn(Ranker):
    """A ranker that finds all candidates equally likely, and "none of them" likelier than each."""

    def __init__(self):
        self.weights = {"key": np.zeros((1, 1, 1)), "query": np.zeros((1, 1, 1))}

    def __call__(self, vector, vectors, keys, candidates):
        return np.append(np.full(len(keys), 0.6 / max(1, len(keys))), 0.4)


def test_a_pronoun_more_likely_to_be_none_has_candidates_and_no_speaker(nlp):
    doc = run(
        nlp, read(nlp, "{PERSON Jo Orr} met {PERSON Kim Lee}. He said it rains.", ("it rains", "said", "He")), make_mentions
    )
    (found,) = make_speakers(nlp, "speakers")(Coreference(Torn())(doc))._.quotes
    assert found.speaker is None
    assert [(one.name, one.probability) for one in found.candidates] == [("Jo Orr", 0.3), ("Kim Lee", 0.3)]


def test_at_most_five_candidates_are_kept(nlp):
    names = " ".join(f"{{PERSON Jo {name}}} left." for name in ("Orr", "Lee", "Fox", "Hill", "Nye", "Poe", "Ray", "Day"))
    doc = run(nlp, read(nlp, f"{names} He said it rains.", ("it rains", "said", "He")), make_mentions)
    (found,) = make_speakers(nlp, "speakers")(Coreference(Torn())(doc))._.quotes
    assert len(found.candidates) == 5


def test_i_inside_a_quote_is_its_speaker(nlp):
    text = "“I said no to the plan,” {PERSON Ann Lee} recalled."
    found = said(nlp, text, ("“I said no to the plan,”", "recalled", "Ann Lee"), ("no to the plan", "said", "I"))
    assert found == [("Ann Lee", "name"), ("Ann Lee", "pronoun")]


@pytest.mark.parametrize(
    ("text", "author"),
    [
        ("By {PERSON Ann Lee}\n\nToday I said no.", "Ann Lee"),
        ("A Bridge Too Far\nBY {PERSON ANN LEE}, Political Editor\n\nToday I said no.", "ANN LEE"),
        ("Analysis by {PERSON Ann de Lee} | {ORG Reuters}\n\nToday I said no.", "Ann de Lee"),
        ("By {PERSON Ann Lee}\n\n{PERSON Bob Orr} is a poet. Today I said no.", "Ann Lee"),
        ("By {PERSON Ann Lee} and {PERSON Bob Orr}\n\nToday I said no.", None),
        ("By {PERSON Ann Lee}’s account it rained.\n\nToday I said no.", None),
        ("Speech by {PERSON Ann Lee} stuns {LOC York}\n\nToday I said no.", None),
        ("Today I said no.\n\n{PERSON Ann Lee} is a poet.", "Ann Lee"),
        ("{PERSON Ann Lee} left.\n\nToday I said no.", None),
    ],
)
def test_i_in_the_article_s_own_voice_is_its_author(nlp, text, author):
    (found,) = said(nlp, text, ("no", "said", "I"))
    assert (found and found[0]) == author


def test_we_in_the_article_s_own_voice_is_not_its_author(nlp):
    assert said(nlp, "By {PERSON Ann Lee}\n\nToday we said no.", ("no", "said", "we")) == [None]


def test_i_inside_marks_is_not_the_author_even_without_a_speaker(nlp):
    text = "By {PERSON Ann Lee}\n\nA voice rose from the hall. “I said no,” it went."
    assert said(nlp, text, ("no", "said", "I")) == [None]


@pytest.mark.parametrize("word", ["I", "We"])
def test_the_first_person_of_a_quote_is_its_speaker_and_not_the_author(nlp, word):
    text = f"By {{PERSON Ann Lee}}\n\n“{word} said no to the plan,” {{PERSON Bob Orr}} recalled."
    outer, inner = said(nlp, text, (f"“{word} said no to the plan,”", "recalled", "Bob Orr"), ("no to the plan", "said", word))
    assert (outer, inner) == (("Bob Orr", "name"), ("Bob Orr", "pronoun"))


def test_i_in_indirect_speech_is_still_the_author(nlp):
    text = "By {PERSON Ann Lee}\n\n{PERSON Bob Orr} confirmed that I said no."
    outer, inner = said(nlp, text, ("that I said no", "confirmed", "Bob Orr"), ("no", "said", "I"))
    assert (outer, inner) == (("Bob Orr", "name"), ("Ann Lee", "pronoun"))


def test_i_after_a_colon_is_the_speaker_before_it(nlp):
    text = "By {PERSON Ann Lee}\n\n{PERSON Bob Orr} wrote: I said no."
    outer, inner = said(nlp, text, ("I said no", "wrote", "Bob Orr"), ("no", "said", "I"))
    assert (outer, inner) == (("Bob Orr", "name"), ("Bob Orr", "pronoun"))


@pytest.mark.parametrize(("lead", "speaker"), [("As someone", ("Ann Lee", "pronoun")), ("As for anyone", None)])
def test_someone_who_in_as_someone_who_is_the_speaker(nlp, lead, speaker):
    text = f"By {{PERSON Ann Lee}}\n\n{lead} who knows that it rains, I said no."
    found = said(nlp, text, ("that it rains", "knows", "who"), ("no", "said", "I"))
    assert found == [speaker, ("Ann Lee", "pronoun")]


def test_a_relay_is_resolved_to_an_entity_of_the_article(nlp):
    text = "It rains, {PERSON Ann Lee} said, according to {PERSON Orr}, citing a source. {PERSON Bob Orr} is ill."
    said = ("It rains", "said", "Ann Lee", ("Orr", "relays"), ("a source", "cited"))
    assert relayed(nlp, text, said) == [[("Bob Orr", "relays"), ("a source", "cited")]]


def test_a_speaker_does_not_relay_their_own_quote(nlp):
    text = "{PERSON Ann Lee} told {ORG RIA} it rains, {PERSON Lee} said."
    assert relayed(nlp, text, ("it rains", "said", "Lee", ("Ann Lee", "relays"))) == [[]]


def test_speakers_are_those_who_speak_or_relay_in_the_order_of_the_quotes(nlp):
    text = "{PERSON Tom Fox} left. It rains, {PERSON Bob Orr}, a poet, said, citing {ORG RIA}. {PERSON Orr} said it pours."
    doc = resolve(nlp, text, ("It rains", "said", "Bob Orr", ("RIA", "cited")), ("it pours", "said", "Orr"))
    assert [(one.id, one.name, one.role, one.aliases, one.quotes) for one in doc._.speakers] == [
        ("s1", "Bob Orr", "a poet", ("Orr",), ("q1", "q2")),
        ("s2", "RIA", None, (), ()),
    ]
    assert [span.text for span in doc._.speakers[0].mentions] == ["Bob Orr", "Orr"]
    assert doc._.quotes[0].via[0].source.text == "RIA"


def test_predict_writes_nothing(nlp):
    doc = run(nlp, read(nlp, "{PERSON Ann Lee} said no.", ("no", "said", "Ann Lee")), make_mentions, make_plain_coreference)
    ((quotes, _),) = make_speakers(nlp, "speakers").predict([doc])
    assert [replace(quote, speaker=None) for quote in quotes] == list(doc._.quotes)


def test_an_article_without_quotes_has_no_speakers(nlp):
    assert resolve(nlp, "It rains.")._.speakers == ()


def test_the_factory_declares_what_it_needs_and_gives(nlp):
    assert isinstance(make_speakers(nlp, "speakers"), Step)
    meta = nlp.get_factory_meta("attribution_speakers")
    assert meta.requires == ["doc._.quotes", "doc._.mentions", "doc._.entities", "doc._.chances"]
    assert meta.assigns == ["doc._.quotes", "doc._.speakers", "doc.spans"]
