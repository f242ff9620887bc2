"""Runs a trained network on articles like the exported one, without exporting it. In: a network. Out: what
`attribution.tagging.network` returns: scores for every word, each from the window in which the word is most central. A network
too large to ship can be run this way, at the speed of its training.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy

import torch
from torch import nn

from attribution.tagging.network import Floats
from attribution.tagging.network import Network as Exported
from attribution.tagging.windows import Batch, WordPieces
from training.network import Network
from training.precision import fastest, multiplies_bfloat16


class Reader(Exported):
    """Replaces the exported network, without a file."""

    def __init__(self, network: Network, vocabulary: Sequence[str]) -> None:
        self.network = deepcopy(network).eval()
        for module in self.network.modules() if multiplies_bfloat16("cpu") else ():
            if isinstance(module, nn.Linear):
                module.to(torch.bfloat16)  # as autocast would, but only once instead of for every window
        self.pieces = WordPieces(vocabulary)
        self.width = 2 * network.config.pointer
        self.transitions = [heads.transitions.detach().numpy() for heads in (network.outer, network.inner)]

    def run(self, window: Batch) -> list[Floats]:
        """The raw scores of a window."""
        inputs = (torch.from_numpy(x) for x in (window.pieces, window.shapes, window.spaces, window.words))
        with torch.inference_mode(), fastest("cpu"):
            outputs = self.network(*inputs, padded=False)
        return [output[0].float().numpy() for output in outputs]
