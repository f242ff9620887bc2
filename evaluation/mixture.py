"""What a service is sent over an hour: articles for the most part, and between them what goes wrong with requests.

In: articles. Out: one request after the other, drawn at random, in the same order each time: articles, texts made up to be slow
to read, texts put together from marks, bodies that are no JSON, and connections that are cut off midway.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from random import Random
from time import perf_counter
from urllib.parse import urlsplit

from evaluation.attack import JSON
from evaluation.clients import TEXT, Answer, send_request
from evaluation.hostile import FAMILIES

SHARES = {"article": 80, "hostile": 6, "marks": 6, "no JSON": 4, "cut off": 4}
"""Of a hundred requests."""
HOSTILE = 4_000
"""Characters of a text that is made up to be slow to read; of marks there are fewer."""
PIECES = [*"“”‘’\"'—…()\n\r\t\0 😀é", "\u200b", "\u202e", "\u0301", "</p>", "&amp;", "said", "Ann Lee", "that", "it rains"]
HALF = b"POST /v1/quotes HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nContent-Length: 1000\r\n\r\nIt"

Send = Callable[[str], Answer]
"""Sends something to a service at an address; gives what became of it."""


class Mixture:
    """Draws requests. Threads may draw side by side."""

    def __init__(self, texts: Sequence[str], seed: int = 0) -> None:
        self._random = Random(seed)
        self._texts = texts
        made = (family(HOSTILE) for family in FAMILIES.values())
        self._hostile = [each.text for each in made if not each.page and not each.quote]

    def draw(self) -> Send:
        """One request."""
        (kind,) = self._random.choices(list(SHARES), list(SHARES.values()))
        match kind:
            case "article":
                return _text(self._random.choice(self._texts))
            case "hostile":
                return _text(self._random.choice(self._hostile))
            case "marks":
                return _text(" ".join(self._random.choices(PIECES, k=200)))
            case "no JSON":
                return lambda url: send_request(f"{url}/v1/quotes", b'{"text": ', JSON)
            case _:
                return cut_off


def _text(text: str) -> Send:
    return lambda url: send_request(f"{url}/v1/quotes", text.encode(), TEXT)


def cut_off(url: str) -> Answer:
    """Send half a body, and go."""
    start, parts = perf_counter(), urlsplit(url)
    try:
        with socket.create_connection((parts.hostname or "", parts.port or 80), timeout=60) as connection:
            connection.sendall(HALF)
        return Answer("cut off", perf_counter() - start)
    except OSError:
        return Answer("refused", perf_counter() - start)
