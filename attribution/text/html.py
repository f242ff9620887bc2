"""The words of a page of HTML. In: a page, or a fragment of one. Out: its text, a paragraph a line; offsets are into that.

Of a page (with <html> or <body>) trafilatura keeps the article and leaves out menus, comments and tables. A fragment is taken
for the article itself: all its words are kept, and so are those of a page in which trafilatura finds no article.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from attribution.errors import TextError

if TYPE_CHECKING:
    from lxml.html import HtmlElement

DOCUMENT = re.compile(
    r"[\s\ufeff]*+(?:<\?xml[^>]*>\s*)?(?><!--.*?-->\s*)*+<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL
)
PAGE = re.compile(r"<(?:html|body)\b", re.IGNORECASE)
CONTROLS = {code: None for code in (*range(32), 0xFFFE, 0xFFFF) if chr(code) not in "\t\n\r"}
"""What no page may hold, written out or as a reference (&#1;), and at which parsers stop."""
MOST_TAGS = 20_000
"""A page with more is read whole: it is no article, and trafilatura would take a minute over it."""
QUOTED = re.compile(r"<(/?)q\b[^<>]*>", re.IGNORECASE)
"""Round what stands in it, a browser prints quotation marks."""
BULLET = re.compile("^- ", re.MULTILINE)
"""What trafilatura writes before an item of a list."""
UNPRINTED = ("head", "script", "style", "noscript", "template", "svg", "iframe", "object", "select", "textarea", "button")
INLINE = frozenset(
    {
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
    }
    | {"s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"}
)
BREAK = "\u2029"


def is_document(text: str) -> bool:
    """Whether a text is plainly a page of HTML: it starts as one does. A stray tag makes none."""
    return DOCUMENT.match(text) is not None


def words(html: str) -> str:
    """The text of a page or a fragment, e.g. `words("<p>Hi, <b>Ann</b></p><p>Bye</p>") == "Hi, Ann\\nBye"`."""
    clean = QUOTED.sub(lambda tag: "”" if tag[1] else "“", html.translate(CONTROLS))
    is_page = PAGE.search(clean) and clean.count("<") <= MOST_TAGS
    text = (_article(clean) if is_page else "") or _everything(clean)
    if not text:
        raise TextError("there are no words in the HTML: send the page as a reader gets it, or its words as text")
    return text


def _article(html: str) -> str:
    """What trafilatura takes for the article; nothing where it finds none."""
    from trafilatura import extract
    from trafilatura.settings import Extractor

    options = Extractor(fast=True, comments=False, tables=False)
    options.min_extracted_size = 1  # below it, trafilatura glues the paragraphs of a short article together
    return BULLET.sub("", extract(html, options=options) or "")


def _everything(html: str) -> str:
    """All that would be printed, a block a line."""
    from lxml.etree import ParserError
    from lxml.html import HTMLParser, document_fromstring

    try:
        root = document_fromstring(
            html.encode(), parser=HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
        )
    except ParserError:  # nothing in it
        return ""
    for element in list(root.iter(*UNPRINTED)):
        element.drop_tree()
    for element in root.iter():
        _set_apart(element)
    lines = (" ".join(line.split()) for line in str(root.text_content()).translate(CONTROLS).split(BREAK))
    return "\n".join(line for line in lines if line)


def _set_apart(element: HtmlElement) -> None:
    """Put a break round what stands on lines of its own."""
    if element.tag not in INLINE:
        element.text = BREAK + (element.text or "").translate(CONTROLS)
        element.tail = BREAK + (element.tail or "").translate(CONTROLS)
