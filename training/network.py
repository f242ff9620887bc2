"""The network: a pretrained encoder, and light heads over the first piece of each word.

In: a batch of windows (`attribution.tagging.windows.Batch`, as tensors). Out: for each word the scores of its name tag and, on
two levels, of its role tag and its content's kind, and two pointers: from each content word to its cue (to its source if there is
no cue), and from each cue word to its source. Position 0 of a pointer means none in this window. The inner level is for
attributions inside a content. It leaves decoding to `attribution.tagging.decoder` and the loss to `training.fit`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from attribution.tagging.network import CALL_TAGS, KINDS, NAME_TAGS, ROLE_TAGS, VIA_TAGS
from attribution.tagging.windows import SHAPES, SPACES
from training.corpora.records import READINGS
from training.relative import RelativeBias

BUCKETS = 8
"""Distances between two words are bucketed by sign and by the power of two that they reach, up to this power."""


@dataclass(frozen=True)
class Config:
    """The size of the network; the defaults are those of the pretrained encoder. `relative` is the number of buckets of the
    relative attention bias, 0 for no bias.
    """

    vocabulary: int = 30522
    width: int = 384
    layers: int = 6
    heads: int = 12
    inner: int = 1536
    positions: int = 512
    pointer: int = 128
    relative: int = 0
    epsilon: float = 1e-12
    dropout: float = 0.1


class Layer(nn.Module):
    """A transformer layer, normalised after each half as in BERT. The attention has no dropout, which keeps it fast."""

    def __init__(self, config: Config) -> None:
        super().__init__()
        self.heads = config.heads
        self.qkv = nn.Linear(config.width, 3 * config.width)
        self.attended = nn.Linear(config.width, config.width)
        self.inner = nn.Linear(config.width, config.inner)
        self.outer = nn.Linear(config.inner, config.width)
        self.norm_attended = nn.LayerNorm(config.width, eps=config.epsilon)
        self.norm_outer = nn.LayerNorm(config.width, eps=config.epsilon)
        self.dropout = nn.Dropout(config.dropout)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        b, length, width = x.shape
        q, k, v = self.qkv(x).view(b, length, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4).unbind(0)
        y = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        y = y.transpose(1, 2).reshape(b, length, width)
        x = self.norm_attended(x + self.dropout(self.attended(y)))
        normed: Tensor = self.norm_outer(x + self.dropout(self.outer(functional.gelu(self.inner(x)))))
        return normed


class Encoder(nn.Module):
    """Turns word pieces, with their shapes and spaces, into one vector per piece."""

    def __init__(self, config: Config) -> None:
        super().__init__()
        self.pieces = nn.Embedding(config.vocabulary, config.width, padding_idx=0)
        self.positions = nn.Embedding(config.positions, config.width)
        self.shapes = nn.Embedding(len(SHAPES), config.width)
        self.spaces = nn.Embedding(len(SPACES), config.width)
        self.readings = nn.Embedding(len(READINGS), config.width, padding_idx=0)
        self.relative = RelativeBias(config.relative, config.heads) if config.relative else None
        self.norm = nn.LayerNorm(config.width, eps=config.epsilon)
        self.layers = nn.ModuleList(Layer(config) for _ in range(config.layers))
        self.dropout = nn.Dropout(config.dropout)
        for embedding in (self.shapes, self.spaces):
            nn.init.normal_(embedding.weight, std=0.02)
        nn.init.zeros_(self.readings.weight)

    def forward(self, pieces: Tensor, shapes: Tensor, spaces: Tensor, readings: Tensor | None, *, padded: bool) -> Tensor:
        x: Tensor
        positions = torch.arange(pieces.shape[1], device=pieces.device)
        x = self.pieces(pieces) + self.positions(positions) + self.shapes(shapes) + self.spaces(spaces)
        x = x if readings is None else x + self.readings(readings)[:, None]
        x = self.dropout(self.norm(x))
        mask = ((pieces == 0).to(x.dtype) * -1e4)[:, None, None, :] if padded else None
        if self.relative is not None:
            bias = self.relative(pieces.shape[1], pieces.device)
            mask = bias if mask is None else bias + mask
        for layer in self.layers:
            x = layer(x, mask)
        return x


class Pointer(nn.Module):
    """For each word the log probability of each word that it may point to, "none" first: the scaled dot product of two
    projections, plus a learned bias by signed log distance.
    """

    def __init__(self, config: Config) -> None:
        super().__init__()
        self.query = nn.Linear(config.width, config.pointer)
        self.key = nn.Linear(config.width, config.pointer)
        self.distance = nn.Embedding(2 * BUCKETS + 1, 1)
        self.scale = config.pointer**-0.5
        nn.init.zeros_(self.distance.weight)

    def forward(self, x: Tensor, none: Tensor, padding: Tensor | None) -> Tensor:
        """Log probabilities (b, w, 1 + w) from x (b, w, d) and none (b, 1, d); padding (b, 1, 1 + w) is added to the scores."""
        scores = self.query(x) @ torch.cat((self.key(none), self.key(x)), 1).transpose(1, 2) * self.scale
        scores = scores + _bias(self.distance, x.shape[1])
        scores = scores if padding is None else scores + padding
        return torch.log_softmax(scores.float(), -1)


def _bias(distance: nn.Embedding, count: int) -> Tensor:
    """The learned bias for the distance between two words of a window, "none" first (w, 1 + w)."""
    place = torch.arange(count, device=distance.weight.device)
    return _apart(distance, place[None, :] - place[:, None])


def _apart(distance: nn.Embedding, apart: Tensor) -> Tensor:
    """The learned bias for these distances (m, n), after a zero for "none" (m, 1 + n)."""
    power = torch.floor(torch.log2(apart.abs().to(torch.float32) + 1)).clamp(max=BUCKETS).to(torch.int64)
    return functional.pad(distance(torch.sign(apart) * power + BUCKETS).squeeze(-1), (1, 0))


class Referent(nn.Module):
    """Two vectors for each word, for coreference: one as an anaphor, one as an antecedent. Their product scores pairs of words
    that refer to the same entity, at any distance.
    """

    def __init__(self, config: Config) -> None:
        super().__init__()
        self.means = nn.Linear(config.width, config.pointer)
        self.meant = nn.Linear(config.width, config.pointer)
        self.none = nn.Parameter(torch.zeros(config.pointer))
        self.distance = nn.Embedding(2 * BUCKETS + 1, 1)
        self.scale = config.pointer**-0.5
        nn.init.zeros_(self.distance.weight)

    def forward(self, x: Tensor) -> Tensor:
        """Both vectors of each word, concatenated (b, w, 2p), from x (b, w, d)."""
        return torch.cat((self.means(x), self.meant(x)), -1)

    def scores(self, vectors: Tensor, rows: Tensor, places: Tensor) -> Tensor:
        """The scores (r, 1 + n) of n words as antecedents of r of them, "none" first. In: the vectors (n, 2p) of the words, the
        `rows` (r) of those to resolve, and the `places` (n) of the words in their article.
        """
        means, meant = vectors.chunk(2, -1)
        antecedents = torch.cat((self.none.to(meant.dtype)[None], meant))
        found: Tensor = (means[rows] @ antecedents.T * self.scale).float()
        return found + _apart(self.distance, places[None, :] - places[rows][:, None])


class Heads(nn.Module):
    """The heads that tag and link the attributions of one level. `transitions` (t, t) are the CRF's transition scores between
    role tags; decoding uses them, the forward pass does not.
    """

    def __init__(self, config: Config) -> None:
        super().__init__()
        self.roles = nn.Linear(config.width, len(ROLE_TAGS))
        self.kinds = nn.Linear(config.width, len(KINDS))
        self.cue = Pointer(config)
        self.source = Pointer(config)
        self.transitions = nn.Parameter(torch.zeros(len(ROLE_TAGS), len(ROLE_TAGS)))

    def forward(self, x: Tensor, none: Tensor, padding: Tensor | None) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Returns roles (b, w, r), kinds (b, w, k), cue and source (b, w, 1 + w)."""
        return self.roles(x).float(), self.kinds(x).float(), self.cue(x, none, padding), self.source(x, none, padding)


