"""The pretrained encoders that a network may start from, by name. A new one is its file and its line here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from training import mpnet, network
from training.encoder import directory
from training.network import Config, Network


@dataclass(frozen=True)
class Encoder:
    """The size of a network with this encoder, and how to start one from its weights."""

    config: Config
    start: Callable[[], Network]


ENCODERS = {
    "minilm": Encoder(Config(), lambda: network.pretrained(directory())),
    "mpnet": Encoder(mpnet.CONFIG, mpnet.pretrained),
}
"""The first is the one that ships; a teacher may be larger."""
