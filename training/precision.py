"""The number format in which a network multiplies. In: a device. Out: a context in which it is bfloat16 if the device can, and
else float32.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import torch
from torch.nn.attention import SDPBackend, sdpa_kernel

torch.backends.cuda.allow_fp16_bf16_reduction_math_sdp(True)


@cache
def multiplies_bfloat16(device: str) -> bool:
    """Whether a device multiplies in bfloat16. A processor that does not emulates it, at a fiftieth of the speed of float32."""
    return device != "cpu" or any(there for name, there in torch.cpu.get_capabilities().items() if name.endswith("_bf16"))


@contextmanager
def fastest(device: str) -> Iterator[None]:
    """Multiply in the fastest format of a device. In bfloat16, attention is plain matrix products: on a CPU the backward pass of
    fused attention takes half of all the time.
    """
    if not multiplies_bfloat16(device):
        yield
        return
    with torch.autocast(device, dtype=torch.bfloat16), sdpa_kernel(SDPBackend.MATH):
        yield