class Network(nn.Module):
    """The encoder and its heads: names, the words by which a source calls its speaker, coreference, relays, the outer
    attributions and the inner ones.
    """

    def __init__(self, config: Config) -> None:
        super().__init__()
        self.config = config
        self.encoder = Encoder(config)
        self.names = nn.Linear(config.width, len(NAME_TAGS))
        self.calls = nn.Linear(config.width, len(CALL_TAGS))
        self.referent = Referent(config)
        self.via = nn.Linear(config.width, len(VIA_TAGS))
        self.passed = Pointer(config)
        self.outer = Heads(config)
        self.inner = Heads(config)
        self.dropout = nn.Dropout(config.dropout)

    def forward(
        self,
        pieces: Tensor,
        shapes: Tensor,
        spaces: Tensor,
        words: Tensor,
        readings: Tensor | None = None,
        *,
        padded: bool = True,
    ) -> tuple[Tensor, ...]:
        """Returns names (b, w, n), calls (b, w, c), vectors (b, w, 2p), via (b, w, v), passed (b, w, 1 + w), and the outputs of
        the outer and the inner heads. `readings` (b) are the indices in READINGS of each window's guidelines, None for the first.
        Without padding (`padded=False`) nothing is masked, which saves time.
        """
        encoded = self.encoder(pieces, shapes, spaces, readings, padded=padded)
        encoded, place = self.dropout(encoded), words[:, :, None].expand(-1, -1, encoded.shape[2])
        x = encoded.gather(1, place)
        none = encoded[:, :1]
        padding = functional.pad((words == 0).to(x.dtype) * -1e4, (1, 0))[:, None, :] if padded else None
        names, calls, via = self.names(x).float(), self.calls(x).float(), self.via(x).float()
        passed = self.passed(x, none, padding)
        return names, calls, self.referent(x).float(), via, passed, *self.outer(x, none, padding), *self.inner(x, none, padding)


