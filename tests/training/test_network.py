"""The trained and the exported network are the same: torch and ONNX give equal scores for windows of any length."""

import numpy as np
import onnx
import pytest
import torch

from attribution.errors import ModelError
from attribution.tagging.network import Network as Runner
from attribution.tagging.windows import Batch
from training.export import to_onnx
from training.network import Config, Network
from training.restore import restore

VOCABULARY = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *(f"word{i}" for i in range(60))]
SMALL = Config(vocabulary=len(VOCABULARY), width=32, layers=2, heads=4, inner=64, positions=64, pointer=16)


@pytest.fixture(scope="module")
def network() -> Network:
    torch.manual_seed(1)
    return Network(SMALL).eval()


@pytest.fixture(scope="module")
def runner(network: Network) -> Runner:
    return Runner(to_onnx(network, VOCABULARY, quantized=False))


@pytest.mark.parametrize(("pieces", "words"), [(3, 1), (40, 25), (64, 62)])
def test_exported_scores_are_those_of_torch(network: Network, runner: Runner, pieces: int, words: int) -> None:
    rng = np.random.default_rng(pieces)
    ids = rng.integers(4, len(VOCABULARY), (1, pieces))
    shapes, spaces = rng.integers(0, 8, ids.shape), rng.integers(0, 3, ids.shape)
    first = np.arange(1, words + 1)[None]
    exported = runner.run(Batch(ids, shapes, spaces, first))
    with torch.no_grad():
        expected = network(*map(torch.from_numpy, (ids, shapes, spaces, first)))
    for got, wanted in zip(exported, expected, strict=True):
        np.testing.assert_allclose(got, wanted[0].numpy(), atol=1e-4)


def test_the_file_contains_what_it_needs_at_run_time(network: Network, runner: Runner) -> None:
    assert runner.pieces.vocabulary == tuple(VOCABULARY)
    for read, heads in zip(runner.transitions, (network.outer, network.inner), strict=True):
        np.testing.assert_allclose(read, heads.transitions.detach().numpy(), atol=1e-4)


def test_padding_changes_no_score(network: Network) -> None:
    ids = torch.randint(4, 60, (1, 10))
    words = torch.arange(1, 9)[None]
    longer = [torch.nn.functional.pad(x, (0, 6)) for x in (ids, words)]
    with torch.no_grad():
        alone, beside = (network(a, a % 8, a % 3, b, padded=padded) for a, b, padded in ((ids, words, False), (*longer, True)))
    torch.testing.assert_close(alone[0], beside[0][:, :8], atol=1e-5, rtol=0)
    torch.testing.assert_close(alone[4], beside[4][:, :8, :9], atol=1e-5, rtol=0)


def test_int8_scores_are_close_to_float_scores(network: Network, runner: Runner) -> None:
    small = Runner(to_onnx(network, VOCABULARY, quantized=True))
    ids = np.arange(4, 24)[None]
    batch = Batch(ids, ids % 8, ids % 3, np.arange(1, 19)[None])
    np.testing.assert_allclose(small.run(batch)[2], runner.run(batch)[2], atol=0.2)
    assert len(small.data) < len(runner.data)


def test_an_exported_network_can_be_restored_for_training(network: Network, runner: Runner) -> None:
    torch.testing.assert_close(restore(runner.data, SMALL), dict(network.state_dict()), atol=1e-4, rtol=0)


def test_a_restored_int8_network_exports_to_nearly_the_same_scores(network: Network) -> None:
    small, again = to_onnx(network, VOCABULARY, quantized=True), Network(SMALL).eval()
    again.load_state_dict(restore(small, SMALL))
    batch = Batch(*(np.arange(4, 24)[None] % n for n in (60, 8, 3)), np.arange(1, 19)[None])
    for got, wanted in zip(Runner(to_onnx(again, VOCABULARY, quantized=True)).run(batch), Runner(small).run(batch), strict=True):
        np.testing.assert_allclose(got, wanted, atol=1e-2)


def test_a_network_with_other_outputs_is_refused(network: Network) -> None:
    graph = onnx.load_from_string(to_onnx(network, VOCABULARY, quantized=False))
    del graph.graph.output[1]
    with pytest.raises(ModelError, match="export it again"):
        Runner(graph.SerializeToString())
