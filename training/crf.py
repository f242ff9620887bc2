"""A linear-chain CRF over role tags. In: scores of each word's tags, the scores of one tag following another, the true tags.
Out: the negative log likelihood. The best sequence is found by `attribution.tagging.decoder.viterbi`.
"""

from __future__ import annotations

import torch
from torch import Tensor


def negative_log_likelihood(scores: Tensor, transitions: Tensor, tags: Tensor, real: Tensor) -> Tensor:
    """Mean over the real words. scores (b, w, t), transitions (t, t), tags and real (b, w); padding stands at a row's end."""
    mask = real.to(scores.dtype)
    own = scores.gather(2, tags[:, :, None]).squeeze(2)
    follow = transitions[tags[:, :-1], tags[:, 1:]]
    true = (own * mask).sum(1) + (follow * mask[:, 1:]).sum(1)
    steps = [scores[:, 0]]
    for i in range(1, scores.shape[1]):
        steps.append(torch.logsumexp(steps[-1][:, :, None] + transitions, 1) + scores[:, i])
    last = torch.stack(steps, 1)[torch.arange(len(scores)), real.sum(1) - 1]
    return (torch.logsumexp(last, 1) - true).sum() / mask.sum()