def pretrained(directory: Path, config: Config | None = None) -> Network:
    """A network whose encoder has the BERT weights (`model.safetensors`) in a directory; the heads are randomly initialised."""
    network = Network(config or Config())
    weights = load_file(directory / "model.safetensors")
    encoder = network.encoder
    _copy(encoder.pieces, weights, "embeddings.word_embeddings")
    _copy(encoder.positions, weights, "embeddings.position_embeddings")
    _copy(encoder.norm, weights, "embeddings.LayerNorm")
    with torch.no_grad():
        encoder.positions.weight += weights["embeddings.token_type_embeddings.weight"][0]
    for i, layer in enumerate(encoder.layers):
        assert isinstance(layer, Layer)
        prefix = f"encoder.layer.{i}."
        parts = [prefix + f"attention.self.{part}" for part in ("query", "key", "value")]
        _copy(layer.qkv, {f"qkv.{p}": torch.cat([weights[f"{part}.{p}"] for part in parts]) for p in ("weight", "bias")}, "qkv")
        _copy(layer.attended, weights, prefix + "attention.output.dense")
        _copy(layer.norm_attended, weights, prefix + "attention.output.LayerNorm")
        _copy(layer.inner, weights, prefix + "intermediate.dense")
        _copy(layer.outer, weights, prefix + "output.dense")
        _copy(layer.norm_outer, weights, prefix + "output.LayerNorm")
    return network


def _copy(module: nn.Module, weights: dict[str, Tensor], name: str) -> None:
    """Copy the weights under a name into a module's parameters."""
    module.load_state_dict({parameter: weights[f"{name}.{parameter}"] for parameter in module.state_dict()})
