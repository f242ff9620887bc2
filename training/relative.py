"""How far two word pieces stand apart, as T5 and MPNet tell a layer. In: the length of a window. Out: what each head adds to its
scores, the same in all layers. Near distances have a bucket each, farther ones share theirs, ever more of them.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn

FARTHEST = 128
"""From this distance on all are alike."""


class RelativeBias(nn.Module):
    """A learned number for each head and each bucket of distances; half of the buckets are for what stands behind."""

    def __init__(self, buckets: int, heads: int) -> None:
        super().__init__()
        self.bias = nn.Embedding(buckets, heads)

    def forward(self, length: int, device: torch.device) -> Tensor:
        """What to add to the scores (1, heads, length, length) of a window: from the piece that asks to the one that is asked."""
        place = torch.arange(length, device=device)
        number = bucket(place[None, :] - place[:, None], self.bias.num_embeddings)
        biases: Tensor = self.bias(number).permute(2, 0, 1)[None]
        return biases


def bucket(apart: Tensor, buckets: int) -> Tensor:
    """The bucket of signed distances."""
    half, near = buckets // 2, buckets // 4
    distance = apart.abs()
    power = torch.log(distance.clamp(min=1).float() / near) / math.log(FARTHEST / near)
    far = (near + (power * (half - near)).to(torch.int64)).clamp(max=half - 1)
    return (apart > 0) * half + torch.where(distance < near, distance, far)
