"""Runs a whole training, stage by stage. In: a recipe and its folders. Out: the pipeline, and beside the weights of each stage a
record of its inputs and outputs. A stage is skipped if its inputs and outputs match its record; a stopped stage resumes.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from training import workshop
from training.catalogue import checksum
from training.recipe import Stage
from training.stages import KINDS, Place

Say = Callable[[str], None]


def run(place: Place, say: Say) -> None:
    """Run every stage that is not done yet, and report progress to `say`."""
    place.work.mkdir(parents=True, exist_ok=True)
    stages = place.recipe.stages
    _check(place)
    for number, stage in enumerate(stages):
        at = f"stage {number + 1} of {len(stages)}, {stage.name} ({stage.do})"
        inputs = _inputs(place, stage)
        if _is_done(place, stage, inputs):
            say(f"{at}: done before")
            continue
        minutes = sum(_minutes(place, each) for each in stages[number:])
        say(f"{at}: about {minutes:.0f} minutes left in all")
        _do(place, stage, inputs)


def _check(place: Place) -> None:
    """Raise FileNotFoundError if the gold file of a stage is missing, before hours are spent."""
    for stage in place.recipe.stages:
        gold = place.data / stage.settings.get("gold", "")
        if not gold.exists():
            raise FileNotFoundError(f"stage {stage.name} needs {gold}, which is missing: add the file, or change `gold`")


def _do(place: Place, stage: Stage, inputs: dict[str, Any]) -> None:
    """Run a stage; resume it if it was stopped and its inputs are the same."""
    record = _read(place, stage)
    if record.get("inputs") != inputs or "outputs" in record:
        workshop.progress_file(place.weights(stage.name)).unlink(missing_ok=True)
        record = {"inputs": inputs, "seconds": 0.0}
        _write(place, stage, record)
    started = time.monotonic()
    KINDS[stage.do].do(place, stage)
    record["seconds"] = round(time.monotonic() - started, 1)
    _write(place, stage, record | {"outputs": dict(_checksums(KINDS[stage.do].writes(place, stage)))})


def _is_done(place: Place, stage: Stage, inputs: dict[str, Any]) -> bool:
    """Whether a stage was done with these inputs, and its outputs are unchanged."""
    record = _read(place, stage)
    outputs = dict(_checksums(KINDS[stage.do].writes(place, stage)))
    return record.get("inputs") == inputs and record.get("outputs") == outputs


def _inputs(place: Place, stage: Stage) -> dict[str, Any]:
    """Everything that the outcome of a stage depends on, except the code."""
    files = [*map(place.weights, stage.weights), *KINDS[stage.do].reads(place, stage)]
    recipe = place.recipe
    said = {"encoder": recipe.encoder, "held_back": sorted(recipe.held_back), "settings": dict(stage.settings)}
    if stage.do == "export":
        said |= {"pipeline": recipe.pipeline, "version": recipe.version, "chosen": asdict(recipe.tuned)}
    return said | {"files": dict(_checksums(files))}


def _checksums(files: Any) -> Iterator[tuple[str, str | None]]:
    yield from ((str(file), checksum(file) if file.exists() else None) for file in files)


def _minutes(place: Place, stage: Stage) -> float:
    """The minutes that a stage took the last time, or else its estimate."""
    return _read(place, stage).get("seconds", 0) / 60 or stage.minutes


def _record(place: Place, stage: Stage) -> Path:
    return place.work / f"{stage.name}.json"


def _read(place: Place, stage: Stage) -> dict[str, Any]:
    file = _record(place, stage)
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    return found


def _write(place: Place, stage: Stage, record: dict[str, Any]) -> None:
    _record(place, stage).write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
