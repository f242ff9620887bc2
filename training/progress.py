"""Saves the state of a training, so that it can be stopped and resumed at any time. In: the state that changes while a network is
trained. Out: one file, written atomically. A resumed training ends with the same weights as one that was never stopped.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import torch
from torch.optim.swa_utils import AveragedModel

from training.network import Network

PARTS = ("network", "optimizer", "mean")
PLACE = ("epoch", "step", "drawn")


@dataclass
class Progress:
    """A training under way: `epoch` epochs and `step` steps of the next one are done. The examples of that epoch follow from
    `drawn`, a state of `rng`.
    """

    network: Network
    optimizer: torch.optim.Optimizer
    mean: AveragedModel
    rng: Random
    epoch: int = 0
    step: int = 0
    drawn: Any = field(init=False)

    def __post_init__(self) -> None:
        self.drawn = self.rng.getstate()

    def end_epoch(self) -> None:
        """Record that an epoch is done."""
        self.epoch, self.step, self.drawn = self.epoch + 1, 0, self.rng.getstate()

    def save(self, file: Path) -> None:
        """Write the state to a file."""
        state: dict[str, Any] = {name: getattr(self, name).state_dict() for name in PARTS}
        state |= {name: getattr(self, name) for name in PLACE} | {"torch": torch.get_rng_state()}
        unfinished = file.with_name(f"{file.name}.part")
        torch.save(state, unfinished)
        os.replace(unfinished, file)

    def load(self, file: Path) -> None:
        """Restore the state from a file that `save` wrote. The caller must draw the examples of its epoch again."""
        state = torch.load(file)
        for name in PARTS:
            getattr(self, name).load_state_dict(state[name])
        for name in PLACE:
            setattr(self, name, state[name])
        self.rng.setstate(self.drawn)
        torch.set_rng_state(state["torch"])
