"""A training follows its recipe from the corpora to a pipeline, resumes where it was stopped, and repeats nothing."""

import json
from dataclasses import replace

import pytest
import spacy
import torch
from click.testing import CliRunner

from attribution import seal
from attribution.tagging.thresholds import Thresholds
from training import encoders, recipe, run, stages
from training.__main__ import main
from training.corpora import own
from training.encoders import Encoder
from training.network import Config, Network
from training.stages import Kind, Place

RECIPE = """
name = "tiny"
pipeline = "quotes-en-tiny"
version = "1.2.3"
encoder = "tiny"
thresholds = {tagged = 0.3, pointed = 0.4, given_up = 2.5, gained = 10.0}
defaults = {min_speaker_probability = 0.4}
"""
WHOLE = """
stage = [
    {name = "a", do = "fit", rate = 1e-3, epochs = 1, seed = 1, composed = 0, framed = 1, minutes = 1},
    {name = "b", do = "fit", start = "a", rate = 1e-3, epochs = 1, seed = 2, composed = 0, framed = 0, minutes = 1},
    {name = "mean", do = "soup", of = ["a", "b"], shares = [0.5, 0.5], minutes = 1},
    {name = "pipeline", do = "export", of = "mean", minutes = 1},
    {name = "confidence", do = "calibrate", own = [3], minutes = 1},
    {name = "ranker", do = "coreference", epochs = 1, scorers = 1, seed = 1, minutes = 1},
    {name = "figures", do = "measure", own = [4], minutes = 1},
]
"""
SMALL = Config(width=8, layers=1, heads=2, inner=8, pointer=4)


def untaught():
    """A small network that predicts no names and no calls."""
    network = Network(SMALL)
    for head in (network.names, network.calls):
        torch.nn.init.constant_(head.bias[:1], 99.0)
    return network


@pytest.fixture
def invented(tmp_path, monkeypatch):
    """Ten of the invented articles instead of all, and a tiny network."""
    lines = own.files()[0].read_text(encoding="utf-8").splitlines(keepends=True)
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "own1.jsonl").write_text("".join(lines[:10]), encoding="utf-8")
    monkeypatch.setattr(own, "FOLDER", tmp_path / "own")
    monkeypatch.setitem(encoders.ENCODERS, "tiny", Encoder(SMALL, untaught))
    monkeypatch.setattr(stages.os, "cpu_count", lambda: 1)
    (tmp_path / "data").mkdir()
    (tmp_path / "recipe.toml").write_text(RECIPE + WHOLE, encoding="utf-8")
    return tmp_path


def follow(folder):
    """The output of `run` in a folder."""
    places = ["--recipe", folder / "recipe.toml", "--work", folder / "work", "--out", folder / "out"]
    result = CliRunner().invoke(main, ["run", str(folder / "data"), *map(str, places)])
    assert result.exit_code == 0, result.output
    return result.output


def test_a_training_without_any_corpus_ends_with_a_pipeline_and_its_figures(invented):
    """A second run does nothing; a missing file is made again."""
    said = follow(invented)
    assert "stage 1 of 7, a (fit): about 7 minutes left in all" in said
    assert f"{invented / 'data' / 'polnear' / 'train.jsonl'} is missing: continuing without it" in said
    assert (invented / "work" / "figures.txt").read_text(encoding="utf-8").strip() in said
    seal.check(invented / "out")
    meta = json.loads((invented / "out" / "meta.json").read_text(encoding="utf-8"))
    assert (meta["name"], meta["version"], meta["defaults"]) == ("quotes-en-tiny", "1.2.3", {"min_speaker_probability": 0.4})
    assert spacy.load(invented / "out").get_pipe("tagger").thresholds == Thresholds(0.3, 0.4, 2.5, 10.0)
    assert follow(invented).count("done before") == 7
    (invented / "work" / "mean.pt").unlink()
    assert "stage 3 of 7, mean (soup): about" in follow(invented)


class StoppedError(Exception):
    """The training was interrupted."""


