"""Reads the recipe of a training. In: a TOML file such as `recipe.toml`. Out: a checked `Recipe`: each stage is of a known kind,
has only settings of that kind, and builds on earlier stages.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from attribution.tagging.thresholds import Thresholds
from training.export import TunedValues

SHIPPED = Path(__file__).parent / "recipe.toml"
SETTINGS: Mapping[str, frozenset[str]] = {
    "restore": frozenset({"revision"}),
    "fit": frozenset({"start", "rate", "epochs", "seed", "varied", "composed", "framed"}),
    "soup": frozenset({"of", "shares"}),
    "export": frozenset({"of"}),
    "calibrate": frozenset({"gold", "own"}),
    "coreference": frozenset({"epochs", "scorers", "seed"}),
    "measure": frozenset({"gold", "own"}),
}
"""The kinds of stages, and the settings of each."""


class RecipeError(ValueError):
    """A recipe that cannot be followed. The message says what to change."""


@dataclass(frozen=True)
class Stage:
    """One stage: its `name`, its kind (`do`), its settings, and about how many `minutes` it takes."""

    name: str
    do: str
    minutes: float
    settings: Mapping[str, Any]

    @property
    def weights(self) -> tuple[str, ...]:
        """The stages whose weights it reads."""
        named = (self.settings.get("start", ()), self.settings.get("of", ()))
        return tuple(name for each in named for name in ((each,) if isinstance(each, str) else each))


@dataclass(frozen=True)
class Recipe:
    """All stages in order, and the name of the pipeline. `held_back` are numbers of invented articles that no stage trains on."""

    name: str
    pipeline: str
    version: str
    encoder: str
    tuned: TunedValues
    held_back: frozenset[int]
    stages: tuple[Stage, ...]


def read_recipe(file: Path) -> Recipe:
    """Read the recipe in a file. Raises RecipeError if it cannot be followed."""
    try:
        written = tomllib.loads(file.read_text(encoding="utf-8"))
        stages = tuple(_stage(stage) for stage in written["stage"])
        _check(stages)
        return Recipe(
            **{name: written[name] for name in ("name", "pipeline", "version", "encoder")},
            tuned=TunedValues(Thresholds(**written["thresholds"]), written["defaults"]),
            held_back=frozenset(number for stage in stages for number in stage.settings.get("own", ())),
            stages=stages,
        )
    except KeyError as error:
        raise RecipeError(f"{file}: {error} is missing: add it as in training/recipe.toml") from error
    except (RecipeError, TypeError, tomllib.TOMLDecodeError) as error:
        raise RecipeError(f"{file}: {error}") from error


def _stage(written: Mapping[str, Any]) -> Stage:
    settings = {key: value for key, value in written.items() if key not in ("name", "do", "minutes")}
    stage = Stage(written["name"], written["do"], written["minutes"], settings)
    if stage.do not in SETTINGS:
        raise RecipeError(f"stage {stage.name}: {stage.do!r} is not a kind of stage: choose from {', '.join(SETTINGS)}")
    if unknown := settings.keys() - SETTINGS[stage.do]:
        known = ", ".join(sorted(SETTINGS[stage.do]))
        raise RecipeError(f"stage {stage.name}: {stage.do} has no setting {', '.join(sorted(unknown))}: it has {known}")
    return stage


def _check(stages: tuple[Stage, ...]) -> None:
    """Raise RecipeError if a stage builds on one that is not before it, or if two stages share a name."""
    before = list[str]()
    for stage in stages:
        if stage.name in before:
            raise RecipeError(f"two stages are called {stage.name}: give each its own name")
        if missing := [name for name in stage.weights if name not in before]:
            raise RecipeError(f"stage {stage.name} builds on {missing[0]}, which is not an earlier stage: add it before")
        before.append(stage.name)
