"""The frame of a step that holds nothing trained. In: a function that finds something in a Doc. Out: a spaCy component that
writes what was found into the Doc's extensions. It decides nothing itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from spacy.tokens import Doc

from attribution.findings import extend
from attribution.watch import done


class Step:
    """A component without state. `find` takes a Doc, touches nothing and returns the value of the one extension of the Doc, or a
    tuple with a value for each.
    """

    def __init__(self, find: Callable[[Doc], Any], *extensions: str) -> None:
        self.find = find
        self.extensions = extensions
        for name in extensions:
            extend(name)

    def __call__(self, doc: Doc) -> Doc:
        self.set_annotations([doc], self.predict([doc]))
        done(self.extensions[-1])
        return doc

    def predict(self, docs: Iterable[Doc]) -> list[Any]:
        """What is found in some Docs; changes nothing."""
        return [self.find(doc) for doc in docs]

    def set_annotations(self, docs: Iterable[Doc], found: Iterable[Any]) -> None:
        """Write what `predict` found into the Docs."""
        for doc, values in zip(docs, found, strict=True):
            for name, value in zip(self.extensions, values if len(self.extensions) > 1 else (values,), strict=True):
                doc._.set(name, value)
