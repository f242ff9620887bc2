"""Measures how near the library comes to the limit of a core: the time that the network's int8 matrix products would take alone.

In: the pipeline, and the texts that were timed. Out: the peak of this core, in operations a second, and the operations of the
texts. A multiplication and an addition are two operations.

The network reads every window of the texts once more and returns each int8 product, which is how the operations are counted. The
peak is the best rate of those products: each shape runs alone through onnxruntime, on a whole window and with constant weights.
Larger products are no faster. All other work is above the limit: that of the network too, such as quantization and attention.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from time import perf_counter
from typing import Any

import numpy as np
import onnx
import onnxruntime
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from spacy.language import Language

from attribution.tagging.network import BUDGET, OVERLAP
from attribution.tagging.windows import Batch, WordPieces, cut, encode, words_of
from attribution.text.tokens import tokenize
from evaluation.speed import Speed, figure_line, percentile

RUNS, FASTEST = 50, 10
"""How often each shape runs, and which percentile of the times counts: the clock of a virtual machine may err in a single run."""
Weights = NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Limit:
    """The `peak` of a core in operations a second, and the `operations` of some articles."""

    peak: float
    operations: int

    def report(self, speed: Speed) -> str:
        """The figures as a plain-text table, for the articles that were timed."""
        articles = len(speed.seconds)
        seconds = self.operations / self.peak
        figures = {
            "int8 peak, Gop/s": self.peak / 1e9,
            "Gop an article": self.operations / articles / 1e9,
            "limit, ms an article": 1000 * seconds / articles,
            "of the limit, %": 100 * seconds / speed.total,
        }
        return "\n".join(figure_line(label, value) for label, value in figures.items())


def measure(nlp: Language, texts: Iterable[str]) -> Limit:
    """The peak of this core, and the operations that the texts need."""
    tagger: Any = nlp.get_pipe("tagger")
    products = Products(tagger.network.data)
    operations = sum(products.operations(window) for text in texts for window in _windows(nlp, text, tagger.network.pieces))
    return Limit(max(_rate(weights) for weights in products.shapes()), operations)


def _windows(nlp: Language, text: str, pieces: WordPieces) -> Iterator[Batch]:
    """The windows of a text that the network reads."""
    words = words_of(nlp.get_pipe("sentencizer")(tokenize(nlp, text)), pieces, limit=BUDGET)
    return (encode(words, window, pieces.special) for window in cut(words, budget=BUDGET, overlap=OVERLAP))


class Products:
    """The int8 matrix products of a network, given as the content of its file."""

    def __init__(self, data: bytes) -> None:
        model = onnx.load_from_string(data)
        nodes = [node for node in model.graph.node if node.op_type == "MatMulInteger"]
        weights = {each.name: numpy_helper.to_array(each) for each in model.graph.initializer}
        self._weights: Mapping[str, Any] = {node.output[0]: weights[node.input[1]] for node in nodes}
        model.graph.output.extend(helper.make_empty_tensor_value_info(name) for name in self._weights)
        self._session = _session(model)

    def shapes(self) -> Iterator[Weights]:
        """The weights of one product of each shape."""
        return iter({weights.shape: weights for weights in self._weights.values()}.values())

    def operations(self, window: Batch) -> int:
        """The operations of all products in a window."""
        feed = {name: getattr(window, name) for name in ("pieces", "shapes", "spaces", "words")}
        found = self._session.run(list(self._weights), feed)
        return sum(2 * product.size * len(weights) for product, weights in zip(found, self._weights.values(), strict=True))


def _rate(weights: Weights) -> float:
    """The operations a second of a window's product with these weights, in one of the fastest runs."""
    session = _session(_product(weights))
    window = np.random.default_rng(0).integers(0, 255, (BUDGET, len(weights)), dtype=np.uint8)
    seconds = percentile((_seconds(session, window) for _ in range(RUNS)), FASTEST)
    return 2 * BUDGET * weights.size / seconds


def _product(weights: Weights) -> onnx.ModelProto:
    """A model of nothing but a product with constant weights."""
    inner, columns = weights.shape
    graph = helper.make_graph(
        [helper.make_node("MatMulInteger", ["window", "weights"], ["product"])],
        "product",
        [helper.make_tensor_value_info("window", TensorProto.UINT8, [BUDGET, inner])],
        [helper.make_tensor_value_info("product", TensorProto.INT32, [BUDGET, columns])],
        [numpy_helper.from_array(weights, "weights")],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


def _session(model: onnx.ModelProto) -> onnxruntime.InferenceSession:
    """A session of one thread, as the library has."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])


def _seconds(session: onnxruntime.InferenceSession, window: NDArray[np.uint8]) -> float:
    start = perf_counter()
    session.run(None, {"window": window})
    return perf_counter() - start
