"""Averages the weights of several networks that were trained from the same weights. In: weights. Out: weights.

Such networks lie in one basin of the loss. Their mean is better than each of them and costs no more than one (Wortsman and
others, 2022, "Model soups"); the network they started from may be included. Networks with different starts have no useful mean.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import torch
from torch import Tensor

Weights = Mapping[str, Tensor]


def soup(networks: Sequence[Weights], shares: Sequence[float] = ()) -> dict[str, Tensor]:
    """The mean of the weights, by name, weighted by `shares` if given."""
    parts = torch.tensor(shares or [1.0] * len(networks))
    parts = parts / parts.sum()
    return {name: sum(part * weights[name] for part, weights in zip(parts, networks, strict=True)) for name in networks[0]}
