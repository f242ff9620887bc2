"""The operations that a network needs, and the peak of a core. No test asserts a time."""

import numpy as np
import onnx

import attribution
from attribution.tagging.windows import Batch
from evaluation import limit
from evaluation.limit import Limit, Products
from evaluation.speed import Speed

NETWORK = """<ir_version: 8, opset_import: ["" : 17]>
tiny (int64[1, l] pieces, int64[1, l] shapes, int64[1, l] spaces, int64[1, w] words) => (int32[l, 3] scores)
<int8[2, 3] weights = {1, 2, 3, 4, 5, 6}>
{
    both = Concat<axis = 0>(pieces, shapes)
    rows = Transpose(both)
    bytes = Cast<to = 2>(rows)
    scores = MatMulInteger(bytes, weights)
}"""
"""A network of one product: a row of two for each piece, by two rows of three."""


def window(pieces: int) -> Batch:
    filled = np.ones((1, pieces), dtype=np.int64)
    return Batch(filled, filled, filled, filled[:, :1])


def test_a_product_counts_two_operations_for_each_row_column_and_inner_element() -> None:
    products = Products(onnx.parser.parse_model(NETWORK).SerializeToString())
    assert [products.operations(window(pieces)) for pieces in (1, 5)] == [2 * 3 * 2, 5 * 2 * 3 * 2]
    assert [weights.shape for weights in products.shapes()] == [(2, 3)]


def test_every_window_of_every_text_counts(monkeypatch) -> None:
    monkeypatch.setattr(limit, "RUNS", 1)
    once, thrice = (limit.measure(attribution.load(), ["“No,” Ann Lee said."] * number) for number in (1, 3))
    assert thrice.operations == 3 * once.operations > 0
    assert once.peak > 0


def test_the_report_compares_the_time_of_the_products_with_that_of_the_articles() -> None:
    speed = Speed(load=1.0, seconds=(0.1, 0.3), words=800, peak=256.0, parts={})
    lines = Limit(peak=500e9, operations=50_000_000_000).report(speed).splitlines()
    assert [line.split()[-1] for line in lines] == ["500.0", "25.0", "50.0", "25.0"]
