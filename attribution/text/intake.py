"""Take articles in. In: bytes, text or HTML. Out: the text, neither repaired nor normalised, or an error that says what is wrong.

The library, the command, batches and the service all use these checks. What the sender should do depends on how they sent it, so
the service and the command put some of these errors into their own words.
"""

from __future__ import annotations

import codecs
import json
import re
import sys
from collections.abc import Iterator, Mapping
from itertools import count
from typing import IO, Any, Literal

from attribution.errors import TextError
from attribution.text import html as pages

MAX_CHARACTERS = 1_000_000
"""The most code points in a text."""
_TEXT_STARTS = ("%PDF-", r"{\rtf")
"""How a PDF begins, and RTF. Both may be text without an invalid byte."""
FILE_STARTS = (*(start.encode() for start in _TEXT_STARTS), b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""The same as bytes, and how a newer Word file (and any zip) begins, and an older one."""
NOT_A_TEXT = "This is not a text file. Open it in its own program, copy the text, and send that."
ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
NO_FETCHING = "This is an address, and nothing is fetched: send the text or the HTML of the page."
Mistake = Literal["page", "file", "json", "address"]
"""What is sent in place of an article: a page of HTML as text, a file of another program, JSON with an article, or an address."""
REFUSALS: Mapping[Mistake, str] = {
    "page": "the text is an HTML page: give it as html",
    "file": "the article is a file of another program, such as a PDF: open it there, copy the text, and give that",
    "json": "the article is JSON: parse it, and give its text or html",
    "address": "the article is an address, and nothing is fetched: give the text or the HTML of the page",
}


class EncodingError(TextError):
    """Bytes are not UTF-8. `encoding` is what they probably are, as iconv names it."""

    def __init__(self, message: str, encoding: str) -> None:
        super().__init__(message)
        self.encoding = encoding


def decode(data: bytes) -> str:
    """Decode UTF-8. Raises EncodingError, e.g. `not UTF-8: byte 3 (0xE9) is invalid`, and TextError for a PDF or the like."""
    if data.startswith(FILE_STARTS):
        raise TextError(NOT_A_TEXT)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            raise EncodingError("UTF-16", "UTF-16") from None
        wrong = f"not UTF-8: byte {error.start} (0x{data[error.start]:02X}) is invalid"
        raise EncodingError(wrong, "WINDOWS-1252") from None


def lines(stream: IO[bytes], limit: int = sys.maxsize - 1) -> Iterator[tuple[int, bytes]]:
    """The lines that are not blank, with their numbers, counted from 1. A line of more than `limit` bytes is cut one byte after
    the limit, which shows that it is too large.
    """
    for number in count(1):
        line = end = stream.readline(limit + 1)
        while len(end) > limit and not end.endswith(b"\n"):
            end = stream.readline(limit + 1)
        if not line:
            return
        if line.strip() or len(line) > limit:
            yield number, line


def parse_json(text: str, **hooks: Any) -> Any:
    """Parse JSON, which may begin with a byte order mark. The hooks are those of `json.loads`, and so are the errors. A line end
    at the end is no part of the JSON: an error there is on the line before it.
    """
    return json.loads(text.removeprefix("\ufeff").rstrip("\r\n"), **hooks)


def half_pair(text: str) -> int | None:
    """The position of the first half of a surrogate pair, which is not valid Unicode: no encoding can represent it."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        return error.start
    return None


def is_blank(text: str) -> bool:
    """Whether a text is empty, or white space."""
    return not text.strip()


def mistake(content: str, form: str = "text") -> Mistake | None:
    """What the content of an article is if it is no article. `form` says whether it was sent as text or as html."""
    content = content.removeprefix("\ufeff").strip()
    if form == "text" and pages.is_document(content):
        return "page"
    if content.startswith(_TEXT_STARTS):
        return "file"
    if ADDRESS.fullmatch(content):
        return "address"
    return "json" if content.startswith("{") and _holds_article(content) else None


def _holds_article(content: str) -> bool:
    """Whether a text is a JSON object with an article, or lines of them."""
    try:
        first, end = json.JSONDecoder().raw_decode(content)
    except (ValueError, RecursionError):
        return False
    return not {"text", "html"}.isdisjoint(first) and content[end:].lstrip()[:1] in ("", "{")


def article_text(text: str | None = None, html: str | None = None) -> pages.ArticleText:
    """The text of an article that is given either as text or as HTML. A text is not checked."""
    for name, given in (("text", text), ("html", html)):
        if not isinstance(given, str | None):
            raise TypeError(f"{name} is {type(given).__name__}: give the article itself as a str, such as Path(file).read_text()")
    if (text is None) == (html is None):
        raise TextError("give the article either as text or as html, exactly one of them")
    if html is None:
        return pages.ArticleText(text or "")
    _check_unicode(html)
    _check_mistake(html, "html")
    return pages.extract(html)


def check_text(text: str) -> None:
    """Raise TextError for a text that cannot be read."""
    if is_blank(text):
        raise TextError("the text is empty: send the article's text")
    if len(text) > MAX_CHARACTERS:
        raise TextError(f"the text has {len(text):,} characters, the limit is {MAX_CHARACTERS:,}: send it in parts")
    _check_mistake(text, "text")
    _check_unicode(text)


def _check_mistake(content: str, form: str) -> None:
    if found := mistake(content, form):
        raise TextError(REFUSALS[found])


def _check_unicode(text: str) -> None:
    if (place := half_pair(text)) is not None:
        raise TextError(f"character {place} is half a surrogate pair, which is invalid Unicode: send the whole character")
