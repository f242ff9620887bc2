"""Extract the text of an HTML page. In: a page, or a fragment of one. Out: its text, one paragraph a line; offsets point into it.

From a page (with <html> or <body>), trafilatura keeps the article and drops menus, comments and tables. A fragment counts as the
article itself, so all its words are kept. All words of a page are kept too where trafilatura finds no article, or where the page
is not plain (`markup`): there trafilatura takes quadratic time and cannot be interrupted.
"""

from __future__ import annotations

import re
from itertools import chain, count, product
from typing import TYPE_CHECKING

from attribution.errors import TextError
from attribution.text.markup import CONTROLS, PageScan

if TYPE_CHECKING:
    from lxml.html import HtmlElement

DOCUMENT = re.compile(
    r"[\s\ufeff]*+(?:<\?xml[^>]*>\s*)?(?><!--.*?-->\s*)*+<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL
)
PAGE = re.compile(r"<(?:html|body)\b", re.IGNORECASE)
QUOTED = re.compile(r"<(/?)q\b[^<>]*>", re.IGNORECASE)
"""Browsers print quotation marks around a <q> element."""
NONCHARACTERS = "".join(map(chr, range(0xFDD0, 0xFDF0)))
"""Code points that Unicode never assigns, so no text contains them."""
BULLET = re.compile("^- ", re.MULTILINE)
"""What trafilatura writes before a list item."""


def is_document(text: str) -> bool:
    """Whether a text starts like an HTML page. A stray tag elsewhere does not count."""
    return DOCUMENT.match(text) is not None


def extract_text(html: str) -> str:
    """The text of a page or a fragment, e.g. `extract_text("<p>Hi, <b>Ann</b></p><p>Bye</p>") == "Hi, Ann\\nBye"`."""
    clean = QUOTED.sub(lambda tag: "”" if tag[1] else "“", html.translate(CONTROLS))
    scan = PageScan.of(clean)
    text = (_article(clean) if PAGE.search(clean) and scan.is_plain else "") or scan.text
    if not text:
        raise TextError("there are no words in the HTML: send the page as a browser shows it, or send its text")
    return text


def _article(html: str) -> str:
    """The article as trafilatura finds it, or an empty string."""
    from trafilatura import extract, load_html
    from trafilatura.settings import Extractor

    options = Extractor(fast=True, comments=False, tables=False)
    options.min_extracted_size = 1  # below this size, trafilatura joins the paragraphs of a short article
    tree = load_html(html)
    if tree is None:
        return ""
    _mark_repeats(tree)
    return BULLET.sub("", extract(tree, options=options) or "")


def _mark_repeats(tree: HtmlElement) -> None:
    """Prefix each repeated text with a unique marker, so that trafilatura does not drop it as a duplicate. It removes the
    markers, as it does all unprintable characters.
    """
    seen: set[str] = set()
    markers = map("".join, chain.from_iterable(product(NONCHARACTERS, repeat=length) for length in count(1)))
    for element in tree.iter("*"):
        for place in ("text", "tail") if element.tag not in ("script", "style") else ("tail",):
            text = getattr(element, place) or ""
            stripped = text.strip()
            if stripped in seen:
                setattr(element, place, text.replace(stripped, next(markers) + stripped, 1))
            if stripped:
                seen.add(stripped)
