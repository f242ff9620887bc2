"""The whole pipeline as one component of another: `nlp.add_pipe("attribution")`.

In: a Doc of any spaCy pipeline, of which only the text is read. Out: the same Doc with `doc._.quotes`, `doc._.speakers` and
`doc.spans["quotes"]`; its tokens, sentences, names and vectors stay what they were. What finds them is the trained pipeline that
the library ships, so nothing of it is saved with the other.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from attribution.findings import SAVED, extend, mark
from attribution.pipeline import READING, load
from attribution.text import lines, tokens


@Language.factory("attribution", assigns=["doc._.quotes", "doc._.speakers", "doc.spans"])
def make_attribution(nlp: Language, name: str) -> Attributor:
    """Build the component; the trained pipeline is loaded with the first Doc."""
    return Attributor()


class Attributor:
    """Finds the quotes and speakers of Docs."""

    def __init__(self) -> None:
        for extension in SAVED:
            extend(extension)

    def __call__(self, doc: Doc) -> Doc:
        nlp, text = load(), doc.text
        with READING(nlp, len(text)):
            found = nlp(tokens.tokenize(nlp, text))
            doc._.quotes, doc._.speakers = (lines.restore(each, text) for each in (found._.quotes, found._.speakers))
        mark(doc)
        return doc
