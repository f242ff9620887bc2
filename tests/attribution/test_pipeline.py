"""`attribution.extract`: the options of the library, on the trained pipeline."""

import subprocess
import sys

import pytest

import attribution

TEXT = "It rained. “It is late 😀,” said Ann Lee, the mayor. She warned that cyclists must wait."
GERMAN = "Die Brücke wird am Montag eröffnet, sagte die Bürgermeisterin. Radfahrer müssten warten."


def test_the_text_is_returned_only_on_request():
    assert attribution.extract(TEXT).text is None
    assert attribution.extract(TEXT, include=["text"]).text == TEXT


def test_offsets_for_html_point_into_the_returned_text():
    """Offsets into the HTML would be of no use."""
    article = attribution.extract(html=f"<p>{TEXT}</p><p>&ldquo;Go!&rdquo; she said.</p>", include=())
    assert article.text == f"{TEXT}\n“Go!” she said."
    span = article.quotes[-1].content[0]
    assert article.text[span.start : span.end] == span.text == "“Go!”"


def test_offsets_are_in_the_requested_unit():
    """The answer names it."""
    one, two = attribution.extract(TEXT), attribution.extract(TEXT, offset_unit="utf16")
    assert (one.offset_unit, two.offset_unit) == ("codepoint", "utf16")
    assert two.quotes[0].verb.start == one.quotes[0].verb.start + 1


def test_the_context_may_be_a_sentence():
    """As the pipeline splits sentences."""
    quotes = attribution.extract(TEXT, context="sentence").quotes
    assert [quote.context.text for quote in quotes] == [
        "“It is late 😀,” said Ann Lee, the mayor.",
        "She warned that cyclists must wait.",
    ]


def test_a_known_speaker_has_the_callers_id():
    """So callers can join the answer to their own records."""
    known = [attribution.KnownSpeaker("Q42", "ann lee")]
    assert [speaker.known_id for speaker in attribution.extract(TEXT, known_speakers=known).speakers] == ["Q42"]


def test_a_text_that_the_caller_declares_english_is_read():
    """The detector may be wrong."""
    with pytest.raises(attribution.LanguageError):
        attribution.extract(GERMAN)
    article = attribution.extract(GERMAN, language="en")
    assert [warning.code for warning in article.warnings] == ["other-language"]


def test_an_answer_has_warnings_about_the_page_and_about_its_text():
    """Of extract and of verify. Usually there are none."""
    page = f"<html><body><footer>{GERMAN}</footer></body></html>"
    warnings = attribution.extract(html=page, language="en").warnings
    assert [warning.code for warning in warnings] == ["whole-page", "other-language"]
    assert attribution.verify("warten", html=page, language="en").warnings == warnings
    assert attribution.extract(TEXT).warnings == attribution.verify("late", TEXT).warnings == ()


@pytest.mark.parametrize(
    ("article", "remedy"),
    [
        ({}, "either as text or as html"),
        ({"text": "a", "html": "b"}, "either as text or as html"),
        ({"text": "<!doctype html><p>Hi"}, "give it as html"),
        ({"text": " "}, "the text is empty"),
        ({"text": "a\ud800"}, "character 1 is half a surrogate pair"),
        ({"html": "a\ud800"}, "character 1 is half a surrogate pair"),
    ],
)
def test_the_error_for_an_unreadable_article_says_what_to_send(article, remedy):
    """It is always a TextError, whatever is wrong."""
    with pytest.raises(attribution.TextError, match=remedy):
        attribution.extract(**article)


@pytest.mark.parametrize("given", [{"text": 5}, {"text": b"Hi"}, {"html": ["<p>Hi"]}])
def test_an_article_must_be_a_string(given):
    """The error names the type, and says what to give."""
    with pytest.raises(TypeError, match=r"is (int|bytes|list): give the article itself as a str"):
        attribution.extract(**given)
    with pytest.raises(TypeError, match="give the article itself"):
        attribution.verify("Hi", **given)


def test_reading_plain_text_does_not_load_the_html_library():
    """It takes 40 MB."""
    program = "import sys, attribution.pipeline; sys.exit('trafilatura' in sys.modules or 'py3langid' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_options_are_checked_before_anything_is_read():
    """By `extract` and by `verify`."""
    with pytest.raises(attribution.OptionError, match="utf32"):
        attribution.extract(TEXT, offset_unit="utf32")
    with pytest.raises(attribution.OptionError, match="utf32"):
        attribution.verify("late", TEXT, offset_unit="utf32")
