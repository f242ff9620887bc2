"""Documents: who speaks in "the report" and "the statement".

In: the mentions of an article as they are read, each with whose it is. Out: for a bare nominal, such as "the report", whoever the
last document of that noun is by. It leaves alone who is meant by anything else (coreference).
"""

from __future__ import annotations

from attribution.resolving.mentions import Mention
from attribution.resolving.names import Cluster
from attribution.resolving.nominals import is_bare

MADE = 0.9
"""How likely "the report" is by whom a report was last said to be."""
NEAR = 8
"""How many sentences further on "the study" may be a survey that somebody made, and "the statement" what somebody said in one."""

Made = tuple[Cluster, int]
"""Who made a document, and the sentence that says so."""


class Documents:
    """The makers of the documents spoken of so far."""

    def __init__(self) -> None:
        self.by_noun: dict[str, Cluster] = {}
        self.spoken: dict[str, Made] = {}
        self.last: Made | None = None

    def note(self, mention: Mention, cluster: Cluster) -> None:
        """Keep in mind what document somebody made, as the words of his source or of his cue say."""
        if mention.wrote:
            self.spoken[mention.wrote] = cluster, mention.sentence
        if mention.document:
            self.by_noun[mention.document] = cluster
            self.last = cluster, mention.sentence

    def maker(self, mention: Mention) -> Cluster | None:
        """Who made the document that a bare nominal is: the last of that noun, else the last of all, just before."""
        if mention.type != "document" or not is_bare(mention):
            return None
        return _near(self.spoken.get(mention.head), mention) or self.by_noun.get(mention.head) or _near(self.last, mention)


def _near(made: Made | None, mention: Mention) -> Cluster | None:
    return made[0] if made and mention.sentence - made[1] <= NEAR else None
