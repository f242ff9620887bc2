"""The door's one handle on the core: it calls `extract` and `verify`, and knows whether the trained pipeline has been warmed.

In: a valid order. Out: the `Article` or the `Verification`. It checks nothing and catches nothing; `problems` turns what the core
raises into answers.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from flask import current_app

from attribution.data import Article, Model, Verification
from attribution.text import html

from .guard import Guard
from .orders import Order

WARM_UP_TEXT = "“The bridge opens on Monday,” Ann Lee of the Ministry of Transport (MoT) said."
"""A name, an acronym, and long enough to have a language: what reads those is loaded when first needed."""

Extract = Callable[..., Article]
"""What `attribution.extract` looks like from here, and what a test puts in its place: a text and options in, an article out."""
Verify = Callable[..., Verification]
"""The same for `attribution.verify`."""
Trained = Callable[[], Model]
"""The same for `attribution.trained`."""


class Reader:
    """Reads articles by `extract` and `verify`, behind a guard. `warm` turns true with the first one that was read to its end."""

    def __init__(self, extract: Extract, verify: Verify, trained: Trained, guard: Guard) -> None:
        self._extract = extract
        self._verify = verify
        self.model = trained
        self._guard = guard
        self.warm = False

    def read(self, order: Order, *, patient: bool = False) -> Article:
        """The answer to one order; where there is no room for its text just now, whoever is `patient` waits."""
        article = self._guard(self._extract, order, patient=patient)
        self.warm = True
        return article

    def verify(self, order: Order) -> Verification:
        """The answer to an order whose options name a quote."""
        verification = self._guard(self._verify, order)
        self.warm = True
        return verification

    def warm_up(self) -> None:
        """Load the pipeline and read one sentence, unless an article has been read before: the first one costs seconds. What
        reads HTML is loaded too, so that the workers share it.
        """
        if not self.warm:
            html.extract_text(f"<html><p>{WARM_UP_TEXT}</p></html>")
            self._extract(WARM_UP_TEXT)
            self.warm = True


def current_reader() -> Reader:
    """The reader of the app that answers this request."""
    return cast(Reader, current_app.extensions["reader"])
