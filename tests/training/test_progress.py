"""A stopped training resumes as if it had never been stopped."""

from pathlib import Path
from random import Random

import pytest
import torch

from training import fit as fitting
from training.examples import Example, build
from training.fit import Settings, fit
from training.network import Config, Network

SETTINGS = Settings(epochs=3, pieces=12, encoder_rate=1e-2, head_rate=1e-2)


class StoppedError(Exception):
    """The training was interrupted."""


def train(example: Example, special: dict[str, int], saved: Path | None = None) -> Network:
    """A small network, trained on one article with random windows and dropout."""
    torch.manual_seed(7)
    network, kept = Network(Config(vocabulary=16, width=32, layers=1, heads=2, inner=64, positions=64, pointer=16)), []

    def epoch(rng: Random) -> list[Example]:
        return [example] * rng.randint(2, 4)

    fit(network, epoch, special, SETTINGS, device="cpu", keep=kept.append, saved=saved)
    return kept[-1]


def train_and_stop(example: Example, special: dict[str, int], saved: Path, steps: int) -> None:
    """The same training, interrupted after a number of steps."""
    real, left = fitting._step, iter(range(steps))

    def step(*args):
        if next(left, None) is None:
            raise StoppedError
        return real(*args)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fitting, "_step", step)
        with pytest.raises(StoppedError):
            train(example, special, saved)


@pytest.mark.parametrize("steps", [1, 4, 7])
def test_a_resumed_training_ends_with_the_same_weights(nested_article, nlp, pieces, tmp_path, monkeypatch, steps) -> None:
    example, saved = build(nested_article, nlp, pieces, limit=50), tmp_path / "a.progress"
    unbroken = train(example, pieces.special).state_dict()
    monkeypatch.setattr(fitting, "SAVE_EVERY", 2)
    train_and_stop(example, pieces.special, saved, steps)
    resumed = train(example, pieces.special, saved).state_dict()
    torch.testing.assert_close(resumed, unbroken, rtol=0, atol=0)


def test_steps_that_are_done_are_not_repeated(nested_article, nlp, pieces, tmp_path, monkeypatch) -> None:
    example, saved = build(nested_article, nlp, pieces, limit=50), tmp_path / "a.progress"
    monkeypatch.setattr(fitting, "SAVE_EVERY", 1)
    train_and_stop(example, pieces.special, saved, 4)
    train_and_stop(example, pieces.special, saved, 1)
    state = torch.load(saved)
    assert state["mean"]["n_averaged"] == 5
    assert [file.name for file in tmp_path.iterdir()] == ["a.progress"]
