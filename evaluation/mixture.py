"""The load of a long test: mostly articles, mixed with faulty requests.

In: articles. Out: requests drawn at random, in the same order each time: articles, hostile texts that are slow to process, texts
made of random marks, bodies that are not JSON, and connections that are cut off midway.
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
"""The number of each kind in a hundred requests."""
HOSTILE = 4_000
"""Characters of a hostile text; texts made of marks are shorter."""
PIECES = [*"“”‘’\"'—…()\n\r\t\0 😀é", "\u200b", "\u202e", "\u0301", "</p>", "&amp;", "said", "Ann Lee", "that", "it rains"]
HALF = b"POST /v1/quotes HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nContent-Length: 1000\r\n\r\nIt"

Send = Callable[[str], Answer]
"""Sends a request to a service at an address; returns the outcome."""


class Mixture:
    """Draws requests at random. Threads may share it."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._random = Random(0)
        self._texts = texts
        made = (family(HOSTILE) for family in FAMILIES.values())
        self._hostile = [each.text for each in made if not each.page and not each.quote]

    def draw(self) -> Send:
        """The next request."""
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
    """Send half a body, then close the connection."""
    start, parts = perf_counter(), urlsplit(url)
    try:
        with socket.create_connection((parts.hostname or "", parts.port or 80), timeout=60) as connection:
            connection.sendall(HALF)
        return Answer("cut off", perf_counter() - start)
    except OSError:
        return Answer("refused", perf_counter() - start)