@pytest.fixture
def made(tmp_path, monkeypatch):
    """The folders of a training whose fit and soup only log that they ran, and this log."""
    log = []

    def do(place, stage):
        log.append((stage.name, place.weights(stage.name).with_suffix(".progress").exists()))
        place.weights(stage.name).with_suffix(".progress").touch()
        if stage.settings.get("seed") == 13:
            raise StoppedError
        place.weights(stage.name).with_suffix(".progress").unlink()
        place.weights(stage.name).write_text(f"{stage.settings}", encoding="utf-8")

    kind = Kind(do, lambda place, stage: [place.data / "corpus"], lambda place, stage: [place.weights(stage.name)])
    monkeypatch.setattr(run, "KINDS", {"fit": kind, "soup": kind})
    (tmp_path / "corpus").write_text("a text", encoding="utf-8")

    def place(seed):
        written = (
            RECIPE
            + f'stage = [{{name = "a", do = "fit", seed = {seed}, minutes = 1}},'
            + ('{name = "b", do = "soup", of = ["a"], minutes = 1}]')
        )
        (tmp_path / "recipe.toml").write_text(written, encoding="utf-8")
        return Place(tmp_path, tmp_path / "work", tmp_path / "out", recipe.read_recipe(tmp_path / "recipe.toml"))

    return place, log


def test_a_stage_runs_again_if_its_settings_or_files_have_changed(made, tmp_path):
    """So does a stage that builds on it, if its output has changed."""
    place, log = made
    for change in (lambda: None, lambda: None, lambda: (tmp_path / "corpus").write_text("another", encoding="utf-8")):
        change()
        run.run(place(1), lambda line: None)
    assert [name for name, _ in log] == ["a", "b", "a", "b"]
    run.run(place(2), lambda line: None)
    assert [name for name, _ in log[4:]] == ["a", "b"]


def test_a_stopped_stage_resumes_unless_its_settings_have_changed(made):
    place, log = made
    for seed in (13, 13, 1):
        try:
            run.run(place(seed), lambda line: None)
        except StoppedError:
            continue
    assert log == [("a", False), ("a", True), ("a", False), ("b", False)]


@pytest.mark.parametrize(
    ("stage", "remedy"),
    [
        ('{name = "a", do = "bake", minutes = 1}', "'bake' is not a kind of stage: choose from"),
        ('{name = "a", do = "fit", rates = 1, minutes = 1}', "fit has no setting rates: it has composed, epochs"),
        ('{name = "a", do = "soup", of = ["b"], shares = [1], minutes = 1}', "builds on b, which is not an earlier stage"),
        ('{name = "a", do = "fit"}', "'minutes' is missing"),
        ('{name = "a", do = "fit", minutes = 1}, {name = "a", do = "fit", minutes = 1}', "two stages are called a"),
    ],
)
def test_a_recipe_that_cannot_be_followed_says_why(tmp_path, stage, remedy):
    file = tmp_path / "recipe.toml"
    file.write_text(f"{RECIPE}stage = [{stage}]", encoding="utf-8")
    with pytest.raises(recipe.RecipeError, match=remedy):
        recipe.read_recipe(file)


@pytest.mark.parametrize("file", ["recipe.toml", "own.toml"])
def test_the_recipes_of_the_project_can_be_followed(file):
    found = recipe.read_recipe(recipe.SHIPPED.with_name(file))
    assert {stage.do for stage in found.stages} <= stages.KINDS.keys() == recipe.SETTINGS.keys()


def test_missing_gold_is_an_error_before_any_stage_runs(made, tmp_path):
    place, log = made
    there = place(1)
    later = recipe.Stage("figures", "measure", 1, {"gold": "news/dev.jsonl"})
    missing = replace(there, recipe=replace(there.recipe, stages=(*there.recipe.stages, later)))
    with pytest.raises(FileNotFoundError, match=r"stage figures needs .*dev\.jsonl, which is missing: add the file"):
        run.run(missing, lambda line: None)
    assert log == []


def test_the_command_lists_the_licence_and_the_state_of_each_corpus(tmp_path):
    """A file that is not the expected one is an error."""
    (tmp_path / "gap.jsonl.gz").write_bytes(b"no such corpus")
    result = CliRunner().invoke(main, ["corpora", str(tmp_path)])
    assert result.exit_code == 1
    assert "gap.jsonl.gz: another file\n  GAP: a pronoun" in result.output
    assert "gum.jsonl.gz: missing" in result.output
    assert result.output.count("licence: ") == 13


def test_a_folder_without_corpora_is_not_an_error(tmp_path):
    assert CliRunner().invoke(main, ["corpora", str(tmp_path)]).exit_code == 0


def test_invented_articles_are_held_back_by_their_numbers():
    numbers = [int(line["id"][-2:]) for line in own.lines(without={5, 10})]
    assert {5, 10}.isdisjoint(numbers)
    assert len(numbers) + len(list(own.lines(only={5, 10}))) == len(list(own.lines()))
