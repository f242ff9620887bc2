"""The service's only access to the library: calls `extract` and `verify`, and knows whether the pipeline is warm.

In: a valid job. Out: the `Article` or the `Verification`. It validates nothing and catches nothing; `problems` turns the
library's errors into responses.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from flask import current_app

from attribution.data import Article, Model, Verification
from attribution.text import html

from .guard import Guard
from .jobs import Job

WARM_UP_TEXT = "“The bridge opens on Monday,” Ann Lee of the Ministry of Transport (MoT) said." + 50 * " It is what it is."
"""A text with a name and an acronym, long enough for language detection: the code for each is loaded on first use. It fills a
window of the network, which from then on needs no more memory.
"""

Extract = Callable[..., Article]
"""The type of `attribution.extract`, and of its stand-ins in tests: text and options in, an article out."""
Verify = Callable[..., Verification]
"""The same for `attribution.verify`."""
Trained = Callable[[], Model]
"""The same for `attribution.trained`."""


class Reader:
    """Reads articles with `extract` and `verify`, behind a guard. `warm` becomes true once an article has been read."""

    def __init__(self, extract: Extract, verify: Verify, trained: Trained, guard: Guard) -> None:
        self._extract = extract
        self._verify = verify
        self.model = trained
        self._guard = guard
        self.warm = False

    def extract(self, job: Job, *, wait: bool = False) -> Article:
        """The article's quotes. If the service is busy, wait or, without `wait`, raise a Problem."""
        article = self._guard(self._extract, job, wait=wait)
        self.warm = True
        return article

    def verify(self, job: Job) -> Verification:
        """The verification of the quote in the job's options."""
        verification = self._guard(self._verify, job)
        self.warm = True
        return verification

    def warm_up(self) -> None:
        """Unless the pipeline is warm, read a paragraph, which loads the pipeline and the HTML parser and takes seconds."""
        if not self.warm:
            html.extract_text(f"<html><p>{WARM_UP_TEXT}</p></html>")
            self._extract(WARM_UP_TEXT)
            self.warm = True


def current_reader() -> Reader:
    """The reader of the app that handles this request."""
    return cast(Reader, current_app.extensions["reader"])
