"""What an answer holds of what was found."""

from dataclasses import replace

import pytest

from api import examples
from attribution.data import Candidate, Span, Speaker, SpeakerRef, Via
from attribution.errors import OptionError
from attribution.known import Known
from attribution.options import KnownSpeaker, Options
from attribution.select import select

DIRECT, INDIRECT = examples.ARTICLE.quotes
(LEE,) = examples.ARTICLE.speakers


def ids(options, *quotes):
    """Which of these quotes are left of an article, by the ids that they had."""
    left = select(replace(examples.ARTICLE, quotes=quotes), options).quotes
    return [quote.id for quote in quotes if any(quote.content == one.content for one in left)]


@pytest.mark.parametrize(
    ("options", "left"),
    [
        ({}, ["q1", "q2"]),
        ({"types": ["indirect"]}, ["q2"]),
        ({"types": ["mixed"]}, []),
        ({"acts": ["say"]}, ["q1"]),
        ({"acts": ["say", "warn"], "types": ["indirect"]}, ["q2"]),
        ({"min_confidence": 0.93}, ["q1", "q2"]),
        ({"min_confidence": 0.94}, ["q1"]),
    ],
)
def test_quotes_that_were_not_asked_for_are_left_out(options, left):
    """Types, acts and confidence narrow the answer together."""
    assert ids(Options(**options), DIRECT, INDIRECT) == left


def test_a_quote_without_a_verb_has_no_act():
    """It is there unless acts are asked for."""
    bare = replace(DIRECT, verb=None)
    assert ids(Options(), bare) == ["q1"]
    assert ids(Options(acts=["say"]), bare) == []


@pytest.mark.parametrize(("kind", "option"), [("attitude", "attitudes"), ("topic", "topics")])
def test_what_is_no_statement_is_there_where_it_is_asked_for(kind, option):
    """Whatever its verb and its marks."""
    other = replace(DIRECT, kind=kind)
    assert ids(Options(), other, INDIRECT) == ["q2"]
    assert ids(Options(**{option: True}), other, INDIRECT) == ["q1", "q2"]


def test_quotes_and_speakers_are_counted_anew():
    """The ids of an answer leave no gap, and still lead to who is meant."""
    silent = Speaker("s1", "Bob", "person", None, (), (), (), ())
    group = replace(LEE, id="s2", members=("s3",), quotes=("q2",))
    said = replace(INDIRECT, speaker=replace(INDIRECT.speaker, id="s2"))
    everybody = (silent, group, replace(LEE, id="s3", quotes=()))
    article = replace(examples.ARTICLE, quotes=(replace(DIRECT, speaker=None), said), speakers=everybody)
    chosen = select(article, Options(types=["indirect"]))
    assert [(quote.id, quote.speaker.id) for quote in chosen.quotes] == [("q1", "s1")]
    assert [(one.id, one.members, one.quotes) for one in chosen.speakers] == [("s1", ("s2",), ("q1",)), ("s2", (), ())]


def test_who_says_nothing_that_is_left_is_no_speaker():
    """Unless the speaker passes on what is left."""
    article = select(examples.ARTICLE, Options(types=["indirect"]))
    assert article.speakers[0].quotes == ("q1",)
    assert select(examples.ARTICLE, Options(types=["mixed"])).speakers == ()
    relayed = replace(INDIRECT, via=(Via("s1", "Ann Lee", "relays", Span(0, 1, "“")),), speaker=None)
    only_relay = replace(examples.ARTICLE, quotes=(DIRECT, relayed))
    assert [speaker.quotes for speaker in select(only_relay, Options(types=["indirect"])).speakers] == [()]


BOB = Speaker("s2", "Bob", "person", None, (), (), (), ())
DOUBTED = replace(
    INDIRECT,
    speaker=SpeakerRef("s1", "Ann Lee", "pronoun", 0.6),
    candidates=(Candidate("s1", "Ann Lee", 0.6), Candidate("s2", "Bob", 0.3)),
)
TWO = replace(examples.ARTICLE, quotes=(DIRECT, DOUBTED), speakers=(LEE, BOB))


def test_a_speaker_who_is_probable_enough_is_named_alone():
    """The others would only be in the way."""
    article = select(TWO, Options(min_speaker_probability=0.6))
    assert [(quote.speaker.name, quote.candidates) for quote in article.quotes] == [("Ann Lee", ()), ("Ann Lee", ())]
    assert [(speaker.name, speaker.quotes) for speaker in article.speakers] == [("Ann Lee", ("q1", "q2"))]


