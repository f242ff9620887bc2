"""Soup: one network whose weights are the mean of several that all went on from the same ones. In: weights. Out: weights.

Such networks lie in one basin, and their mean is better than each and costs no more than one (Wortsman and others, 2022, "Model
soups"); the one they started from belongs into it too. Networks that started apart have no mean that means anything.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import torch
from torch import Tensor

Weights = Mapping[str, Tensor]


def soup(networks: Sequence[Weights]) -> dict[str, Tensor]:
    """The mean of the weights, by name."""
    return {name: torch.stack([weights[name] for weights in networks]).mean(0) for name in networks[0]}
