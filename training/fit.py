"""The training loop. In: examples and a network. Out: the trained network; progress on standard error, and in a file from which a
stopped training resumes. `training.examples` decides what is learned from an article, `training.distill` what from a teacher.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy, nll_loss
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from training import distill
from training.crf import negative_log_likelihood
from training.examples import IGNORE, NOBODY, ROUND, Example, Part, collate, windows
from training.network import Heads, Network, Referent
from training.precision import fastest
from training.progress import Progress

LEVEL = distill.LOSSES
LEVELS = (*LEVEL, *(f"inner {name}" for name in LEVEL))
LOSSES = ("names", "calls", "referents", "via", "passed", *LEVELS, *(f"soft {name}" for name in LEVELS))
ALIKE = 0.75
"""The least share of the longest window's length that the other windows of its group have: padding costs time."""
REPORT_EVERY, SAVE_EVERY = 50, 100
"""The number of steps after which progress is reported, and saved."""


@dataclass(frozen=True)
class Settings:
    """How to train. Batches hold at most `pieces` word pieces, padding included. The result is the running mean of the weights,
    in which each step has the weight `1 - memory`. Only parameters whose names begin with `only` are trained. The losses of a
    teacher's scores are weighted by `soft_share`.
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
    calls_weight: float = 0.25
    referents_weight: float = 1.0
    via_weight: float = 0.5
    passed_weight: float = 0.25
    inner_weight: float = 1.0
    soft_share: float = 0.5
    freeze_pieces: bool = True
    only: str = ""

    def with_rate(self, rate: float) -> Settings:
        """The same settings with another learning rate of the encoder; the rate of the heads changes in proportion."""
        return replace(self, encoder_rate=rate, head_rate=rate * self.head_rate / self.encoder_rate)


def fit(
    network: Network,
    epoch: Callable[[Random], Sequence[Example]],
    special: dict[str, int],
    settings: Settings,
    *,
    device: str,
    keep: Callable[[Network], None],
    saved: Path | None = None,
) -> None:
    """Train a network. `epoch` returns the newly varied examples of the next epoch; `keep` is called after each epoch. If the
    file `saved` exists, the training resumes from it.
    """
    torch.manual_seed(settings.seed)
    network.to(device).train()
    for name, parameter in network.named_parameters():
        frozen = settings.freeze_pieces and parameter is network.encoder.pieces.weight
        parameter.requires_grad_(name.startswith(settings.only) and not frozen)
    mean = AveragedModel(network, multi_avg_fn=get_ema_multi_avg_fn(settings.memory))  # type: ignore[no-untyped-call]
    progress = Progress(network, _optimizer(network, settings), mean, Random(settings.seed))
    if saved and saved.exists():
        progress.load(saved)
    while progress.epoch < settings.epochs:
        batches = list(_batches(epoch(progress.rng), settings.pieces, progress.rng))
        _run(progress, batches, special, settings, device, saved)
        keep(mean.module)
        progress.end_epoch()
        _save(progress, saved)


def _run(
    progress: Progress,
    batches: Sequence[Sequence[Part]],
    special: dict[str, int],
    settings: Settings,
    device: str,
    saved: Path | None,
) -> None:
    """Do the remaining steps of an epoch."""
    network, optimizer, weights = progress.network, progress.optimizer, _weights(settings).to(device)
    started, before, total = time.monotonic(), progress.step, torch.zeros(len(LOSSES))
    for parts in batches[before:]:
        losses = _step(network, parts, special, device)
        (losses @ weights).backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(network.parameters(), settings.clip)
        _set_rates(optimizer, (progress.epoch + (progress.step + 0.5) / len(batches)) / settings.epochs, settings.warm_up)
        optimizer.step()
        optimizer.zero_grad()
        progress.mean.update_parameters(network)
        progress.step += 1
        total += losses.detach().cpu()
        if progress.step % REPORT_EVERY == 0 or progress.step == len(batches):
            done, seconds = progress.step - before, time.monotonic() - started
            left = seconds / done * (len(batches) * (settings.epochs - progress.epoch) - progress.step)
            _report(progress, len(batches), total / done, seconds, left)
        if progress.step % SAVE_EVERY == 0:
            _save(progress, saved)


def _save(progress: Progress, saved: Path | None) -> None:
    if saved:
        progress.save(saved)


def _weights(settings: Settings) -> Tensor:
    """The weight of each of LOSSES."""
    level = torch.tensor([1.0, settings.kinds_weight, settings.cue_weight, settings.source_weight])
    levels = torch.cat((level, settings.inner_weight * level))
    ways = (settings.via_weight, settings.passed_weight)
    words = torch.tensor([settings.names_weight, settings.calls_weight, settings.referents_weight, *ways])
    return torch.cat((words, levels, settings.soft_share * levels))


def _step(network: Network, parts: Sequence[Part], special: dict[str, int], device: str) -> Tensor:
    """The losses of one batch, in the order of LOSSES; zero for those without targets in the batch."""
    inputs, targets = collate(parts, special)
    with fastest(device):
        names, calls, vectors, via, passed, *scores = network(*(x.to(device) for x in inputs))
        referents = _meant(network.referent, vectors, *(t.to(device) for t in (targets.articles, *targets.referents)))
    hard = [_tagged(names, targets.names.to(device)), _tagged(calls, targets.calls.to(device)), referents]
    ways, ways_from = (target.to(device) for target in targets.via)
    hard += [_tagged(via, ways), _pointed(passed, ways_from)]
    soft = list[Tensor]()
    for name, heads, said in (("outer", network.outer, scores[:4]), ("inner", network.inner, scores[4:])):
        hard += _level(heads, said, [target.to(device) for target in getattr(targets, name)])
        soft += distill.level_losses(said, heads.transitions, parts, name)
    return torch.stack(hard + soft)


def _level(heads: Heads, scores: Sequence[Tensor], targets: Sequence[Tensor]) -> list[Tensor]:
    """The losses of one level, over the windows with targets: roles, kinds, cue pointer, source pointer."""
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


def _tagged(scores: Tensor, tags: Tensor) -> Tensor:
    """The mean loss of scores (b, w, t) over the words that have a tag; zero if none has."""
    loss = cross_entropy(scores.transpose(1, 2), tags, ignore_index=IGNORE, reduction="sum")
    return loss / (tags != IGNORE).sum().clamp(min=1)


def _meant(
    referent: Referent,
    vectors: Tensor,
    articles: Tensor,
    mention: Tensor,
    who: Tensor,
    to_resolve: Tensor,
    meant: Tensor,
    places: Tensor,
) -> Tensor:
    """The mean loss of the antecedents of the words to resolve, from their vectors (b, w, 2p). All other mentions of the same
    entity in the batch's windows of the same article are right; if there is none, "none" is right.
    """
    articles = articles.expand_as(mention)
    article, mention, who, meant, places = (each.flatten() for each in (articles, mention, who, meant, places))
    rows = (to_resolve.flatten() == 1).nonzero().squeeze(1)
    scores = referent.scores(vectors.flatten(0, 1), rows, places)
    others = (meant == 1) & (article == article[rows, None]) & ((mention != mention[rows, None]) | (mention == NOBODY))
    right = others & (who == who[rows, None]) & (who >= 0)
    right = torch.cat((~right.any(1, keepdim=True), right), 1)
    possible = torch.cat((torch.ones_like(others[:, :1]), others), 1)
    losses = scores.masked_fill(~possible, -1e4).logsumexp(1) - scores.masked_fill(~right, -1e4).logsumexp(1)
    return losses.sum() / max(1, len(rows))


def _pointed(scores: Tensor, targets: Tensor) -> Tensor:
    """The mean loss of log probabilities (b, w, n) over the words that have a target; zero if none has."""
    if not bool((targets != IGNORE).any()):
        return scores.sum() * 0
    return nll_loss(scores.transpose(1, 2), targets, ignore_index=IGNORE)


def _batches(examples: Sequence[Example], pieces: int, rng: Random) -> Iterator[list[Part]]:
    """Batches of windows of similar length in random order. The windows of an article stay together, so that coreference is
    learned across them; windows with roles and windows with only names do not mix.
    """
    batches: list[list[Part]] = []
    for teaches_roles in (True, False):
        groups = [
            group
            for example in examples
            if (len(example.words) and example.outer.roles[0] != IGNORE) == teaches_roles
            for group in _groups([(example, window) for window in windows(example, rng)], pieces)
        ]
        groups.sort(key=lambda group: max(map(_size, group)) + rng.randint(0, 16))
        batch: list[Part] = []
        for group in groups:
            if batch and not _fits([*batch, *group], pieces):
                batches.append(batch)
                batch = []
            batch = [*batch, *group]
        batches += [batch] if batch else []
    rng.shuffle(batches)
    yield from batches


def _groups(parts: Sequence[Part], pieces: int) -> Iterator[list[Part]]:
    """The windows of an article in groups that fit a batch; none is much shorter than the longest of its group."""
    group: list[Part] = []
    for part in sorted(parts, key=_size, reverse=True):
        if group and not (_size(part) >= ALIKE * _size(group[0]) and _fits([*group, part], pieces)):
            yield group
            group = []
        group = [*group, part]
    if group:
        yield group


def _fits(parts: Sequence[Part], pieces: int) -> bool:
    """Whether these windows fit a batch."""
    return max(map(_size, parts)) * len(parts) <= pieces


def _size(part: Part) -> int:
    """The number of pieces of a window, padding included."""
    example, (start, end) = part
    pieces = sum(map(len, example.words.pieces[start:end])) + 2
    return pieces + -pieces % ROUND


def _optimizer(network: Network, settings: Settings) -> torch.optim.Optimizer:
    """AdamW with one rate for the encoder and one for the heads, and no weight decay on biases and norms."""
    groups: dict[tuple[float, float], list[nn.Parameter]] = {}
    for name, parameter in network.named_parameters():
        if parameter.requires_grad:
            rate = settings.encoder_rate if name.startswith("encoder.") else settings.head_rate
            groups.setdefault((rate, settings.decay if parameter.ndim > 1 else 0.0), []).append(parameter)
    return torch.optim.AdamW(
        [{"params": params, "lr": rate, "highest": rate, "weight_decay": decay} for (rate, decay), params in groups.items()],
        fused=True,
    )


def _set_rates(optimizer: torch.optim.Optimizer, done: float, warm_up: float) -> None:
    """Set the learning rates for this share of the training: linear warm-up, then linear decay to zero."""
    for group in optimizer.param_groups:
        group["lr"] = group["highest"] * min(done / warm_up, (1 - done) / (1 - warm_up))


def _report(progress: Progress, steps: int, losses: Tensor, seconds: float, left: float) -> None:
    values = " ".join(f"{name} {value:.3f}" for name, value in zip(LOSSES, losses.tolist(), strict=True) if value)
    place = f"epoch {progress.epoch + 1} step {progress.step}/{steps}"
    print(f"{place} {values} {seconds:.0f} s, about {left / 60:.0f} min left", file=sys.stderr, flush=True)
