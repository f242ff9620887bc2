"""Training works: the loss is the right likelihood, and a small network fits a small article."""

import itertools

import numpy as np
import pytest
import torch

from attribution.tagging.decoder import viterbi
from attribution.tagging.network import CALL_TAGS
from training.corpora.records import Annotation, Article, Mention
from training.crf import negative_log_likelihood
from training.examples import IGNORE, NOBODY, build, collate
from training.fit import Settings, _groups, _meant, fit
from training.network import Config, Network, Referent


def test_the_likelihood_equals_that_over_all_sequences() -> None:
    scores, transitions, tags = torch.randn(1, 4, 3), torch.randn(3, 3), torch.tensor([[1, 2, 0, 1]])

    def score(sequence: tuple[int, ...]) -> torch.Tensor:
        own = sum(scores[0, i, tag] for i, tag in enumerate(sequence))
        return own + sum(transitions[a, b] for a, b in itertools.pairwise(sequence))

    everything = torch.logsumexp(torch.stack([score(s) for s in itertools.product(range(3), repeat=4)]), 0)
    found = negative_log_likelihood(scores, transitions, tags, torch.ones(1, 4, dtype=torch.bool))
    torch.testing.assert_close(found, (everything - score((1, 2, 0, 1))) / 4)


def test_padding_does_not_change_the_likelihood() -> None:
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
    settings = Settings(epochs=60, encoder_rate=1e-2, head_rate=1e-2, freeze_pieces=False)
    fit(network, lambda rng: [example], pieces.special, settings, device="cpu", keep=kept.append)
    inputs, targets = collate([(example, (0, len(example.words)))], pieces.special)
    with torch.no_grad():
        scores = network.eval()(*inputs)[5:]
    for heads, said, wanted in ((network.outer, scores[:4], targets.outer), (network.inner, scores[4:], targets.inner)):
        real = wanted[0][0] != IGNORE
        tags = viterbi(said[0][0][real].numpy(), heads.transitions.detach().numpy())
        assert tags.tolist() == wanted[0][0][real].tolist()
        for pointer, target in zip(said[1:], wanted[1:], strict=True):
            pointing = target[0] >= 0
            assert pointing.any()
            assert np.array_equal(pointer[0].argmax(-1)[pointing], target[0][pointing])
    assert len(kept) == 60


def taught(example, pieces):
    """A small network trained on an example, and the input and targets of this example."""
    torch.manual_seed(1)
    network = Network(Config(vocabulary=len(pieces.vocabulary), width=32, layers=1, heads=2, inner=64, positions=64, pointer=16))
    settings = Settings(epochs=40, encoder_rate=1e-2, head_rate=1e-2, freeze_pieces=False)
    fit(network, lambda rng: [example], pieces.special, settings, device="cpu", keep=lambda kept: None)
    inputs, targets = collate([(example, (0, len(example.words)))], pieces.special)
    return network, inputs, targets


def test_coreference_and_calls_are_learned(nlp, pieces) -> None:
    text = "Ann Lee left. Then Ann said she left."
    quote = Annotation(content=((28, 36),), cue=((23, 27),), source=((19, 22),))
    mentions = (Mention((0, 7), 0), Mention((19, 22), 0), Mention((28, 31), 0, to_resolve=True))
    article = Article("m", text, attributions=(quote,), calls=((19, 22, "name"),), mentions=mentions)
    example = build(article, nlp, pieces, limit=50)
    network, inputs, targets = taught(example, pieces)
    with torch.no_grad():
        _, calls, vectors, *_ = network.eval()(*inputs)
        she = int((targets.referents[2][0] == 1).nonzero()[0])
        means = network.referent.scores(vectors[0], torch.tensor([she]), targets.referents[4][0])
    assert [CALL_TAGS[tag] for tag in calls[0].argmax(-1)[targets.calls[0] != IGNORE]] == ["B-name"]
    assert int(means[0].argmax()) - 1 in (0, 1, 5)


