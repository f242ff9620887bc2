"""Extracting the text of HTML."""

import pytest
from lxml.etree import HTMLParser

from attribution.errors import TextError
from attribution.text import html, markup

ARTICLE = "<h1>The bridge</h1><p>“It opens on Monday,” Mayor <b>Ann</b> Lee said.</p><ul><li>“Soon,” he said.</li></ul>"
WORDS = "The bridge\n“It opens on Monday,” Mayor Ann Lee said.\n“Soon,” he said."
PARAGRAPH = "<p>“The bridge opens on Monday, and all is well,” Mayor Ann Lee said on the steps of the town hall.</p>"


def test_a_page_yields_only_its_article():
    """No menus, scripts or footers; a short article keeps its paragraphs."""
    menu, foot = "<nav><a href='/'>Home</a></nav><script>let a = 1</script>", "<footer>© The Paper</footer>"
    assert html.extract_text(f"<!doctype html><html><body>{menu}<article>{ARTICLE}</article>{foot}</body></html>") == WORDS


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
def test_a_fragment_yields_all_its_words(fragment, words):
    """A CMS sends just the article. Each block becomes a line, as in a browser."""
    assert html.extract_text(fragment) == words


def test_a_page_without_a_recognizable_article_yields_all_its_words():
    assert html.extract_text("<html><body>“Hi,” said Ann.</body></html>") == "“Hi,” said Ann."


@pytest.mark.parametrize(
    ("page", "menu"),
    [
        (PARAGRAPH * 3, ""),
        (PARAGRAPH * 3 + "<p>" + "<a href='/'>x</a> " * (markup.MAX_CHILDREN + 1), "x"),
        (PARAGRAPH * 3 + "<br>y" * markup.MAX_CHILDREN, "y"),
        (PARAGRAPH * 3 + ("<div>" + "<b>z</b> " * 900 + "</div>") * 9, "z"),
        (PARAGRAPH * 3 + "<div>" * markup.MAX_DEPTH + "deep", "deep"),
        (PARAGRAPH * 3 + "<b " + " ".join(f"a{number}=''" for number in range(markup.MAX_ATTRIBUTES + 1)) + ">bold", "bold"),
    ],
)
def test_a_page_of_unusual_shape_yields_all_its_words(monkeypatch, page, menu):
    """Finding the article in it could take a minute, and cannot be interrupted."""
    searched = []
    find = html._article
    monkeypatch.setattr(html, "_article", lambda page: searched.append(page) or find(page))
    words = html.extract_text(f"<html><body><nav>Home</nav><article>{page}</article></body></html>")
    assert len(searched) == (not menu)
    assert ("Home" in words) == bool(menu)
    assert menu in words


@pytest.mark.parametrize(
    ("page", "codes"),
    [
        (f"<html><body><nav>Home</nav><article>{ARTICLE}</article></body></html>", []),
        (ARTICLE, []),
        ("<div>" * 900 + "deep", []),
        (f"<html><body><footer>{PARAGRAPH}</footer></body></html>", ["whole-page"]),
        ("<html><body><nav>Home</nav>" + "<div>" * markup.MAX_DEPTH + PARAGRAPH, ["whole-page"]),
    ],
)
def test_a_page_of_which_all_words_were_read_has_a_warning(page, codes):
    """Not a fragment: there, that is what the caller asks for."""
    assert [warning.code for warning in html.extract(page).warnings] == codes


CAPTION = "Bob Stone, on the left: “It is late, and nobody stays here for very long.”"
POSTS = [
    "“The bridge is late and nobody builds it now,” Ann Lee told reporters on Friday.",
    "“Steel costs more than anyone had thought,” Bob Stone told reporters on Friday.",
    "“We shall open when we are ready to open it,” Cy Day told reporters on Friday.",
]


BLOG = "".join(f"<div class='post'><h3>Post {number}</h3><p>{post}</p></div>" for number, post in enumerate(POSTS))


@pytest.mark.parametrize(
    ("body", "start"),
    [
        (f"<article>{PARAGRAPH * 3}<table><tr><td>{CAPTION}</td></tr></table></article>", CAPTION[:40]),
        (f"<article>{PARAGRAPH * 3}<figure><figcaption>{CAPTION}</figcaption></figure></article>", CAPTION[:40]),
        (f"<main>{BLOG}</main>", POSTS[1][:40]),
    ],
)
def test_quotation_marks_that_were_left_out_have_a_warning(body, start):
    """Otherwise quotes in tables and captions, and in all but one post of a live blog, would vanish without a word."""
    (warning,) = html.extract(f"<html><body>{body}</body></html>").warnings
    assert warning.code == "left-out"
    assert f"({start}" in warning.detail


