"""The pretrained encoders that a network may start from, by name. A new one needs its own file and a line here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from training import mpnet, network
from training.encoder import directory
from training.network import Config, Network


@dataclass(frozen=True)
class Encoder:
    """The size of a network with this encoder, and a function that makes one from the pretrained weights."""

    config: Config
    start: Callable[[], Network]


ENCODERS = {
    "minilm": Encoder(Config(), lambda: network.pretrained(directory())),
    "mpnet": Encoder(mpnet.CONFIG, mpnet.pretrained),
}
"""The first is the one that ships; a teacher may be larger."""
