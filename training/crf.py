"""A linear-chain CRF over role tags. In: the scores of each word's tags, and the transition scores between tags. Out: the
negative log likelihood of the true tags, and the marginal probability of each tag. `attribution.tagging.decoder.viterbi` finds
the best sequence.

Scores are (b, w, t), transitions (t, t), tags and real (b, w); padding is at the end of a row.
"""

from __future__ import annotations

import torch
from torch import Tensor


def negative_log_likelihood(scores: Tensor, transitions: Tensor, tags: Tensor, real: Tensor) -> Tensor:
    """The mean negative log likelihood over the real words."""
    mask = real.to(scores.dtype)
    own = scores.gather(2, tags[:, :, None]).squeeze(2)
    follow = transitions[tags[:, :-1], tags[:, 1:]]
    true = (own * mask).sum(1) + (follow * mask[:, 1:]).sum(1)
    last = _up_to(scores, transitions)[torch.arange(len(scores)), real.sum(1) - 1]
    return (torch.logsumexp(last, 1) - true).sum() / mask.sum()


def marginals(scores: Tensor, transitions: Tensor, real: Tensor) -> Tensor:
    """The marginal log probability of each word's tags (b, w, t)."""
    return torch.log_softmax(_up_to(scores, transitions) + _behind(scores, transitions, real), -1)


def _up_to(scores: Tensor, transitions: Tensor) -> Tensor:
    """The forward scores: of all sequences together up to a word and its tag (b, w, t)."""
    steps = [scores[:, 0]]
    for i in range(1, scores.shape[1]):
        steps.append(torch.logsumexp(steps[-1][:, :, None] + transitions, 1) + scores[:, i])
    return torch.stack(steps, 1)


def _behind(scores: Tensor, transitions: Tensor, real: Tensor) -> Tensor:
    """The backward scores: of all sequences together after a word and its tag (b, w, t)."""
    steps = [torch.zeros_like(scores[:, 0])]
    for i in range(scores.shape[1] - 1, 0, -1):
        step = torch.logsumexp(transitions + (scores[:, i] + steps[-1])[:, None], 2)
        steps.append(torch.where(real[:, i, None], step, 0.0))
    return torch.stack(steps[::-1], 1)
