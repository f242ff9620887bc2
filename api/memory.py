"""The memory of a process of the service: keeps its use small, and says how much is left.

In: the limit of address space that the system sets (`ulimit -v`), and the memory in use. Out: bytes that are still free. It
refuses nothing. `admission` does that before a library runs out of memory, because some libraries then end the process.
"""

from __future__ import annotations

import ctypes
import math
import re
import resource
import threading
from contextlib import suppress
from pathlib import Path

HEAPS = -8
"""M_ARENA_MAX in glibc's malloc.h."""
STACK = 2 << 20
"""Bytes of address space for the stack of a thread. The usual 8 MiB for each client would take more than anything else."""
RESERVE = 64 << 20
"""Bytes that no article may use: for requests that are not articles, for new threads, and for what an estimate misses."""
BYTES_PER_WORD = 8 << 10
"""Bytes to read a word, most of them for its links to the other words of its window: five times 224 numbers."""
BYTES_PER_MARKUP = 100
"""Bytes of the parsed tree for each character of HTML, if a page is nearly all tags; other pages take fewer."""
WORD = re.compile(r"\w+|[^\w\s]")
SIZES = Path("/proc/self/statm")


class _Heap(ctypes.Structure):
    """What `mallinfo2` of glibc returns: ten sizes, of which the ninth is that of all free blocks."""

    _fields_ = (("before", ctypes.c_size_t * 8), ("free", ctypes.c_size_t), ("after", ctypes.c_size_t))


def keep_small() -> None:
    """Use one heap for all threads, and small stacks. Call this before any thread starts."""
    with suppress(AttributeError):  # not glibc
        ctypes.CDLL(None).mallopt(HEAPS, 1)
    threading.stack_size(STACK)


def needed(text: str) -> int:
    """Roughly the most bytes that reading a text takes."""
    return BYTES_PER_WORD * sum(1 for _ in WORD.finditer(text))


def room() -> float:
    """The bytes that articles may still use; infinite without a limit, and where the system does not say what is in use."""
    limit, _ = resource.getrlimit(resource.RLIMIT_AS)
    if limit == resource.RLIM_INFINITY or not SIZES.exists():
        return math.inf
    pages = int(SIZES.read_text(encoding="ascii").split()[0])
    return limit - pages * resource.getpagesize() + _reusable() - RESERVE


def _reusable() -> int:
    """The bytes that the heap holds and does not use."""
    with suppress(AttributeError):  # not glibc
        info = ctypes.CDLL(None).mallinfo2
        info.restype = _Heap
        return int(info().free)
    return 0