def test_relays_are_learned(nlp, pieces) -> None:
    text = "Ann Lee told RIA it rains. It pours, Ann said."
    told = Annotation(content=((17, 25),), cue=((8, 12),), source=((0, 7),), relays=((13, 16),))
    said = Annotation(content=((27, 35),), cue=((41, 45),), source=((37, 40),))
    example = build(Article("v", text, attributions=(told, said), passed=True), nlp, pieces, limit=50)
    network, inputs, targets = taught(example, pieces)
    with torch.no_grad():
        _, _, _, via, passed, *_ = network.eval()(*inputs)
    tags, wanted = targets.via
    assert via[0].argmax(-1)[tags[0] >= 0].tolist() == tags[0][tags[0] >= 0].tolist()
    assert passed[0].argmax(-1)[wanted[0] >= 0].tolist() == wanted[0][wanted[0] >= 0].tolist() == [4, 0]


def antecedent_loss(right: tuple[int, int], meant_by: tuple[int, int], articles: tuple[int, int]) -> float:
    """The loss of one word to resolve, (window, word) `right`'s entity, if its vector fits the word `meant_by` alone. There are
    two windows of two words; all words are mentions, and only the last one is to be resolved.
    """
    referent = Referent(Config(pointer=4))
    vectors = torch.zeros(2, 2, 8)
    vectors[1, 1, 0] = vectors[meant_by][4] = 9.0
    mention, who = torch.tensor([[0, 1], [2, 3]]), torch.tensor([[10, 11], [12, 13]])
    who[right] = 13
    to_resolve, places = torch.tensor([[0, 0], [0, 1]]), torch.tensor([[0, 1], [0, 1]])
    numbers = torch.tensor([[articles[0]], [articles[1]]])
    return _meant(referent, vectors, numbers, mention, who, to_resolve, torch.ones_like(who), places).item()


def test_an_antecedent_is_learned_across_the_windows_of_an_article() -> None:
    assert antecedent_loss((0, 0), (0, 0), (1, 1)) < 0.1 < 1 < antecedent_loss((0, 0), (0, 1), (1, 1))


def test_a_mention_in_another_article_is_no_antecedent() -> None:
    assert antecedent_loss((0, 0), (0, 0), (1, 2)) == pytest.approx(antecedent_loss((1, 1), (0, 0), (1, 2)))


def test_none_is_right_for_a_mention_without_an_antecedent() -> None:
    referent = Referent(Config(pointer=4))
    vectors, words = torch.zeros(1, 3, 8), torch.arange(3)[None]
    mention, who = torch.tensor([[0, NOBODY, 1]]), torch.tensor([[0, NOBODY, 1]])
    targets = torch.tensor([[0]]), mention, who, torch.tensor([[0, 0, 1]]), torch.ones_like(who), words
    unsure = _meant(referent, vectors, *targets)
    vectors[0, 2, 0] = referent.none.data[0] = 9.0
    assert unsure > 1 > _meant(referent, vectors, *targets)


def test_windows_of_an_article_stay_together_unless_one_is_much_shorter(nlp, pieces) -> None:
    example = build(Article("a", "It rains. " * 40), nlp, pieces, limit=50)
    parts = [(example, window) for window in ((0, 40), (40, 80), (80, 120), (100, 105))]
    assert [len(group) for group in _groups(parts, 2560)] == [3, 1]


def test_a_part_of_the_network_can_be_trained_alone(nested_article, nlp, pieces) -> None:
    example = build(nested_article, nlp, pieces, limit=50)
    network = Network(Config(vocabulary=len(pieces.vocabulary), width=32, layers=1, heads=2, inner=64, positions=64, pointer=16))
    before = {name: value.clone() for name, value in network.state_dict().items()}
    settings = Settings(epochs=1, head_rate=1e-2, memory=0.0, only="inner.")
    fit(network, lambda rng: [example], pieces.special, settings, device="cpu", keep=lambda kept: None)
    changed = {name for name, value in network.state_dict().items() if not torch.equal(value, before[name])}
    assert changed
    assert all(name.startswith("inner.") for name in changed)
