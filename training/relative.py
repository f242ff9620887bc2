"""The relative attention bias of T5 and MPNet. In: the length of a window. Out: the bias that each head adds to its attention
scores, the same in all layers. Near distances have a bucket each; farther ones share buckets, of increasing width.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn

FARTHEST = 128
"""All distances from this one on share the last bucket."""


class RelativeBias(nn.Module):
    """A learned bias for each head and each bucket of distances. Half of the buckets are for the pieces that follow."""

    def __init__(self, buckets: int, heads: int) -> None:
        super().__init__()
        self.bias = nn.Embedding(buckets, heads)

    def forward(self, length: int, device: torch.device) -> Tensor:
        """The bias (1, heads, length, length) of the attention scores of a window, from query to key."""
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
