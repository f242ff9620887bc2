"""The door's one handle on the core: it calls `extract` and knows whether the trained pipeline has been warmed.

In: a valid order. Out: the `Article`. It checks nothing and catches nothing; `problems` turns what the core raises into answers.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, cast

from flask import current_app

from api.orders import Order
from attribution.data import Article

WARM_UP_TEXT = "“The bridge opens on Monday,” Ann Lee of the Ministry of Transport (MoT) said."
"""A name, and an acronym: what reads those is loaded when first needed."""


class Extract(Protocol):
    """What `attribution.extract` looks like from here, and what a test puts in its place."""

    def __call__(self, text: str, *, article_id: str | None = None, attitudes: bool = False) -> Article:
        """Find every quotation in `text`."""


class Reader:
    """Reads articles by `guarded`, and warms up by `extract`. `warm` turns true with the first article read to its end."""

    def __init__(self, extract: Extract, guarded: Callable[..., Article]) -> None:
        self._extract = extract
        self._guarded = guarded
        self.warm = False

    def read(self, order: Order, *, patient: bool = False) -> Article:
        """The answer to one order; where there is no room for its text just now, whoever is `patient` waits."""
        article = self._guarded(order.text, patient=patient, article_id=order.id, attitudes=order.attitudes)
        self.warm = True
        return article

    def warm_up(self) -> None:
        """Load the pipeline and read one sentence, unless an article has been read before: the first one costs seconds."""
        if not self.warm:
            self._extract(WARM_UP_TEXT)
            self.warm = True


def current_reader() -> Reader:
    """The reader of the app that answers this request."""
    return cast(Reader, current_app.extensions["reader"])
