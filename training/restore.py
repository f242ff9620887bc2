"""Recovers weights from an exported network, so that training can continue from them.

In: the content of a `network.onnx`. Out: float weights by their names in `training.network`. The rounding to int8 remains, so the
network gives the same scores when it is exported again.
"""

from __future__ import annotations

import json

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor

from training.network import Config, Network

ROOT = "network."
QUANTIZED = "_quantized"


def restore(data: bytes, config: Config) -> dict[str, Tensor]:
    """The weights of an exported network of this size. Weights that are not exported are those of a new network."""
    model = onnx.load_from_string(data)
    stored = {one.name: numpy_helper.to_array(one) for one in model.graph.initializer}
    weights = {_parameter(name): _floats(name, stored) for name in stored if name.startswith(ROOT)}
    for node in model.graph.node:
        if node.op_type in ("MatMul", "MatMulInteger") and node.input[1] in stored:
            weights[_layer(node.name)] = _floats(node.input[1], stored).T.contiguous()
    transitions = json.loads(next(each.value for each in model.metadata_props if each.key == "transitions"))
    for level, values in zip(("outer", "inner"), transitions, strict=True):
        weights[f"{level}.transitions"] = torch.tensor(values)
    fresh = Network(config).state_dict()
    return {name: weights.get(name, value) for name, value in fresh.items()}


def _parameter(name: str) -> str:
    """The name of a parameter: "network.names.bias" is "names.bias"."""
    return name.removeprefix(ROOT).removesuffix(QUANTIZED)


def _layer(node: str) -> str:
    """The parameter that a node multiplies by: "/network/encoder/layers.0/qkv/MatMul" gives "encoder.layers.0.qkv.weight"."""
    return ".".join([*node.strip("/").split("/")[1:-1], "weight"])


def _floats(name: str, stored: dict[str, np.ndarray]) -> Tensor:
    """An array as floats; a quantized one is converted by its scale and zero point."""
    values = stored[name].astype(np.float32)
    if name.endswith(QUANTIZED):
        scale, zero = (stored[name.removesuffix(QUANTIZED) + part] for part in ("_scale", "_zero_point"))
        values = (values - zero.astype(np.float32)) * scale
    return torch.from_numpy(values)
