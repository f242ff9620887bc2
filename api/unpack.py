"""Decompresses bodies of gzip and zstd, chunk by chunk.

In: the chunks of a body as they arrive. Out: the decompressed chunks, or a `Problem` that says what to send. It sets no limit on
the size, but decompresses only as much as the caller takes, so the caller can stop at a limit.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from backports.zstd import DecompressionParameter, ZstdDecompressor, ZstdError

from .failures import Failure
from .problems import Problem

GZIP = zlib.MAX_WBITS | 16
"""zlib's window bits for gzip format, with header and checksum."""
MAX_WINDOW = 23
"""Decompressing takes as much memory as the window: 2 to this power, 8 MiB, the largest that RFC 9659 allows."""
MAX_FRAMES = 10_000
"""A body of more frames is refused: each takes time, even if it is empty. By default, a stream has no more lines than this."""


def gunzip(chunks: Iterable[bytes], size: int) -> Iterator[bytes]:
    """Decompress gzip into chunks of at most `size` bytes. There may be several members, as in `cat a.gz b.gz`."""
    member = None
    for chunk in chunks:
        while chunk:
            if not member or member.eof:
                member = zlib.decompressobj(GZIP)
            try:
                yield member.decompress(chunk, size)
            except zlib.error:
                raise _broken_gzip() from None
            chunk = member.unused_data or member.unconsumed_tail
    if member and not member.eof:
        raise _broken_gzip()


def unzstd(chunks: Iterable[bytes], size: int) -> Iterator[bytes]:
    """Decompress zstd into chunks of at most `size` bytes. There may be several frames, as in `cat a.zst b.zst`."""
    frame, frames = None, 0
    for chunk in chunks:
        while chunk:
            if not frame or frame.eof:
                frame, frames = ZstdDecompressor(options={DecompressionParameter.window_log_max: MAX_WINDOW}), frames + 1
            if frames > MAX_FRAMES:
                raise _broken_zstd()
            yield from _unframe(frame, chunk, size)
            chunk = frame.unused_data
    if frame and not frame.eof:
        raise _broken_zstd()


def _unframe(frame: ZstdDecompressor, chunk: bytes, size: int) -> Iterator[bytes]:
    """What `chunk` adds to a frame. Unlike zlib, the decompressor itself holds what it has not decompressed yet."""
    try:
        yield frame.decompress(chunk, size)
        while not frame.eof and not frame.needs_input:
            yield frame.decompress(b"", size)
    except ZstdError:
        raise _broken_zstd() from None


def _broken_gzip() -> Problem:
    return Problem(
        Failure.BROKEN_GZIP,
        "The Content-Encoding is gzip, but the body is not complete, valid gzip. Compress it again, for example with: gzip "
        "article.txt. Or send it uncompressed, without Content-Encoding.",
    )


def _broken_zstd() -> Problem:
    return Problem(
        Failure.BROKEN_ZSTD,
        f"The Content-Encoding is zstd, but the body is not complete, valid zstd with a window of at most 8 MiB and at most "
        f"{MAX_FRAMES:,} frames. Compress it again, for example with: zstd article.txt (without --ultra and --long). Or send it "
        "uncompressed, without Content-Encoding.",
    )