def test_the_warning_shows_the_first_lines_that_were_left_out():
    """The first may be of a cookie banner."""
    lost = [f"{word}, we said “no” to all of it, and nobody minded that at all" for word in ("One", "Two", "Three", "Four")]
    banner, *others = (f"<p>{line}</p>" for line in lost)
    page = f"<html><body>{banner}<article>{PARAGRAPH * 3}</article><div class='comments'>{''.join(others)}</div></body></html>"
    (warning,) = html.extract(page).warnings
    assert [warning.detail.count(line[:9]) for line in lost] == [1, 1, 1, 0]
    assert "; and 1 more)" in warning.detail


@pytest.mark.parametrize(
    ("inside", "outside"),
    [
        ("", "<nav><a href='/'>Ann Lee: “No” to the bridge</a></nav>"),
        ("", f"<p><a href='/'>{CAPTION}</a> &bull;</p><nav><p>{CAPTION}</p></nav>"),
        ("", f"<footer>{CAPTION.replace('“', '').replace('”', '')}</footer>"),
        (f"<p>{CAPTION[:24]} <b>{CAPTION[24:50]}</b><sup>1</sup>{CAPTION[50:]}</p>", ""),
        (f"<p>{CAPTION.replace('o', 'o&shy;')}</p>", ""),
        ("<p>" + CAPTION.replace("e", "e\u0301") + "</p>", ""),
    ],
)
def test_there_is_no_warning_about_what_no_reader_misses(inside, outside):
    """Headlines in a menu, words without quotation marks, and words that are there."""
    page = f"<html><body><article>{PARAGRAPH * 3}{inside}</article>{outside}</body></html>"
    assert html.extract(page).warnings == ()


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
def test_repeated_paragraphs_are_kept(box, line, lines):
    """Even where no element marks the article."""
    page = "".join(map(line.format, lines))
    words = html.extract_text(f"<html><head><title>a</title></head><body><{box}>{page}</{box}></body></html>")
    assert words.split() == " ".join(lines).split()


@pytest.mark.parametrize("tag", ["div", "b", "ul><li", "svg"])
def test_extremely_deep_html_is_refused(tag):
    """At each end tag, the parser would look through all open elements."""
    with pytest.raises(TextError, match="nests more than 1,000 elements deep"):
        html.extract_text(f"<{tag}>" * 50_000 + "</i>" * 50_000)


def test_nothing_behind_the_refused_depth_is_parsed(monkeypatch):
    """A parser that goes on takes quadratic time: 800,000 characters of this once took 22 seconds."""
    fed = []

    class Parser(HTMLParser):
        def feed(self, data):
            fed.append(len(data))
            super().feed(data)

    monkeypatch.setattr("lxml.etree.HTMLParser", Parser)
    with pytest.raises(TextError, match="elements deep"):
        html.extract_text("<b></i>" * 30_000)
    assert sum(fed) <= markup.CHUNK


@pytest.mark.parametrize("tag", ["div", "b", "ul><li", "table><tr><td", "blockquote"])
@pytest.mark.parametrize("page", ["", "<html><body>"])
def test_deeply_nested_text_is_kept(page, tag):
    """A parser that builds a tree drops text below a depth of 256."""
    assert html.extract_text(f"{page}<{tag}>" + f"<{tag}>" * 299 + "deep").split() == ["deep"]


@pytest.mark.parametrize(
    "page", ["&#1;<template>a</template><p>“Hi”</p>", "<svg>x</svg>&#1;<select><option>y</select><p>“Hi”</p>"]
)
def test_invisible_elements_and_invalid_characters_may_occur_together(page):
    """The service once answered 500."""
    assert html.extract_text(page) == "“Hi”"


@pytest.mark.parametrize("empty", ["", " ", "<p></p>", "<!-- a -->", "<script>a</script>", "<html></html>"])
def test_html_without_words_is_refused(empty):
    """The error says what to send instead."""
    with pytest.raises(TextError, match="no words in the HTML: send the page as a browser shows it"):
        html.extract_text(empty)


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
def test_only_a_text_that_starts_like_a_page_is_a_document(text, is_document):
    """A tag somewhere in a text does not make it one."""
    assert html.is_document(text) is is_document
