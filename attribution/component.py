"""The whole pipeline as one spaCy component: `nlp.add_pipe("attribution")`.

In: a Doc of any spaCy pipeline; only its text is used. Out: the same Doc with `doc._.quotes`, `doc._.speakers` and
`doc.spans["quotes"]`. Its tokens, sentences, names and vectors do not change. The trained pipeline comes with the library, so it
is not saved with the pipeline that uses the component.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from attribution.findings import SAVED, add_extension, add_spans
from attribution.pipeline import MEMORY_ZONE, load
from attribution.text import lines, tokens


@Language.factory("attribution", assigns=["doc._.quotes", "doc._.speakers", "doc.spans"])
def make_attribution(nlp: Language, name: str) -> Attributor:
    """Build the component, which loads the trained pipeline at the first Doc."""
    return Attributor()


class Attributor:
    """Finds the quotes and speakers of Docs."""

    def __init__(self) -> None:
        for extension in SAVED:
            add_extension(extension)

    def __call__(self, doc: Doc) -> Doc:
        nlp, text = load(), doc.text
        with MEMORY_ZONE(nlp, len(text)):
            found = nlp(tokens.tokenize(nlp, text))
            doc._.quotes, doc._.speakers = (lines.restore(each, text) for each in (found._.quotes, found._.speakers))
        add_spans(doc)
        return doc
