"""Training learns: the loss is the likelihood it should be, and a small network fits a small article."""

import itertools

import numpy as np
import torch

from attribution.tagging.decoder import viterbi
from training.crf import negative_log_likelihood
from training.examples import build, collate
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


def test_a_small_network_learns_both_levels_of_a_small_article(nested_article, nlp, pieces) -> None:
    example = build(nested_article, nlp, pieces, limit=50)
    small = Config(
        vocabulary=len(pieces.vocabulary), width=32, layers=1, heads=2, inner=64, positions=64, pointer=16, dropout=0.0
    )
    network, kept = Network(small), []
    recipe = Recipe(epochs=60, encoder_rate=1e-2, head_rate=1e-2, freeze_pieces=False)
    fit(network, lambda rng: [example], pieces.special, recipe, device="cpu", keep=kept.append)
    inputs, targets = collate([(example, (0, len(example.words)))], pieces.special)
    with torch.no_grad():
        scores = network.eval()(*inputs)[2:]
    for heads, said, wanted in ((network.outer, scores[:4], targets.outer), (network.inner, scores[4:], targets.inner)):
        tags = viterbi(said[0][0].numpy(), heads.transitions.detach().numpy())
        assert tags.tolist() == wanted[0][0].tolist()
        for pointer, target in zip(said[1:], wanted[1:], strict=True):
            pointing = target[0] >= 0
            assert pointing.any()
            assert np.array_equal(pointer[0].argmax(-1)[pointing], target[0][pointing])
    assert len(kept) == 60


def test_a_part_can_be_trained_alone(nested_article, nlp, pieces) -> None:
    example = build(nested_article, nlp, pieces, limit=50)
    network = Network(Config(vocabulary=len(pieces.vocabulary), width=32, layers=1, heads=2, inner=64, positions=64, pointer=16))
    before = {name: value.clone() for name, value in network.state_dict().items()}
    recipe = Recipe(epochs=1, head_rate=1e-2, memory=0.0, only="inner.")
    fit(network, lambda rng: [example], pieces.special, recipe, device="cpu", keep=lambda kept: None)
    changed = {name for name, value in network.state_dict().items() if not torch.equal(value, before[name])}
    assert changed
    assert all(name.startswith("inner.") for name in changed)