def test_in_place_of_a_speaker_who_is_not_probable_enough_the_candidates_stand():
    """With everybody of them among the speakers, and the quote nobody's."""
    article = select(TWO, Options(min_speaker_probability=0.61))
    assert [quote.speaker and quote.speaker.name for quote in article.quotes] == ["Ann Lee", None]
    assert article.quotes[1].candidates == DOUBTED.candidates
    assert [(speaker.name, speaker.quotes) for speaker in article.speakers] == [("Ann Lee", ("q1",)), ("Bob", ())]
    alone = select(TWO, Options(min_speaker_probability=0.61, types=["indirect"]))
    assert [(speaker.name, speaker.quotes) for speaker in alone.speakers] == [("Ann Lee", ()), ("Bob", ())]


def test_whoever_is_in_a_group_that_speaks_stays_though_silent():
    """Its members lead somewhere; without the group they are nobody's."""
    group = replace(LEE, name="Lee and Bob", type="group", members=("s2",), quotes=("q1",))
    article = replace(examples.ARTICLE, quotes=(DIRECT,), speakers=(group, BOB))
    assert [speaker.name for speaker in select(article, Options()).speakers] == ["Lee and Bob", "Bob"]
    assert select(article, Options(types=["mixed"])).speakers == ()


def test_a_quote_of_nobody_keeps_its_candidates():
    """That it is rather none of them is no reason to hide who they are."""
    nobodys = replace(TWO, quotes=(replace(DOUBTED, speaker=None),))
    assert select(nobodys, Options(min_speaker_probability=0.01)).quotes[0].candidates == DOUBTED.candidates


def test_with_no_probability_asked_for_the_likeliest_speaks_always():
    """Though it is rather none of them; then the quote is theirs in the list of speakers too."""
    article = select(replace(TWO, quotes=(DIRECT, replace(DOUBTED, speaker=None))), Options(min_speaker_probability=0))
    assert [(quote.speaker.name, quote.speaker.probability) for quote in article.quotes][1] == ("Ann Lee", 0.6)
    assert [(speaker.name, speaker.quotes) for speaker in article.speakers] == [("Ann Lee", ("q1", "q2"))]


def test_a_quote_nested_in_one_that_is_left_out_stands_alone():
    """No parent points at what is not there."""
    nested = replace(examples.ARTICLE, quotes=(DIRECT, replace(INDIRECT, parent="q1")))
    assert [quote.parent for quote in select(nested, Options()).quotes] == [None, "q1"]
    assert [quote.parent for quote in select(nested, Options(types=["indirect"])).quotes] == [None]


def test_mentions_are_left_out_where_not_included():
    """They can be most of a long answer."""
    assert select(examples.ARTICLE, Options(include=())).speakers[0].mentions == ()
    assert select(examples.ARTICLE, Options()).speakers[0].mentions == LEE.mentions


def test_the_context_is_as_wide_as_asked_for():
    """Nothing, the sentence of quote and source, or the paragraph."""
    first, second = (0, 50), (50, len(examples.TEXT))
    texts = {}
    for kind in ("none", "sentence", "paragraph"):
        quotes = select(examples.ARTICLE, Options(context=kind), [first, second]).quotes
        texts[kind] = [quote.context and quote.context.text for quote in quotes]
    assert texts["none"] == [None, None]
    assert texts["sentence"] == [examples.TEXT[slice(*first)], examples.TEXT[slice(*second)]]
    assert texts["paragraph"] == [examples.TEXT, examples.TEXT]


@pytest.mark.parametrize(
    ("known", "found"),
    [
        ([KnownSpeaker("1", "ANN  LEE")], "1"),
        ([KnownSpeaker("1", "Ann B. Lee", ("Ann Lee",))], "1"),
        ([KnownSpeaker("1", "Mayor Lee")], "1"),
        ([KnownSpeaker("1", "Lee")], None),
        ([KnownSpeaker("1", "Bob", ("Mayor Lee",)), KnownSpeaker("2", "Ann Lee")], "2"),
        ([KnownSpeaker("1", "Bob", ("Mayor Lee",)), KnownSpeaker("2", "Mayor Lee")], None),
        ([], None),
    ],
)
def test_a_known_speaker_is_recognised_by_a_whole_name(known, found):
    """The name decides before an alias does, and where several fit nobody guesses."""
    assert Known(known).recognise(replace(LEE, aliases=("Mayor Lee",))) == found


