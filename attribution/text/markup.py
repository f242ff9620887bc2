"""All the words of some HTML, and what shape it has. In: HTML. Out: `Everything`: its words, a block a line, and whether it is as
plain as the pages that people write.

No tree is made: each tag is looked at once as it comes, so that time grows with the length and with nothing else, whatever
somebody has made up. What of it is the article, `html` asks of trafilatura.
"""

from __future__ import annotations

from collections.abc import Mapping

from attribution.errors import TextError

CONTROLS = {code: None for code in (*range(32), 0xFFFE, 0xFFFF) if chr(code) not in "\t\n\r"}
"""What no page may hold, written out or as a reference (&#1;), and at which parsers stop."""
UNPRINTED = frozenset(
    {"head", "script", "style", "noscript", "template", "svg", "iframe", "object", "select", "textarea", "button"}
)
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
MOST_ELEMENTS, DEEPEST, WIDEST, MOST_ATTRIBUTES = 8_000, 100, 1_000, 500
"""So many elements a plain page holds, so deep and so many in one, and so many attributes an element."""
NO_DEEPER = 1_000
"""Over an end tag a parser looks through all that is open. Browsers end at 512."""


class Everything:
    """What is told of a document, tag by tag. It goes no deeper than NO_DEEPER."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._open: list[int] = []
        self._hidden = self._elements = self._deepest = self._widest = self._attributes = 0

    @classmethod
    def of(cls, html: str) -> Everything:
        """All of some HTML. Raises TextError for one that nests deeper than any page."""
        from lxml.etree import HTMLParser, fromstring

        found = cls()
        parser = HTMLParser(target=found, encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
        if html.strip():
            fromstring(html.encode(), parser=parser)
        return found

    @property
    def text(self) -> str:
        """All that would be printed, a block a line."""
        lines = (" ".join(line.split()) for line in "".join(self._parts).translate(CONTROLS).split(BREAK))
        return "\n".join(line for line in lines if line)

    @property
    def is_plain(self) -> bool:
        """Whether it has the shape of a page that people write."""
        return (
            self._elements <= MOST_ELEMENTS
            and self._deepest <= DEEPEST
            and self._widest <= WIDEST
            and self._attributes <= MOST_ATTRIBUTES
        )

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        if self._open:
            self._open[-1] += 1
            self._widest = max(self._widest, self._open[-1])
        self._open.append(0)
        self._elements += 1
        self._deepest = max(self._deepest, len(self._open))
        self._attributes = max(self._attributes, len(attributes))
        if self._deepest > NO_DEEPER:
            raise TextError(f"the HTML nests deeper than {NO_DEEPER:,} elements, as no page does: send its words as text")
        self._hidden += bool(self._hidden) or tag in UNPRINTED
        self._set_apart(tag)

    def end(self, tag: str) -> None:
        """An element ends."""
        self._open.pop()
        self._set_apart(tag)
        self._hidden -= bool(self._hidden)

    def data(self, text: str) -> None:
        """Text stands there."""
        if not self._hidden:
            self._parts.append(text)

    def close(self) -> Everything:
        """All has been told."""
        return self

    def _set_apart(self, tag: str) -> None:
        """Put a break round what stands on lines of its own."""
        if not self._hidden and tag not in INLINE:
            self._parts.append(BREAK)
