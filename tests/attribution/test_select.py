"""Which quotes and speakers an answer contains."""

from dataclasses import replace

import pytest

from api import examples
from attribution.data import Candidate, Span, Speaker, SpeakerRef, Via
from attribution.errors import OptionError
from attribution.known import KnownSpeakers
from attribution.options import KnownSpeaker, Options
from attribution.select import select

DIRECT, INDIRECT = examples.ARTICLE.quotes
(LEE,) = examples.ARTICLE.speakers


def ids(options, *quotes):
    """Which of these quotes are kept, by their original ids."""
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
def test_quotes_that_do_not_match_the_options_are_left_out(options, left):
    """Types, acts and confidence are combined."""
    assert ids(Options(**options), DIRECT, INDIRECT) == left


def test_a_quote_without_a_verb_has_no_act():
    """It is kept unless specific acts are requested."""
    bare = replace(DIRECT, verb=None)
    assert ids(Options(), bare) == ["q1"]
    assert ids(Options(acts=["say"]), bare) == []


@pytest.mark.parametrize(("kind", "option"), [("attitude", "attitudes"), ("topic", "topics")])
def test_attitudes_and_topics_are_returned_only_on_request(kind, option):
    """Whatever their verb and marks."""
    other = replace(DIRECT, kind=kind)
    assert ids(Options(), other, INDIRECT) == ["q2"]
    assert ids(Options(**{option: True}), other, INDIRECT) == ["q1", "q2"]


def test_quotes_and_speakers_are_renumbered():
    """Ids have no gaps, and all references follow."""
    silent = Speaker("s1", "Bob", "person", None, (), (), (), ())
    group = replace(LEE, id="s2", members=("s3",), quotes=("q2",))
    said = replace(INDIRECT, speaker=replace(INDIRECT.speaker, id="s2"))
    everybody = (silent, group, replace(LEE, id="s3", quotes=()))
    article = replace(examples.ARTICLE, quotes=(replace(DIRECT, speaker=None), said), speakers=everybody)
    chosen = select(article, Options(types=["indirect"]))
    assert [(quote.id, quote.speaker.id) for quote in chosen.quotes] == [("q1", "s1")]
    assert [(one.id, one.members, one.quotes) for one in chosen.speakers] == [("s1", ("s2",), ("q1",)), ("s2", (), ())]


def test_a_speaker_without_a_remaining_quote_is_dropped():
    """Unless they relay one."""
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


def test_a_speaker_who_is_probable_enough_is_named_without_candidates():
    article = select(TWO, Options(min_speaker_probability=0.6))
    assert [(quote.speaker.name, quote.candidates) for quote in article.quotes] == [("Ann Lee", ()), ("Ann Lee", ())]
    assert [(speaker.name, speaker.quotes) for speaker in article.speakers] == [("Ann Lee", ("q1", "q2"))]


def test_candidates_replace_a_speaker_who_is_not_probable_enough():
    """All candidates are among the speakers, and the quote belongs to none of them."""
    article = select(TWO, Options(min_speaker_probability=0.61))
    assert [quote.speaker and quote.speaker.name for quote in article.quotes] == ["Ann Lee", None]
    assert article.quotes[1].candidates == DOUBTED.candidates
    assert [(speaker.name, speaker.quotes) for speaker in article.speakers] == [("Ann Lee", ("q1",)), ("Bob", ())]
    alone = select(TWO, Options(min_speaker_probability=0.61, types=["indirect"]))
    assert [(speaker.name, speaker.quotes) for speaker in alone.speakers] == [("Ann Lee", ()), ("Bob", ())]


def test_members_of_a_group_that_speaks_are_kept_without_quotes():
    """And dropped with the group."""
    group = replace(LEE, name="Lee and Bob", type="group", members=("s2",), quotes=("q1",))
    article = replace(examples.ARTICLE, quotes=(DIRECT,), speakers=(group, BOB))
    assert [speaker.name for speaker in select(article, Options()).speakers] == ["Lee and Bob", "Bob"]
    assert select(article, Options(types=["mixed"])).speakers == ()


def test_a_quote_without_a_speaker_keeps_its_candidates():
    """Even if it is likelier that none of them is the speaker."""
    nobodys = replace(TWO, quotes=(replace(DOUBTED, speaker=None),))
    assert select(nobodys, Options(min_speaker_probability=0.01)).quotes[0].candidates == DOUBTED.candidates


def test_with_a_minimum_probability_of_zero_the_likeliest_candidate_is_the_speaker():
    """Even if it is likelier that none of them is. The list of speakers then has the quote too."""
    article = select(replace(TWO, quotes=(DIRECT, replace(DOUBTED, speaker=None))), Options(min_speaker_probability=0))
    assert [(quote.speaker.name, quote.speaker.probability) for quote in article.quotes][1] == ("Ann Lee", 0.6)
    assert [(speaker.name, speaker.quotes) for speaker in article.speakers] == [("Ann Lee", ("q1", "q2"))]


