"""Decompresses gzip bodies, chunk by chunk.

In: the chunks of a body as they arrive. Out: the decompressed chunks, or a `Problem` that says what to send. It sets no limit,
but decompresses only as much as the caller takes, so the caller can stop at a limit.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from .failures import Failure
from .problems import Problem

GZIP = zlib.MAX_WBITS | 16
"""zlib's window bits for gzip format, with header and checksum."""


def decompress(chunks: Iterable[bytes], size: int) -> Iterator[bytes]:
    """Decompress gzip into chunks of at most `size` bytes. There may be several members, as in `cat a.gz b.gz`."""
    member = None
    for chunk in chunks:
        while chunk:
            if not member or member.eof:
                member = zlib.decompressobj(GZIP)
            try:
                yield member.decompress(chunk, size)
            except zlib.error:
                raise _broken() from None
            chunk = member.unused_data or member.unconsumed_tail
    if member and not member.eof:
        raise _broken()


def _broken() -> Problem:
    return Problem(
        Failure.BROKEN_GZIP,
        "The Content-Encoding is gzip, but the body is not complete, valid gzip. Compress it again, for example with: gzip "
        "article.txt. Or send it uncompressed, without Content-Encoding.",
    )
