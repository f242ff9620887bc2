"""The words of a page of HTML. In: a page, or a fragment of one. Out: its text, a paragraph a line; offsets are into that.

Of a page (with <html> or <body>) trafilatura keeps the article and leaves out menus, comments and tables. A fragment is taken
for the article itself: all its words are kept, and so are those of a page in which trafilatura finds no article, or that is no
plain page (`markup`): trafilatura takes time that grows with the square of it, and cannot be stopped.
"""

from __future__ import annotations

import re
from itertools import chain, count, product
from typing import TYPE_CHECKING

from attribution.errors import TextError
from attribution.text.markup import CONTROLS, Everything

if TYPE_CHECKING:
    from lxml.html import HtmlElement

DOCUMENT = re.compile(
    r"[\s\ufeff]*+(?:<\?xml[^>]*>\s*)?(?><!--.*?-->\s*)*+<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL
)
PAGE = re.compile(r"<(?:html|body)\b", re.IGNORECASE)
QUOTED = re.compile(r"<(/?)q\b[^<>]*>", re.IGNORECASE)
"""Round what stands in it, a browser prints quotation marks."""
SIGNS = "".join(map(chr, range(0xFDD0, 0xFDF0)))
"""Characters that no text holds."""
BULLET = re.compile("^- ", re.MULTILINE)
"""What trafilatura writes before an item of a list."""


def is_document(text: str) -> bool:
    """Whether a text is plainly a page of HTML: it starts as one does. A stray tag makes none."""
    return DOCUMENT.match(text) is not None


def words(html: str) -> str:
    """The text of a page or a fragment, e.g. `words("<p>Hi, <b>Ann</b></p><p>Bye</p>") == "Hi, Ann\\nBye"`."""
    clean = QUOTED.sub(lambda tag: "”" if tag[1] else "“", html.translate(CONTROLS))
    everything = Everything.of(clean)
    text = (_article(clean) if PAGE.search(clean) and everything.is_plain else "") or everything.text
    if not text:
        raise TextError("there are no words in the HTML: send the page as a reader gets it, or its words as text")
    return text


def _article(html: str) -> str:
    """What trafilatura takes for the article; nothing where it finds none."""
    from trafilatura import extract, load_html
    from trafilatura.settings import Extractor

    options = Extractor(fast=True, comments=False, tables=False)
    options.min_extracted_size = 1  # below it, trafilatura glues the paragraphs of a short article together
    tree = load_html(html)
    if tree is None:
        return ""
    _tell_apart(tree)
    return BULLET.sub("", extract(tree, options=options) or "")


def _tell_apart(tree: HtmlElement) -> None:
    """Give every text that stands there again a sign of its own: else trafilatura takes it for a copy, and leaves it
    out. It drops the sign, as it does whatever is not printed.
    """
    seen: set[str] = set()
    signs = map("".join, chain.from_iterable(product(SIGNS, repeat=length) for length in count(1)))
    for element in tree.iter("*"):
        for place in ("text", "tail") if element.tag not in ("script", "style") else ("tail",):
            text = getattr(element, place) or ""
            spoken = text.strip()
            if spoken in seen:
                setattr(element, place, text.replace(spoken, next(signs) + spoken, 1))
            if spoken:
                seen.add(spoken)