def test_a_quote_whose_parent_is_left_out_has_no_parent():
    nested = replace(examples.ARTICLE, quotes=(DIRECT, replace(INDIRECT, parent="q1")))
    assert [quote.parent for quote in select(nested, Options()).quotes] == [None, "q1"]
    assert [quote.parent for quote in select(nested, Options(types=["indirect"])).quotes] == [None]


def test_mentions_are_left_out_unless_included():
    """They can make up most of a long answer."""
    assert select(examples.ARTICLE, Options(include=())).speakers[0].mentions == ()
    assert select(examples.ARTICLE, Options()).speakers[0].mentions == LEE.mentions


def test_the_context_is_as_wide_as_requested():
    """None, the sentences of quote and source, or the paragraph."""
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
    """A name takes precedence over an alias. If several match equally, none is chosen."""
    assert KnownSpeakers(known).id_of(replace(LEE, aliases=("Mayor Lee",))) == found


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
        ({"known_speakers": [KnownSpeaker("1", "A")] * 10_001}, "known_speakers has 10,001 entries, the limit is 10,000"),
        ({"known_speakers": [KnownSpeaker("1", "A", ("B",) * 51)]}, "'1' has 51 aliases, the limit is 50"),
        ({"min_speaker_probability": -0.1}, "min_speaker_probability is -0.1: give a number from 0 to 1"),
    ],
)
def test_the_error_for_an_invalid_option_says_what_is_valid(options, remedy):
    """Before anything is read."""
    with pytest.raises(OptionError) as refusal:
        Options(**options)
    assert remedy in str(refusal.value)


BOJO = Speaker("s2", "BoJo", "unknown", "the mayor", ("Bo",), (), (Span(3, 7, "BoJo"),), ("q2",))
GROUP = Speaker("s3", "Lee and Orr", "group", None, (), ("s2",), (), ())
KNOWN = [KnownSpeaker("Q42", "Ann Lee", ("bojo",))]


def test_speakers_known_as_one_person_are_merged():
    """With everything found about both, under the longest name."""
    said = replace(INDIRECT, speaker=SpeakerRef("s2", "BoJo", "name"), via=(Via("s2", "BoJo", "relays", Span(0, 1, "“")),))
    both = replace(examples.ARTICLE, quotes=(DIRECT, said), speakers=(LEE, BOJO))
    article = select(both, Options(known_speakers=KNOWN))
    assert [(quote.speaker.id, quote.speaker.name) for quote in article.quotes] == [("s1", "Ann Lee")] * 2
    assert (article.quotes[1].via[0].id, article.quotes[1].via[0].name) == ("s1", "Ann Lee")
    (one,) = article.speakers
    assert (one.known_id, one.quotes, one.aliases) == ("Q42", ("q1", "q2"), (*LEE.aliases, "BoJo", "Bo"))
    assert one.mentions == tuple(sorted((*LEE.mentions, *BOJO.mentions), key=lambda span: span.start))
    assert (one.type, one.role) == (LEE.type, LEE.role or "the mayor")


def test_the_probabilities_of_merged_candidates_are_added():
    """They may then be probable enough to be named."""
    two = (Candidate("s1", "Ann Lee", 0.4), Candidate("s4", "Bob", 0.31), Candidate("s2", "BoJo", 0.29))
    doubted = replace(INDIRECT, speaker=SpeakerRef("s1", "Ann Lee", "pronoun", 0.4), candidates=two)
    people = (LEE, BOJO, replace(BOB, id="s4"), replace(GROUP, quotes=("q2",)))
    article = replace(examples.ARTICLE, quotes=(doubted,), speakers=people)
    (named,) = select(article, Options(known_speakers=KNOWN)).quotes
    assert (named.speaker.name, named.speaker.probability) == ("Ann Lee", 0.69)
    (doubtful,) = select(article, Options(known_speakers=KNOWN, min_speaker_probability=0.7)).quotes
    assert [(one.name, one.probability) for one in doubtful.candidates] == [("Ann Lee", 0.69), ("Bob", 0.31)]
    assert KnownSpeakers(KNOWN).merge(article).speakers[-1].members == ("s1",)


def test_speakers_who_share_only_an_alias_are_not_merged():
    """In an article about Ann Lee and Bob Lee, "Lee" may be either."""
    lees = replace(examples.ARTICLE, speakers=(replace(LEE, aliases=("Lee",)), replace(BOB, aliases=("Lee",))))
    assert KnownSpeakers([KnownSpeaker("1", "Ann Lee", ("Lee",))]).merge(lees) == lees
