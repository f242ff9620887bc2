"""Scan HTML for its words and its shape. In: HTML. Out: a `PageScan`: the words, one block a line, and whether the HTML is as
plain as the pages that people write.

It builds no tree and looks at each tag once, so even hostile HTML takes linear time. It does not look for the article; `html`
leaves that to trafilatura.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from attribution.errors import TextError

CONTROLS = {code: None for code in (*range(32), 0xFFFE, 0xFFFF) if chr(code) not in "\t\n\r"}
"""Characters that no page may contain, literally or as a reference (&#1;). Parsers stop at them."""
INVISIBLE = frozenset(
    {"head", "script", "style", "noscript", "template", "svg", "iframe", "object", "select", "textarea", "button"}
)
INLINE = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd", "label"}
    | {"mark", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"}
)
APART = frozenset({"a", "footer", "nav"})
"""Text that is only inside these is not part of an article: menus, and headlines that link elsewhere."""
BREAK, END_APART = "\u2029", "\u2028\u2029"
"""The end of a line, and the end of a line that is only inside elements of APART."""
WORD = re.compile(r"\w")
MAX_ELEMENTS, MAX_DEPTH, MAX_CHILDREN, MAX_ATTRIBUTES = 8_000, 100, 1_000, 500
"""A plain page has no more elements, no deeper nesting, and no more children or attributes on one element."""
DEPTH_LIMIT = 1_000
"""Deeper HTML is refused: at each end tag, a parser looks through all open elements. Browsers stop at 512."""
CHUNK = 20_000
"""The characters given to the parser at once. It reads them to the end even if they are refused."""


class PageScan:
    """Collects the words and the shape of a document, tag by tag: a parser target of lxml."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._open: list[int] = []
        self._prose = False
        self._hidden = self._apart = self._elements = self._depth = self._children = self._attributes = 0

    @classmethod
    def of(cls, html: str) -> PageScan:
        """The scan of some HTML. Raises TextError if it nests deeper than DEPTH_LIMIT."""
        from lxml.etree import HTMLParser

        scan = cls()
        parser = HTMLParser(target=scan, encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
        if html.strip():
            for start in range(0, len(html), CHUNK):
                parser.feed(html[start : start + CHUNK])
            parser.close()
        return scan

    @property
    def text(self) -> str:
        """The visible text, one block a line."""
        return "\n".join(line for part in self._lines() if (line := " ".join(part.split())))

    @property
    def prose(self) -> list[str]:
        """The lines of the text that are not only inside elements of APART."""
        return [" ".join(part.split()) for part in self._lines() if not part.endswith(END_APART[0])]

    def _lines(self) -> list[str]:
        return "".join(self._parts).translate(CONTROLS).split(BREAK)

    @property
    def is_plain(self) -> bool:
        """Whether it has the shape of a page that people write."""
        return (
            self._elements <= MAX_ELEMENTS
            and self._depth <= MAX_DEPTH
            and self._children <= MAX_CHILDREN
            and self._attributes <= MAX_ATTRIBUTES
        )

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Handle a start tag."""
        if self._open:
            self._open[-1] += 1
            self._children = max(self._children, self._open[-1])
        self._open.append(0)
        self._elements += 1
        self._depth = max(self._depth, len(self._open))
        self._attributes = max(self._attributes, len(attributes))
        if self._depth > DEPTH_LIMIT:
            raise TextError(f"the HTML nests more than {DEPTH_LIMIT:,} elements deep: send its words as text")
        self._hidden += bool(self._hidden) or tag in INVISIBLE
        self._break_line(tag)
        self._apart += bool(self._apart) or tag in APART

    def end(self, tag: str) -> None:
        """Handle an end tag."""
        self._open.pop()
        self._break_line(tag)
        self._hidden -= bool(self._hidden)
        self._apart -= bool(self._apart)

    def data(self, text: str) -> None:
        """Handle text."""
        if not self._hidden:
            self._parts.append(text)
            self._prose |= not self._apart and WORD.search(text) is not None

    def close(self) -> PageScan:
        """Finish; lxml returns what this returns."""
        return self

    def _break_line(self, tag: str) -> None:
        """Add a line break at the edge of a block element."""
        if not self._hidden and tag not in INLINE:
            self._parts.append(BREAK if self._prose else END_APART)
            self._prose = False