@pytest.mark.parametrize(
    ("options", "remedy"),
    [
        ({"types": ["dirct"]}, "types: there is no 'dirct'; choose from direct, mixed, indirect"),
        ({"types": "direct"}, "types is 'direct': give a list of strings, such as ['direct']"),
        ({"types": 5}, "types is 5: give a list of strings"),
        ({"attitudes": "yes"}, "attitudes is 'yes': give true or false"),
        ({"topics": 1}, "topics is 1: give true or false"),
        ({"acts": []}, "acts is empty: leave it out for all"),
        ({"context": "page"}, "choose from none, sentence, paragraph"),
        ({"offset_unit": "utf32"}, "choose from codepoint, utf16, utf8"),
        ({"include": ["speakers"]}, "choose from text, mentions"),
        ({"language": "de"}, "choose from en"),
        ({"min_confidence": 90}, "min_confidence is 90: give a number from 0 to 1"),
        ({"min_confidence": float("nan")}, "give a number from 0 to 1"),
        ({"min_confidence": "0.5"}, "min_confidence is '0.5': give a number from 0 to 1"),
        ({"min_confidence": True}, "give a number from 0 to 1"),
        ({"known_speakers": [{"id": "Q42"}]}, "give a list of KnownSpeaker"),
        ({"known_speakers": [KnownSpeaker("1", "A")] * 10_001}, "known_speakers holds 10,001, at most 10,000 are looked for"),
        ({"known_speakers": [KnownSpeaker("1", "A", ("B",) * 51)]}, "'1' has 51 aliases, at most 50 are looked for"),
        ({"min_speaker_probability": -0.1}, "min_speaker_probability is -0.1: give a number from 0 to 1"),
    ],
)
def test_an_option_that_cannot_be_is_told_what_can(options, remedy):
    """Before anything is read."""
    with pytest.raises(OptionError) as refusal:
        Options(**options)
    assert remedy in str(refusal.value)


BOJO = Speaker("s2", "BoJo", "unknown", "the mayor", ("Bo",), (), (Span(3, 7, "BoJo"),), ("q2",))
GROUP = Speaker("s3", "Lee and Orr", "group", None, (), ("s2",), (), ())
KNOWN = [KnownSpeaker("Q42", "Ann Lee", ("bojo",))]


def test_two_names_of_one_known_person_are_one_speaker():
    """With all that was found of both, under the fullest of the names."""
    said = replace(INDIRECT, speaker=SpeakerRef("s2", "BoJo", "name"), via=(Via("s2", "BoJo", "relays", Span(0, 1, "“")),))
    both = replace(examples.ARTICLE, quotes=(DIRECT, said), speakers=(LEE, BOJO))
    article = select(both, Options(known_speakers=KNOWN))
    assert [(quote.speaker.id, quote.speaker.name) for quote in article.quotes] == [("s1", "Ann Lee")] * 2
    assert (article.quotes[1].via[0].id, article.quotes[1].via[0].name) == ("s1", "Ann Lee")
    (one,) = article.speakers
    assert (one.known_id, one.quotes, one.aliases) == ("Q42", ("q1", "q2"), (*LEE.aliases, "BoJo", "Bo"))
    assert one.mentions == tuple(sorted((*LEE.mentions, *BOJO.mentions), key=lambda span: span.start))
    assert (one.type, one.role) == (LEE.type, LEE.role or "the mayor")


def test_who_was_two_candidates_is_as_probable_as_both():
    """And so may be probable enough to be named."""
    two = (Candidate("s1", "Ann Lee", 0.4), Candidate("s4", "Bob", 0.31), Candidate("s2", "BoJo", 0.29))
    doubted = replace(INDIRECT, speaker=SpeakerRef("s1", "Ann Lee", "pronoun", 0.4), candidates=two)
    people = (LEE, BOJO, replace(BOB, id="s4"), replace(GROUP, quotes=("q2",)))
    article = replace(examples.ARTICLE, quotes=(doubted,), speakers=people)
    (named,) = select(article, Options(known_speakers=KNOWN)).quotes
    assert (named.speaker.name, named.speaker.probability) == ("Ann Lee", 0.69)
    (doubtful,) = select(article, Options(known_speakers=KNOWN, min_speaker_probability=0.7)).quotes
    assert [(one.name, one.probability) for one in doubtful.candidates] == [("Ann Lee", 0.69), ("Bob", 0.31)]
    assert Known(KNOWN).joined(article).speakers[-1].members == ("s1",)


def test_two_who_share_another_name_are_two():
    """In an article about Ann Lee and Bob Lee, "Lee" may be either."""
    lees = replace(examples.ARTICLE, speakers=(replace(LEE, aliases=("Lee",)), replace(BOB, aliases=("Lee",))))
    assert Known([KnownSpeaker("1", "Ann Lee", ("Lee",))]).joined(lees) == lees
