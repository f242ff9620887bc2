"""The kinds of stages of a training: for each kind what it reads, what it writes, and how to run it. In: a stage and its folders.
Out: files. `training.run` decides the order, and whether a stage must run at all.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluation.files import each_line
from evaluation.table import news_table
from training import catalogue, fit, ranking, workshop
from training.corpora import own
from training.material import DataOptions
from training.recipe import Recipe, Stage

NETWORK = "attribution/model/tagger/network.onnx"


@dataclass(frozen=True)
class Place:
    """The folders of a training: the corpora in `data`, the weights in `work`, the pipeline in `out`; and its recipe."""

    data: Path
    work: Path
    out: Path
    recipe: Recipe

    def weights(self, name: str) -> Path:
        """The file of the weights that a stage writes."""
        return self.work / f"{name}.pt"

    def corpora(self) -> list[Path]:
        """The files of the corpora that are present, and of the invented articles."""
        files = (self.data / corpus.file for corpus in catalogue.corpora())
        return [*(file for file in files if file.exists()), *own.files()]


@dataclass(frozen=True)
class Kind:
    """A kind of stage: `do` runs it; `reads` and `writes` return its files, without the weights that the stage itself names."""

    do: Callable[[Place, Stage], None]
    reads: Callable[[Place, Stage], Iterable[Path]]
    writes: Callable[[Place, Stage], Iterable[Path]]


def _restore(place: Place, stage: Stage) -> None:
    root = Path(__file__).parents[1]
    shown = subprocess.run(["git", "show", f"{stage.settings['revision']}:{NETWORK}"], cwd=root, capture_output=True)
    if shown.returncode:
        raise FileNotFoundError(f"git lacks {stage.settings['revision']}:{NETWORK}: clone the full history")
    workshop.write_restored(shown.stdout, place.weights(stage.name), encoder=place.recipe.encoder)


def _fit(place: Place, stage: Stage) -> None:
    settings = dict(stage.settings)
    start = settings.pop("start", None)
    fit_settings = fit.Settings(epochs=settings.pop("epochs"), seed=settings.pop("seed")).with_rate(settings.pop("rate"))
    options = DataOptions(held_back=place.recipe.held_back, **settings)
    out = place.weights(stage.name)
    weights = place.weights(start) if start else None
    workshop.write_fitted(place.data, out, fit_settings, options, encoder=place.recipe.encoder, start=weights)
    workshop.progress_file(out).unlink()


def _soup(place: Place, stage: Stage) -> None:
    workshop.write_soup(list(map(place.weights, stage.weights)), stage.settings["shares"], place.weights(stage.name))


def _export(place: Place, stage: Stage) -> None:
    recipe = place.recipe
    workshop.write_exported(
        place.weights(stage.settings["of"]),
        place.out,
        encoder=recipe.encoder,
        version=recipe.version,
        name=recipe.pipeline,
        tuned=recipe.tuned,
    )


def _calibrate(place: Place, stage: Stage) -> None:
    workshop.write_calibrated(_gold(place, stage), place.out)


def _coreference(place: Place, stage: Stage) -> None:
    workers = os.cpu_count() or 1
    settings = ranking.Settings(**stage.settings)
    workshop.write_ranker(place.data, place.out, settings, workers=workers, held_back=place.recipe.held_back)


def _measure(place: Place, stage: Stage) -> None:
    table = news_table(workshop.measure(list(_gold(place, stage)), place.out))
    _figures(place, stage).write_text(table + "\n", encoding="utf-8")
    print(table)


def _gold(place: Place, stage: Stage) -> Iterable[dict[str, Any]]:
    """The annotated articles of a stage: a file of DATA, or the invented articles with some numbers."""
    gold = stage.settings.get("gold")
    return each_line(place.data / gold) if gold else own.lines(only=stage.settings["own"])


def _gold_files(place: Place, stage: Stage) -> list[Path]:
    gold = stage.settings.get("gold")
    return [place.data / gold] if gold else own.files()


def _figures(place: Place, stage: Stage) -> Path:
    return place.work / f"{stage.name}.txt"


def _weights(place: Place, stage: Stage) -> list[Path]:
    return [place.weights(stage.name)]


def _nothing(place: Place, stage: Stage) -> list[Path]:
    return []


def _pipeline(*names: str) -> Callable[[Place, Stage], list[Path]]:
    """Files of the pipeline."""
    return lambda place, stage: [place.out / name for name in names]


TAGGER, CONFIG, RANKER = "tagger/network.onnx", "config.cfg", "coreference/ranker.npz"
KINDS = {
    "restore": Kind(_restore, _nothing, _weights),
    "fit": Kind(_fit, lambda place, stage: place.corpora(), _weights),
    "soup": Kind(_soup, _nothing, _weights),
    "export": Kind(_export, _nothing, _pipeline(TAGGER, "verbs/lookups.bin")),
    "calibrate": Kind(_calibrate, lambda place, stage: [place.out / TAGGER, *_gold_files(place, stage)], _pipeline(CONFIG)),
    "coreference": Kind(
        _coreference, lambda place, stage: [place.out / TAGGER, place.out / CONFIG, *place.corpora()], _pipeline(RANKER)
    ),
    "measure": Kind(
        _measure,
        lambda place, stage: [*(place.out / name for name in (TAGGER, CONFIG, RANKER)), *_gold_files(place, stage)],
        lambda place, stage: [_figures(place, stage)],
    ),
}
"""The kinds of stages that `recipe.SETTINGS` lists."""
