"""The base of the untrained steps. In: a function that computes something from a Doc. Out: a spaCy component that writes the
result into the Doc's extensions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from spacy.tokens import Doc

from attribution.findings import add_extension
from attribution.watch import report_done


class Step:
    """A component without state. `find` takes a Doc, changes nothing, and returns the value of the extension, or a tuple with the
    value of each of several.
    """

    def __init__(self, find: Callable[[Doc], Any], *extensions: str) -> None:
        self.find = find
        self.extensions = extensions
        for name in extensions:
            add_extension(name)

    def __call__(self, doc: Doc) -> Doc:
        self.set_annotations([doc], self.predict([doc]))
        report_done(self.extensions[-1])
        return doc

    def predict(self, docs: Iterable[Doc]) -> list[Any]:
        """The results for some Docs; changes nothing."""
        return [self.find(doc) for doc in docs]

    def set_annotations(self, docs: Iterable[Doc], found: Iterable[Any]) -> None:
        """Write the results of `predict` into the Docs."""
        for doc, values in zip(docs, found, strict=True):
            for name, value in zip(self.extensions, values if len(self.extensions) > 1 else (values,), strict=True):
                doc._.set(name, value)
