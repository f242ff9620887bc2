"""Soup: one network whose weights are the mean of several that all went on from the same ones. In: weights. Out: weights.

Such networks lie in one basin, and their mean is better than each and costs no more than one (Wortsman and others, 2022, "Model
soups"); the one they started from belongs into it too. Networks that started apart have no mean that means anything.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import torch
from torch import Tensor

Weights = Mapping[str, Tensor]


def soup(networks: Sequence[Weights], shares: Sequence[float] = ()) -> dict[str, Tensor]:
    """The mean of the weights, by name; by shares where some count more than others."""
    parts = torch.tensor(shares or [1.0] * len(networks))
    parts = parts / parts.sum()
    return {name: sum(part * weights[name] for part, weights in zip(parts, networks, strict=True)) for name in networks[0]}
