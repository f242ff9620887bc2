"""Extract the text of an HTML page. In: a page, or a fragment of one. Out: its text, one paragraph a line; offsets point into it.
And a warning if it is more than the article, or may be less.

From a page (with <html> or <body>), trafilatura keeps the article and drops menus, comments and tables. A fragment counts as the
article itself, so all its words are kept. All words of a page are kept too where trafilatura finds no article, or where the page
is not plain (`markup`): there trafilatura takes quadratic time and cannot be interrupted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain, count, islice, product
from textwrap import shorten
from typing import TYPE_CHECKING
from unicodedata import normalize

from attribution.data import ArticleWarning
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
WORD = re.compile(r"\w+")
FORMATTING = re.compile("[\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
"""Soft hyphens and the like, which trafilatura removes."""
NONCHARACTERS = "".join(map(chr, range(0xFDD0, 0xFDF0)))
"""Code points that Unicode never assigns, so no text contains them."""
BULLET = re.compile("^- ", re.MULTILINE)
"""What trafilatura writes before a list item."""
SURE_MARKS = frozenset('"“”„«»‘')
"""Quotation marks that are no apostrophes."""
RUN = 10
"""A line of a page was left out if its article has none of the line's runs of this many words. Shorter lines do not count."""
SHOWN = 3
"""How many of the lines that were left out a warning shows: the first may be of a cookie banner."""
WHOLE_PAGE = ArticleWarning(
    "whole-page",
    "No article could be recognised in the HTML page, so all its words were read, menus and comments too: send only the "
    "article's part of the HTML, or its text.",
)


@dataclass(frozen=True, slots=True)
class ArticleText:
    """The text of an article, and the warnings about how it was found."""

    text: str
    warnings: tuple[ArticleWarning, ...] = ()


def is_document(text: str) -> bool:
    """Whether a text starts like an HTML page. A stray tag elsewhere does not count."""
    return DOCUMENT.match(text) is not None


def extract_text(html: str) -> str:
    """The text of a page or a fragment, e.g. `extract_text("<p>Hi, <b>Ann</b></p><p>Bye</p>") == "Hi, Ann\\nBye"`."""
    return extract(html).text


def extract(html: str) -> ArticleText:
    """The text of a page or a fragment, with a warning if a page has no recognisable article, or if quotation marks are not in
    its article.
    """
    clean = QUOTED.sub(lambda tag: "”" if tag[1] else "“", html.translate(CONTROLS))
    scan = PageScan.of(clean)
    is_page = PAGE.search(clean) is not None
    article = _article(clean) if is_page and scan.is_plain else ""
    if article:
        return ArticleText(article, _left_out(scan.prose, article))
    if not scan.text:
        raise TextError("there are no words in the HTML: send the page as a browser shows it, or send its text")
    return ArticleText(scan.text, (WHOLE_PAGE,) if is_page else ())


def _left_out(lines: Iterable[str], article: str) -> tuple[ArticleWarning, ...]:
    """A warning if lines of the page with quotation marks are not in its article: posts of a live blog, tables, captions."""
    kept = _runs(article)
    quoting = (line for line in lines if SURE_MARKS & set(line))
    lost = [line for line in quoting if (runs := _runs(line)) and not runs & kept]
    if not lost:
        return ()
    shown = "; ".join(shorten(line[:100], 60, placeholder=" …") for line in lost[:SHOWN])
    more = f"; and {len(lost) - SHOWN:,} more" if len(lost) > SHOWN else ""
    detail = (
        "Text with quotation marks was left out, because it did not seem to belong to the article of the HTML page "
        f"({shown}{more}): if it does, send only the article's part of the HTML, or its text."
    )
    return (ArticleWarning("left-out", detail),)


def _runs(text: str) -> set[int]:
    """The hashes of all runs of RUN words in a text; the runs themselves would take much more memory."""
    words = WORD.findall(FORMATTING.sub("", normalize("NFC", text)))
    return set(map(hash, zip(*(islice(words, start, None) for start in range(RUN)), strict=False)))


def _article(html: str) -> str:
    """The article as trafilatura finds it, or an empty string."""
    from trafilatura import extract as extract_article
    from trafilatura import load_html
    from trafilatura.settings import Extractor

    options = Extractor(fast=True, comments=False, tables=False)
    options.min_extracted_size = 1  # below this size, trafilatura joins the paragraphs of a short article
    tree = load_html(html)
    if tree is None:
        return ""
    _mark_repeats(tree)
    return BULLET.sub("", extract_article(tree, options=options) or "")


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
