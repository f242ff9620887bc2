"""The fit loop. In: examples with roles, examples with names, a network. Out: the network, trained; progress on
standard error. Reads no file and writes none; what is learned from which article is decided by `training.examples`.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random

import torch
from torch import Tensor, nn
from torch.nn.attention import SDPBackend, sdpa_kernel
from torch.nn.functional import cross_entropy, nll_loss
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from training.crf import negative_log_likelihood
from training.examples import IGNORE, Example, collate, windows
from training.network import Heads, Network

Part = tuple[Example, tuple[int, int]]
ATTENTION = SDPBackend.MATH
"""On a CPU the fused attention's way back takes half of all the time: as plain matrix products a step takes half as long."""
LEVEL = ("roles", "kinds", "cue", "source")
LOSSES = ("names", *LEVEL, *(f"inner {name}" for name in LEVEL))


@dataclass(frozen=True)
class Recipe:
    """How to train. Batches hold at most `pieces` word pieces, padding included. What is kept is the running mean of the
    weights, in which each step counts `1 - memory`. Trained are the parameters whose names begin with `only`.
    """

    epochs: int = 8
    pieces: int = 2560
    encoder_rate: float = 3e-4
    head_rate: float = 1e-3
    warm_up: float = 0.06
    decay: float = 0.01
    clip: float = 1.0
    memory: float = 0.998
    seed: int = 1
    kinds_weight: float = 0.3
    cue_weight: float = 0.5
    source_weight: float = 0.25
    names_weight: float = 0.5
    inner_weight: float = 1.0
    freeze_pieces: bool = True
    only: str = ""


def fit(
    network: Network,
    epoch: Callable[[Random], Sequence[Example]],
    special: dict[str, int],
    recipe: Recipe,
    *,
    device: str,
    keep: Callable[[Network], None],
) -> None:
    """Train a network; `epoch` gives the examples of the next epoch, freshly varied; `keep` is called after each."""
    torch.manual_seed(recipe.seed)
    rng = Random(recipe.seed)
    network.to(device).train()
    for name, parameter in network.named_parameters():
        frozen = recipe.freeze_pieces and parameter is network.encoder.pieces.weight
        parameter.requires_grad_(name.startswith(recipe.only) and not frozen)
    optimizer = _optimizer(network, recipe)
    mean = AveragedModel(network, multi_avg_fn=get_ema_multi_avg_fn(recipe.memory))
    level = torch.tensor([1.0, recipe.kinds_weight, recipe.cue_weight, recipe.source_weight])
    weights = torch.cat((torch.tensor([recipe.names_weight]), level, recipe.inner_weight * level)).to(device)
    schedule: torch.optim.lr_scheduler.LambdaLR | None = None
    for number in range(recipe.epochs):
        started, total = time.monotonic(), torch.zeros(len(LOSSES))
        batches = list(_batches(epoch(rng), recipe.pieces, rng))
        if schedule is None:
            schedule = _schedule(optimizer, len(batches) * recipe.epochs, recipe.warm_up)
        for step, parts in enumerate(batches):
            losses = _step(network, parts, special, device)
            loss = losses @ weights
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(network.parameters(), recipe.clip)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad()
            mean.update_parameters(network)
            total += losses.detach().cpu()
            if step % 50 == 49:
                _report(number, step, len(batches), total / (step + 1), time.monotonic() - started)
        _report(number, len(batches) - 1, len(batches), total / len(batches), time.monotonic() - started)
        keep(mean.module)


def _step(network: Network, parts: Sequence[Part], special: dict[str, int], device: str) -> Tensor:
    """The losses of one batch, in the order of LOSSES; zero where the batch teaches none."""
    inputs, targets = collate(parts, special)
    with torch.autocast(device, dtype=torch.bfloat16), sdpa_kernel(ATTENTION):
        names, _, *scores = network(*(x.to(device) for x in inputs))
    named = cross_entropy(names.transpose(1, 2), targets.names.to(device), ignore_index=IGNORE, reduction="sum")
    known = (targets.names != IGNORE).sum().clamp(min=1).to(device)
    losses = [named / known]
    for heads, said, wanted in ((network.outer, scores[:4], targets.outer), (network.inner, scores[4:], targets.inner)):
        losses += _level(heads, said, [target.to(device) for target in wanted])
    return torch.stack(losses)


def _level(heads: Heads, scores: Sequence[Tensor], targets: Sequence[Tensor]) -> list[Tensor]:
    """The losses of one level: roles, kinds, cue pointer, source pointer; of the windows that teach it."""
    rows = (targets[0] != IGNORE).any(1)
    if not bool(rows.any()):
        return [scores[0].sum() * 0] * len(LEVEL)
    roles, kinds, cue, source = (target[rows] for target in targets)
    real = roles != IGNORE
    return [
        negative_log_likelihood(scores[0][rows], heads.transitions, roles.clamp(min=0), real),
        _pointed(scores[1][rows].log_softmax(-1), kinds),
        _pointed(scores[2][rows], cue),
        _pointed(scores[3][rows], source),
    ]


def _pointed(scores: Tensor, targets: Tensor) -> Tensor:
    """Mean loss of log probabilities (b, w, n) over the words that have a target; zero if none has."""
    if not bool((targets != IGNORE).any()):
        return scores.sum() * 0
    return nll_loss(scores.transpose(1, 2), targets, ignore_index=IGNORE)


def _batches(examples: Sequence[Example], pieces: int, rng: Random) -> Iterator[list[Part]]:
    """Windows of like length together, roles and names apart, in random order."""
    batches: list[list[Part]] = []
    for teaches_roles in (True, False):
        parts = [
            (example, window)
            for example in examples
            if (len(example.words) and example.outer.roles[0] != IGNORE) == teaches_roles
            for window in windows(example, rng)
        ]
        parts.sort(key=lambda part: _size(part) + rng.randint(0, 16))
        batch: list[Part] = []
        for part in parts:
            if batch and max(map(_size, [*batch, part])) * (len(batch) + 1) > pieces:
                batches.append(batch)
                batch = []
            batch.append(part)
        batches += [batch] if batch else []
    rng.shuffle(batches)
    yield from batches


def _size(part: Part) -> int:
    example, (start, end) = part
    return sum(map(len, example.words.pieces[start:end])) + 2


def _optimizer(network: Network, recipe: Recipe) -> torch.optim.Optimizer:
    """AdamW with a rate for the encoder and one for the heads; no decay on biases and norms."""
    groups: dict[tuple[float, float], list[nn.Parameter]] = {}
    for name, parameter in network.named_parameters():
        if parameter.requires_grad:
            rate = recipe.encoder_rate if name.startswith("encoder.") else recipe.head_rate
            groups.setdefault((rate, recipe.decay if parameter.ndim > 1 else 0.0), []).append(parameter)
    return torch.optim.AdamW([{"params": params, "lr": rate, "weight_decay": decay} for (rate, decay), params in groups.items()])


def _schedule(optimizer: torch.optim.Optimizer, steps: int, warm_up: float) -> torch.optim.lr_scheduler.LambdaLR:
    """Linear warm-up, then linear decay to nothing."""
    first = max(1, round(steps * warm_up))
    return torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: max(0.0, min((step + 1) / first, (steps - step) / max(1, steps - first)))
    )


def _report(epoch: int, step: int, steps: int, losses: Tensor, seconds: float) -> None:
    values = " ".join(f"{name} {value:.3f}" for name, value in zip(LOSSES, losses.tolist(), strict=True))
    print(f"epoch {epoch + 1} step {step + 1}/{steps} {values} {seconds:.0f} s", file=sys.stderr, flush=True)
