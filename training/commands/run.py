"""`python -m training run`: follow a recipe from the corpora to a pipeline."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from training import catalogue
from training import recipe as recipes
from training.commands import FILE, FOLDER, NEW_FOLDER
from training.run import run
from training.stages import Place


@click.command("run")
@click.argument("data", type=FOLDER)
@click.option("--recipe", "file", type=FILE, default=recipes.SHIPPED, help="The stages.  [default: training/recipe.toml]")
@click.option("--work", type=NEW_FOLDER, help="Folder for the weights and records of the stages.  [default: runs/NAME]")
@click.option("--out", type=NEW_FOLDER, help="Folder for the pipeline.  [default: build/NAME]")
def command(data: Path, file: Path, work: Path | None, out: Path | None) -> None:
    """Follow a recipe with the invented articles of this project and the corpora in the folder DATA. Missing corpora are left
    out. After a stop, the same command resumes; a stage is skipped if nothing about it has changed. NAME is the name of the
    recipe.
    """
    try:
        recipe = recipes.read_recipe(file)
        for corpus in catalogue.corpora():
            if corpus.state(data) == "another file":
                _say(f"{data / corpus.file} is not the file that the recipe was followed with: expect other figures")
        run(Place(data, work or Path("runs") / recipe.name, out or Path("build") / recipe.name, recipe), _say)
    except (recipes.RecipeError, FileNotFoundError) as error:
        raise click.ClickException(str(error)) from error


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
