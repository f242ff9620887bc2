"""The one memory zone that texts read at the same time share. In: a spaCy pipeline. Out: what spaCy remembers of their words is
forgotten.

spaCy's own zones may not overlap: one that ends would take away what another reading still needs. So a zone begins with the first
reading and ends when none is left. Where there is always one left, it would never end and the memory would grow: once a zone has
served ENOUGH characters, whoever comes waits until it has ended.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from threading import Condition

from spacy.language import Language

ENOUGH = 2_000_000
"""Characters after which a zone takes in nobody more: were no word of them like another, it held some hundred megabytes."""


class Zone:
    """A memory zone for readings in any number of threads."""

    def __init__(self, *, enough: int = ENOUGH) -> None:
        self._enough = enough
        self._change = Condition()
        self._open = ExitStack()
        self._readings = self._served = 0

    @contextmanager
    def __call__(self, nlp: Language, characters: int) -> Iterator[None]:
        """Read `characters` by `nlp` within the zone. Only plain data may be carried out of it."""
        with self._change:
            self._change.wait_for(lambda: not self._readings or self._served < self._enough)
            if not self._readings:
                self._open.enter_context(nlp.memory_zone())
            self._readings += 1
            self._served += characters
        try:
            yield
        finally:
            self._leave()

    def _leave(self) -> None:
        with self._change:
            self._readings -= 1
            if not self._readings:
                self._open.close()
                self._served = 0
                self._change.notify_all()
