"""Documents: who speaks in "the report" and "the statement".

In: the mentions of an article as they are read, each with whose it is. Out: for a bare nominal, such as "the report", whoever the
last document of that noun is by. It leaves alone who is meant by anything else (coreference).
"""

from __future__ import annotations

import math

from attribution.resolving.mentions import Mention
from attribution.resolving.names import Cluster
from attribution.resolving.nominals import is_bare

MADE = 0.9
"""How likely "the report" is by whom a report was last said to be."""
NEAR = 8
"""How many sentences further on "the study" may be a survey that somebody made, and "the statement" what somebody said in one."""

Made = tuple[Cluster, float]
"""Who made a document, and the last sentence in which he is still meant."""


class Documents:
    """The makers of the documents spoken of so far."""

    def __init__(self) -> None:
        self.by_noun: dict[str, Made] = {}
        self.last: Made | None = None

    def note(self, mention: Mention, cluster: Cluster) -> None:
        """Keep in mind what document somebody made or speaks in, as the words of his source or of his sentence say."""
        near = cluster, mention.sentence + NEAR
        if mention.wrote:
            self.by_noun[mention.wrote] = near
        if mention.document:
            self.by_noun[mention.document] = cluster, math.inf
            self.last = near

    def maker(self, mention: Mention) -> Cluster | None:
        """Who made the document that a bare nominal is: the last of that noun, else the last of all, just before."""
        if mention.type != "document" or not is_bare(mention):
            return None
        known = (made for made in (self.by_noun.get(mention.head), self.last) if made)
        return next((cluster for cluster, end in known if mention.sentence <= end), None)
