"""The words of a page of HTML."""

import pytest

from attribution.errors import TextError
from attribution.text import html

ARTICLE = "<h1>The bridge</h1><p>“It opens on Monday,” Mayor <b>Ann</b> Lee said.</p><ul><li>“Soon,” he said.</li></ul>"
WORDS = "The bridge\n“It opens on Monday,” Mayor Ann Lee said.\n“Soon,” he said."


def test_of_a_page_the_article_is_read():
    """Menus, scripts and footers are not; a short article keeps its paragraphs."""
    menu, foot = "<nav><a href='/'>Home</a></nav><script>let a = 1</script>", "<footer>© The Paper</footer>"
    assert html.words(f"<!doctype html><html><body>{menu}<article>{ARTICLE}</article>{foot}</body></html>") == WORDS


@pytest.mark.parametrize(
    ("fragment", "words"),
    [
        (ARTICLE, WORDS),
        ("“Hi,”\n said  <b>Ann</b>.", "“Hi,” said Ann."),
        ("One<br>two<div>three</div>four", "One\ntwo\nthree\nfour"),
        ("<p>He said <q>yes</q>.</p>", "He said “yes”."),
        ("<p>R&amp;D &ldquo;works&rdquo; &#8211; 5 &lt; 6 &#128512;</p>", "R&D “works” – 5 < 6 😀"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a\nb"),
        ("<p>A\x00B\x07</p>", "AB"),
        ("<p>A&#1;B&#xFFFF;C\uffff <b>D&#2;</b></p>&#3;", "ABC D"),
        ('<?xml version="1.0" encoding="latin-1"?><p>é</p>', "é"),
        ("<div>" * 900 + "deep" + "</div>" * 900 + "<p>after</p>", "deep\nafter"),
        ("<p>kept</p>" + "<q " * 100_000, "kept"),
        ("<p>kept</p><!-- not --><style>p {}</style><script>x</script>", "kept"),
    ],
)
def test_of_a_fragment_every_word_is_read(fragment, words):
    """A CMS sends the article itself; a block is a line, as a browser shows it."""
    assert html.words(fragment) == words


def test_a_page_in_which_no_article_is_found_is_read_whole():
    """Rather all of it than nothing."""
    assert html.words("<html><body>“Hi,” said Ann.</body></html>") == "“Hi,” said Ann."


def test_a_page_that_is_no_article_is_read_whole():
    """What finds the article in it would take a minute."""
    assert html.words("<html><body>" + "a<br>" * html.MOST_TAGS).count("\n") == html.MOST_TAGS - 1


@pytest.mark.parametrize("empty", ["", " ", "<p></p>", "<!-- a -->", "<script>a</script>", "<html></html>"])
def test_html_without_words_is_refused(empty):
    """With what to send in its place."""
    with pytest.raises(TextError, match="no words in the HTML: send the page as a reader gets it"):
        html.words(empty)


@pytest.mark.parametrize(
    ("text", "is_document"),
    [
        ("<!DOCTYPE html><p>Hi", True),
        ("\ufeff\n <HTML lang=en>", True),
        ('<?xml version="1.0"?><!-- a --><!-- b -->\n<html>', True),
        ("<p>“Hi,” said Ann.</p>", False),
        ("She wrote <html> on the board.", False),
        ("<htmlish>", False),
        ("<!-- a -->" * 10_000, False),
    ],
)
def test_a_text_that_is_a_page_is_told_from_one_with_a_tag(text, is_document):
    """Only what starts as a page does."""
    assert html.is_document(text) is is_document
