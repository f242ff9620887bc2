"""Exports trained weights as a pipeline. In: a network and its vocabulary. Out: the directory of a spaCy pipeline, which holds
the network as int8 ONNX. It trains and measures nothing.
"""

from __future__ import annotations

import json
import math
import tempfile
import warnings
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

import onnx
import torch
from confection import Config
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from attribution.pipeline import build_pipeline
from attribution.quoting.calibration import Calibration
from attribution.tagging.network import OUTPUTS
from attribution.tagging.network import Network as Runner
from attribution.tagging.tagger import Tagger
from attribution.tagging.thresholds import NEUTRAL, Thresholds
from training.network import Network

INPUTS = ("pieces", "shapes", "spaces", "words")
POINTERS = ("passed", "cue", "source", "inner_cue", "inner_source")
NAME = "quotes-en-small"


@dataclass(frozen=True)
class TunedValues:
    """Values that were tuned on the dev articles and ship with the weights: the tagger's thresholds, and the defaults of request
    options.
    """

    tagger: Thresholds = NEUTRAL
    defaults: Mapping[str, float] = field(default_factory=dict)


UNTUNED = TunedValues()


class Alone(nn.Module):
    """The network for a single window without padding."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, *window: Tensor) -> tuple[Tensor, ...]:
        """The outputs of the network."""
        found: tuple[Tensor, ...] = self.network(*window, padded=False)
        return found


def write_pipeline(
    network: Network,
    vocabulary: list[str],
    directory: Path,
    *,
    version: str,
    name: str = NAME,
    quantized: bool = True,
    tuned: TunedValues = UNTUNED,
) -> None:
    """Write the trained pipeline to a directory, in spaCy's format; `quantized` stores the weights as int8."""
    nlp = build_pipeline()
    nlp.initialize()
    description = "Quotations, their cues, sources and speakers in English news."
    nlp.meta.update(name=name, version=version, description=description, license="Apache-2.0", defaults=dict(tuned.defaults))
    tagger = nlp.get_pipe("tagger")
    assert isinstance(tagger, Tagger)
    tagger.network = Runner(to_onnx(network, vocabulary, quantized=quantized))
    nlp.to_disk(directory)
    _configure(directory, "tagger", "thresholds", asdict(tuned.tagger))


def recalibrate(directory: Path, calibration: Calibration) -> None:
    """Write a new calibration of the quotes' confidence to the directory of a pipeline."""
    _configure(directory, "quotes", "calibration", asdict(calibration))


def _configure(directory: Path, step: str, name: str, numbers: dict[str, float]) -> None:
    config = Config().from_disk(directory / "config.cfg", interpolate=False)
    config["components"][step][name] = {key: number for key, number in numbers.items() if math.isfinite(number)}
    config.to_disk(directory / "config.cfg")


def to_onnx(network: Network, vocabulary: list[str], *, quantized: bool) -> bytes:
    """The content of a `network.onnx`: the graph, with what it needs at run time as metadata."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "network.onnx"
        _trace(network, file)
        if quantized:
            # Signed weights would give other scores on processors without VNNI, which add their products in 16 bits.
            quantize_dynamic(file, file, per_channel=True, weight_type=QuantType.QUInt8)
        graph = onnx.load(file)
    transitions = [heads.transitions.detach().numpy().round(4).tolist() for heads in (network.outer, network.inner)]
    meta = {
        "width": str(2 * network.config.pointer),
        "vocabulary": json.dumps(vocabulary, ensure_ascii=False),
        "transitions": json.dumps(transitions),
    }
    for key, value in meta.items():
        graph.metadata_props.add(key=key, value=value)
    data: bytes = graph.SerializeToString()
    return data


def _trace(network: Network, file: Path) -> None:
    """Export the graph for one window of any number of pieces and words."""
    pieces = torch.ones((1, 9), dtype=torch.int64)
    example = (pieces, pieces, pieces, torch.tensor([[1, 2, 4]]))
    axes = {name: {1: "words" if name == "words" else "pieces"} for name in INPUTS}
    axes |= {name: {1: "words"} | ({2: "targets"} if name in POINTERS else {}) for name in OUTPUTS}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        warnings.filterwarnings("ignore", "Constant folding")
        torch.onnx.export(
            Alone(network).eval(),
            example,
            str(file),
            input_names=INPUTS,
            output_names=OUTPUTS,
            dynamic_axes=axes,
            opset_version=18,
            dynamo=False,
        )
