"""The weights of several networks are averaged."""

import torch

from training.soup import soup


def test_every_weight_is_the_mean() -> None:
    found = soup([{"a": torch.tensor([0.0, 2.0])}, {"a": torch.tensor([1.0, 4.0])}, {"a": torch.tensor([2.0, 0.0])}])
    assert found["a"].tolist() == [1.0, 2.0]


def test_shares_weight_the_mean() -> None:
    found = soup([{"a": torch.tensor([0.0])}, {"a": torch.tensor([4.0])}], [1, 3])
    assert found["a"].tolist() == [3.0]
