"""The words of a page of HTML."""

import pytest

from attribution.errors import TextError
from attribution.text import html, markup

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


PARAGRAPH = "<p>“The bridge opens on Monday, and all is well,” Mayor Ann Lee said on the steps of the town hall.</p>"


@pytest.mark.parametrize(
    ("page", "menu"),
    [
        (PARAGRAPH * 3, ""),
        (PARAGRAPH * 3 + "<p>" + "<a href='/'>x</a> " * (markup.WIDEST + 1), "x"),
        (PARAGRAPH * 3 + "<br>y" * markup.WIDEST, "y"),
        (PARAGRAPH * 3 + ("<div>" + "<b>z</b> " * 900 + "</div>") * 9, "z"),
        (PARAGRAPH * 3 + "<div>" * markup.DEEPEST + "deep", "deep"),
        (PARAGRAPH * 3 + "<b " + " ".join(f"a{number}=''" for number in range(markup.MOST_ATTRIBUTES + 1)) + ">bold", "bold"),
    ],
)
def test_a_page_with_no_shape_of_a_page_is_read_whole(monkeypatch, page, menu):
    """What finds the article in it would take a minute, and could not be stopped."""
    asked = []
    find = html._article
    monkeypatch.setattr(html, "_article", lambda page: asked.append(page) or find(page))
    words = html.words(f"<html><body><nav>Home</nav><article>{page}</article></body></html>")
    assert len(asked) == (not menu)
    assert ("Home" in words) == bool(menu)
    assert menu in words


@pytest.mark.parametrize(
    "lines",
    [
        ["“No,” he said."] * 6,
        [PARAGRAPH[3:-4]] * 6,
        [PARAGRAPH[3:-4], "“No,” she said.", PARAGRAPH[3:-4], "“No,” she said."],
    ],
)
@pytest.mark.parametrize("box", ["body", "div", "article", "main", "section", "center"])
@pytest.mark.parametrize("line", ["<p>{}</p>", "<div>{}</div>", "{}<br>", "<p><b>{}</b></p>", "<ul><li>{}</li></ul>"])
def test_what_is_said_again_is_not_left_out(box, line, lines):
    """Not even where nothing says where the article is."""
    page = "".join(map(line.format, lines))
    words = html.words(f"<html><head><title>a</title></head><body><{box}>{page}</{box}></body></html>")
    assert words.split() == " ".join(lines).split()


@pytest.mark.parametrize("tag", ["div", "b", "ul><li", "svg"])
def test_html_that_nests_without_end_is_refused(tag):
    """Over each end tag the parser would look through all of it."""
    with pytest.raises(TextError, match="nests deeper than 1,000 elements, as no page does"):
        html.words(f"<{tag}>" * 50_000 + "</i>" * 50_000)


@pytest.mark.parametrize("tag", ["div", "b", "ul><li", "table><tr><td", "blockquote"])
@pytest.mark.parametrize("page", ["", "<html><body>"])
def test_text_is_read_however_deep_it_stands(page, tag):
    """A parser that makes a tree leaves out what is 256 deep."""
    assert html.words(f"{page}<{tag}>" + f"<{tag}>" * 299 + "deep").split() == ["deep"]


@pytest.mark.parametrize(
    "page", ["&#1;<template>a</template><p>“Hi”</p>", "<svg>x</svg>&#1;<select><option>y</select><p>“Hi”</p>"]
)
def test_what_is_not_shown_may_stand_beside_what_no_page_may_hold(page):
    """It was answered 500."""
    assert html.words(page) == "“Hi”"


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
