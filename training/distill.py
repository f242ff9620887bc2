"""The distillation losses: how far a network is from its teacher on the same words. In: windows of examples, some of which have
the teacher's advice (`training.soft`), and the network's scores. Out: losses, which are Kullback-Leibler divergences, zero where
the two agree. `training.fit` computes the losses of annotations.

The teacher read longer windows: a pointer to a word outside this window counts as a pointer to none.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor

from attribution.tagging.network import ROLE_TAGS, Floats
from training.crf import marginals
from training.examples import Part
from training.soft import Halves, Places, SoftLevel

LOSSES = ("roles", "kinds", "cue", "source")
TAGS = {role: [ROLE_TAGS.index(f"{place}-{role}") for place in "BI"] for role in ("content", "cue")}


def level_losses(scores: Sequence[Tensor], transitions: Tensor, parts: Sequence[Part], name: str) -> list[Tensor]:
    """The losses of one level, outer or inner by name, in the order of LOSSES. The loss of a kind is weighted by the teacher's
    probability that the word is content, the loss of a pointer by the probability that the word is one that points.
    """
    rows = [row for row, (example, _) in enumerate(parts) if example.soft]
    if not rows:
        return [scores[0].sum() * 0] * len(LOSSES)
    said = [each[rows] for each in scores]
    wanted = _targets([parts[row] for row in rows], name, said[0].shape[1], said[0].device)
    real = wanted[0].sum(-1) > 0
    content, cue = (wanted[0][..., tags].sum(-1) for tags in TAGS.values())
    logs = (marginals(said[0], transitions, real), said[1].log_softmax(-1), *said[2:])
    counts = (real.float(), content, content, cue)
    return [_divergence(*three) for three in zip(logs, wanted, counts, strict=True)]


def _divergence(said: Tensor, wanted: Tensor, counts: Tensor) -> Tensor:
    """The mean divergence of log probabilities `said` (b, w, n) from probabilities `wanted`, weighted by `counts`."""
    apart = (torch.xlogy(wanted, wanted) - wanted * said).sum(-1)
    return (apart * counts).sum() / counts.sum().clamp(min=1)


def _targets(parts: Sequence[Part], name: str, count: int, device: torch.device) -> list[Tensor]:
    """Roles (b, w, r), kinds (b, w, k), cue and source (b, w, 1 + w), padded with zeros."""
    rows = [_window(getattr(example.soft, name), start, end, count) for example, (start, end) in parts]
    return [torch.from_numpy(np.stack(column)).to(device) for column in zip(*rows, strict=True)]


def _window(level: SoftLevel, start: int, end: int, count: int) -> list[Floats]:
    """The targets of a window, padded to `count` words. A span that continues from before the window begins in it."""
    here = slice(start, end)
    roles = level.roles[here].astype(np.float32)
    if start:
        roles[0, 1::2] += roles[0, 2::2]
        roles[0, 2::2] = 0
    pointers = ((level.cue[here], level.cue_likely[here]), (level.source[here], level.source_likely[here]))
    flat = [roles, level.kinds[here].astype(np.float32), *(_spread(*each, start, count) for each in pointers)]
    return [np.pad(each, ((0, count - len(each)), (0, 0))) for each in flat]


def _spread(places: Places, likely: Halves, start: int, count: int) -> Floats:
    """The probabilities that a window's words point to none and to each of its words."""
    inside = (places >= start) & (places < start + len(places))
    found: Floats = np.zeros((len(places), 1 + count), dtype=np.float32)
    np.add.at(found, (np.arange(len(places))[:, None], np.where(inside, places - start + 1, 0)), likely)
    return found
