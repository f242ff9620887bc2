"""Bodies that come as gzip, expanded piece by piece.

In: the pieces of a body as they come. Out: what they expand to, in pieces of a size, or a `Problem` that says what to send. It
counts nothing: no more is expanded than is taken, so whoever takes it may stop where a limit is reached.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from .failures import Failure
from .problems import Problem

GZIP = zlib.MAX_WBITS | 16
"""How zlib is told that it is gzip, with a head and a checksum."""


def expanded(pieces: Iterable[bytes], size: int) -> Iterator[bytes]:
    """What some gzip expands to, in pieces of at most `size`. It may have several members, as `cat a.gz b.gz` makes it."""
    member = None
    for piece in pieces:
        while piece:
            if not member or member.eof:
                member = zlib.decompressobj(GZIP)
            try:
                yield member.decompress(piece, size)
            except zlib.error:
                raise _broken() from None
            piece = member.unused_data or member.unconsumed_tail
    if member and not member.eof:
        raise _broken()


def _broken() -> Problem:
    return Problem(
        Failure.BROKEN_GZIP,
        "The body is no whole gzip, though its Content-Encoding says so. Compress it anew, for example with: gzip article.txt; "
        "or send it as it is, without Content-Encoding.",
    )
