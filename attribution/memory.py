"""A spaCy memory zone that concurrent readings share. In: a spaCy pipeline. Out: a zone; at its end, spaCy frees the words that
it cached.

spaCy's own zones must not overlap: the end of one would free words that another reading still needs. So a zone begins with the
first reading and ends when the last one is done. Under constant load it would never end, and memory would grow: once a zone has
served ZONE_LIMIT characters, new readings wait for its end.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from threading import Condition

from spacy.language import Language

ZONE_LIMIT = 2_000_000
"""Characters after which a zone accepts no more readings. If all their words differed, it would hold a few hundred megabytes."""


class Zone:
    """A memory zone for readings in any number of threads."""

    def __init__(self, *, limit: int = ZONE_LIMIT) -> None:
        self._limit = limit
        self._change = Condition()
        self._open = ExitStack()
        self._readings = self._served = 0

    @contextmanager
    def __call__(self, nlp: Language, characters: int) -> Iterator[None]:
        """Enter the zone to read `characters` with `nlp`. Only plain data may leave it."""
        with self._change:
            self._change.wait_for(lambda: not self._readings or self._served < self._limit)
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
