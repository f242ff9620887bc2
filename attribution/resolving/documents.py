"""Documents: who speaks in "the report" and "the statement".

In: the mentions of an article as they are read. Out: for a bare nominal, such as "the report", the mention that the last document
of that noun is by. It leaves alone who is meant by anything else (coreference).
"""

from __future__ import annotations

import math

from attribution.resolving.mentions import Mention
from attribution.resolving.nominals import is_bare

NEAR = 8
"""How many sentences further on "the study" may be a survey that somebody made, and "the statement" what somebody said in one."""

Made = tuple[int, float]
"""The number of the mention that made a document, and the last sentence in which that one is still meant."""


class Documents:
    """The makers of the documents spoken of so far."""

    def __init__(self) -> None:
        self.by_noun: dict[str, Made] = {}
        self.last: Made | None = None

    def note(self, number: int, mention: Mention) -> None:
        """Keep in mind what document a mention made or speaks in, as the words of its source or of its sentence say."""
        near = number, mention.sentence + NEAR
        if mention.wrote:
            self.by_noun[mention.wrote] = near
        if mention.document:
            self.by_noun[mention.document] = number, math.inf
            self.last = near

    def maker(self, mention: Mention) -> int | None:
        """Which mention made the document that a bare nominal is: the last of that noun, else the last of all, just before."""
        if mention.type != "document" or not is_bare(mention):
            return None
        known = (made for made in (self.by_noun.get(mention.head), self.last) if made)
        return next((number for number, end in known if mention.sentence <= end), None)
