"""Whether a quote is in an article, and who says it there."""

import re
from dataclasses import replace

import pytest

import attribution
from attribution.data import Article, ArticleWarning, Context, Model, Quote, Span, Speaker, SpeakerRef
from attribution.errors import TextError
from attribution.verifying.verification import verify

TEXT = """“We will rebuild the bridge,” Ann Lee said on Friday. “I did not order the closure.” She warned that cyclists must wait\
 until June.

The bridge has been closed for two years. Bob Stone, of the ministry, said steel is late and “nobody can build with promises”.

“The old mayor told us: ‘Trust me, friends,’” Stone added. “Never” is written on the wall."""
SPEAKERS = tuple(
    Speaker(id_, name, "person", None, (), (), (Span(0, 1, "“"),), ())
    for id_, name in (("s1", "Ann Lee"), ("s2", "Bob Stone"), ("s3", "Jo"))
)


def quote(number, type_, speaker, *parts, parent=None):
    """A quote of these parts of the text."""
    content = tuple(Span.of(TEXT, re.search(re.escape(part), TEXT).span()) for part in parts)
    ref = SpeakerRef(speaker.id, speaker.name, "name") if speaker else None
    text, context = " […] ".join(parts), Context(0, 0, 0, "")
    return Quote(f"q{number}", type_, "statement", text, content, (), None, None, ref, (), (), parent, context, 0.9)


LEE, STONE, JO = SPEAKERS
QUOTES = (
    quote(1, "direct", LEE, "“We will rebuild the bridge,”", "“I did not order the closure.”"),
    quote(2, "indirect", LEE, "that cyclists must wait until June"),
    quote(3, "mixed", STONE, "steel is late and “nobody can build with promises”"),
    quote(4, "direct", STONE, "“The old mayor told us: ‘Trust me, friends,’”"),
    quote(5, "direct", JO, "‘Trust me, friends,’", parent="q4"),
)
ARTICLE = Article("a", "codepoint", Model("m", "1"), QUOTES, SPEAKERS)


def test_the_warnings_about_the_article_are_kept():
    """Whoever checks a quote should know that the article is odd."""
    warnings = (ArticleWarning("whole-page", "All of it was read."),)
    assert verify(replace(ARTICLE, warnings=warnings), TEXT, "Never").warnings == warnings


def check(claim, speaker=None):
    """The verification of the claim, after a check that its spans hold the words they say."""
    found = verify(ARTICLE, TEXT, claim, speaker)
    spans = [*found.found, *found.left_out, *(span for step in found.difference for span in step.article)]
    assert all(TEXT[span.start : span.end] == span.text for span in spans)
    return found


@pytest.mark.parametrize(
    "claim",
    [
        "We will rebuild the bridge",
        '"we will rebuild the bridge."',
        "« We  will\nrebuild—the bridge! »",
        "… will rebuild the bridge ...",
        "We will rebuild the bridge. I did not order the closure.",
        "We will rebuild the bridge […] I did not order the closure",
    ],
)
def test_marks_spaces_ellipses_and_first_letters_do_not_alter_a_quote(claim):
    """Nor do the words between the fragments of a quote."""
    found = check(claim)
    assert (found.verdict, found.similarity, found.marked) == ("verbatim", 1, True)
    assert (found.quote.id, found.speaker.name, found.left_out) == ("q1", "Ann Lee", ())


def test_a_quote_of_two_fragments_is_found_in_both():
    """Not in what the article says between them."""
    assert [span.text for span in check("rebuild the bridge. I did not order").found] == ["rebuild the bridge", "I did not order"]


def test_a_dropped_negation_is_shown():
    """The one word that matters."""
    found = check("I did order the closure", "Ann Lee")
    assert (found.verdict, found.speaker_agrees) == ("altered", True)
    assert [span.text for span in found.left_out] == ["not"]
    assert [(step.kind, step.quote) for step in found.difference] == [
        ("same", "I did"),
        ("left_out", None),
        ("same", "order the closure"),
    ]


def test_the_words_an_ellipsis_stands_for_are_shown_too():
    """They do not alter the quote, but may hide that someone did."""
    found = check("I did … order the closure")
    assert found.verdict == "verbatim"
    assert [span.text for span in found.left_out] == ["not"]


def test_a_changed_word_is_shown_beside_that_of_the_article():
    """Word by word, each as it was written."""
    found = check("We SHALL rebuild the bridge")
    assert found.verdict == "altered"
    assert [(step.kind, step.quote, [span.text for span in step.article]) for step in found.difference] == [
        ("same", "We", ["We"]),
        ("changed", "SHALL", ["will"]),
        ("same", "rebuild the bridge", ["rebuild the bridge"]),
    ]


