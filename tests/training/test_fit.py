"""Training learns: the loss is the likelihood it should be, and a small network fits a small article."""

import itertools

import numpy as np
import torch

from attribution.tagging.decoder import viterbi
from training.crf import negative_log_likelihood
from training.examples import collate
from training.fit import Recipe, fit
from training.network import Config, Network


def test_the_likelihood_is_that_of_all_sequences_counted_one_by_one() -> None:
    scores, transitions, tags = torch.randn(1, 4, 3), torch.randn(3, 3), torch.tensor([[1, 2, 0, 1]])

    def score(sequence: tuple[int, ...]) -> torch.Tensor:
        own = sum(scores[0, i, tag] for i, tag in enumerate(sequence))
        return own + sum(transitions[a, b] for a, b in itertools.pairwise(sequence))

    everything = torch.logsumexp(torch.stack([score(s) for s in itertools.product(range(3), repeat=4)]), 0)
    found = negative_log_likelihood(scores, transitions, tags, torch.ones(1, 4, dtype=torch.bool))
    torch.testing.assert_close(found, (everything - score((1, 2, 0, 1))) / 4)


def test_padding_adds_nothing_to_the_likelihood() -> None:
    scores, transitions, tags = torch.randn(1, 5, 3), torch.randn(3, 3), torch.tensor([[1, 2, 0, 1, 0]])
    real = torch.tensor([[True, True, True, False, False]])
    short = negative_log_likelihood(scores[:, :3], transitions, tags[:, :3], real[:, :3])
    torch.testing.assert_close(negative_log_likelihood(scores, transitions, tags, real), short)


def test_a_small_network_learns_a_small_article(example, pieces) -> None:
    small = Config(
        vocabulary=len(pieces.vocabulary), width=32, layers=1, heads=2, inner=64, positions=64, pointer=16, dropout=0.0
    )
    network, kept = Network(small), []
    recipe = Recipe(epochs=60, encoder_rate=1e-2, head_rate=1e-2, freeze_pieces=False)
    fit(network, lambda rng: [example], pieces.special, recipe, device="cpu", keep=kept.append)
    inputs, targets = collate([(example, (0, len(example.words)))], pieces.special)
    with torch.no_grad():
        roles, _, cue, source, _ = network.eval()(*inputs)
    tags = viterbi(roles[0].numpy(), network.transitions.detach().numpy())
    assert tags.tolist() == targets.roles[0].tolist()
    spoken, cues = targets.cue[0] >= 0, targets.source[0] >= 0
    assert np.array_equal(cue[0].argmax(-1)[spoken], targets.cue[0][spoken])
    assert np.array_equal(source[0].argmax(-1)[cues], targets.source[0][cues])
    assert len(kept) == 60