def test_the_actual_speaker_of_a_quote_is_reported():
    """The words are there; the name is wrong."""
    found = check("We will rebuild the bridge", "Bob Stone")
    assert (found.verdict, found.speaker.name, found.speaker_agrees) == ("verbatim", "Ann Lee", False)


def test_the_claimed_speaker_is_not_judged_where_the_speaker_is_unsure():
    """The speaker is still reported, with the probability."""
    doubtful = replace(QUOTES[0], speaker=replace(QUOTES[0].speaker, probability=0.6))
    article = replace(ARTICLE, quotes=(doubtful, *QUOTES[1:]))
    found = [verify(article, TEXT, "We will rebuild the bridge", speaker) for speaker in ("Lee", "Bob Stone")]
    assert [(one.speaker.name, one.speaker_agrees) for one in found] == [("Ann Lee", None), ("Ann Lee", None)]


def test_words_outside_of_quotes_have_no_speaker():
    """They are there, but no one says them. Inside marks someone may."""
    found = check("The bridge has been closed for two years", "Ann Lee")
    assert (found.verdict, found.marked, found.quote, found.speaker, found.speaker_agrees) == (
        "verbatim",
        False,
        None,
        None,
        None,
    )
    assert check("never").marked


def test_the_words_of_indirect_speech_are_not_marked():
    """The article does not say that they are the speaker's own."""
    assert (check("cyclists must wait").verdict, check("cyclists must wait").marked) == ("verbatim", False)
    assert (check("nobody can build").verdict, check("nobody can build").marked) == ("verbatim", True)
    assert not check("steel is late and nobody can build").marked


@pytest.mark.parametrize(
    ("claim", "quote_id"),
    [
        ("Cyclists will have to wait till June", "q2"),
        ("Cyclists must wait until July", "q2"),
        ("Steel is running late", "q3"),
    ],
)
def test_indirect_speech_in_other_words_is_a_paraphrase(claim, quote_id):
    """The article's words do not show what the speaker's own were, so there is no difference to give."""
    found = check(claim)
    assert (found.verdict, found.quote.id, found.difference, found.marked) == ("paraphrase", quote_id, (), False)
    assert found.found == found.quote.content


def test_of_nested_quotes_the_inner_one_is_found():
    """Unless the claim names the outer speaker."""
    assert check("Trust me, friends").quote.id == "q5"
    assert check("Trust me, friends", "Stone").quote.id == "q4"


def test_a_claim_that_includes_the_cue_is_found_in_the_text():
    """Someone copied the whole sentence, most of it a quote."""
    found = check("We will rebuild the bridge, Ann Lee said on Friday. I did not order the closure")
    assert (found.verdict, found.marked, found.quote.id) == ("verbatim", False, "q1")


@pytest.mark.parametrize("claim", ["I love my dog very much", "We demand a new tunnel", "friends of the mayor"])
def test_words_that_are_not_there_are_absent(claim):
    """No quote is given instead."""
    found = check(claim, "Ann Lee")
    assert (found.verdict, found.similarity, found.found, found.quote, found.speaker_agrees) == ("absent", 0, (), None, None)


def test_a_speaker_is_given_without_the_rest_of_the_article():
    """Only what belongs to the quote."""
    speaker = check("nobody can build").speaker
    assert (speaker.mentions, speaker.quotes) == ((), ("q3",))


@pytest.mark.parametrize("claim", ["", "…", "“ ”"])
def test_a_claim_without_words_is_rejected(claim):
    """Any text would contain it."""
    with pytest.raises(TextError, match="no words"):
        check(claim)


def test_the_library_verifies_what_it_reads():
    """With offsets in the requested unit, into the text that it returns."""
    html = "<p>It rained 😀. “We will rebuild the bridge,” said Ann Lee, the mayor.</p>"
    found = attribution.verify("We will rebuild a bridge", html=html, speaker="Lee", offset_unit="utf16", article_id="a")
    assert (found.id, found.verdict, found.speaker_agrees, found.offset_unit) == ("a", "altered", True, "utf16")
    units = found.text.encode("utf-16-le")
    spans = (*found.found, *found.quote.content, *found.difference[1].article)
    assert [units[2 * span.start : 2 * span.end].decode("utf-16-le") for span in spans] == [span.text for span in spans]
