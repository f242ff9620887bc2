"""What the project promises outside its code: docs/, lock files, Makefile, and what no tracked file may hold."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from api import create_app, settings
from api.failures import Failure
from api.requests import QuoteRequestSchema
from api.schemas.shape import ArticleWarningSchema
from attribution.data import WARNINGS

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT = PYPROJECT["project"]
EXTRAS = PROJECT["optional-dependencies"]
LOCKS = {
    "requirements.lock": PROJECT["dependencies"] + EXTRAS["redis"],
    "requirements-dev.lock": PROJECT["dependencies"] + EXTRAS["test"] + EXTRAS["evaluation"],
    "requirements-build.lock": PYPROJECT["build-system"]["requires"],
}
INDEX = rb"(?<!emit-)(?:extra-)?index-url|(?<!emit-)find-links|/sim[p]le/|\"resolve[d]\": *\"http"
"""How the address of a package index shows."""


def tracked_files():
    """Every file that git tracks, but this one, which says what may not be there."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    paths = [ROOT / name for name in listed.split("\0") if name]
    return [path for path in paths if path.is_file() and path != Path(__file__)]


def pins(lock):
    """The versions that a lock file pins, by name; there may be one for each Python version."""
    found = {}
    for name, version in re.findall(r"^([\w.-]+)==([\w.]+)", (ROOT / lock).read_text(encoding="utf-8"), re.MULTILINE):
        found.setdefault(canonicalize_name(name), set()).add(version)
    return found


def page(name):
    """A page of the documentation."""
    return (DOCS / f"{name}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("setting", settings.SETTINGS, ids=lambda setting: setting.name)
def test_every_setting_is_documented(setting):
    """Its variable, its default and its help, in the words of the code."""
    assert f"| `{setting.variable}` | {setting.default} | {setting.help} |" in page("deployment")


@pytest.mark.parametrize("failure", Failure, ids=lambda failure: failure.code)
def test_every_failure_is_documented(failure):
    """Its code, its status, what happened and what helps, in the words of the code."""
    assert f"| `{failure.code}` | {failure.status} | {failure.happened} | {failure.remedy} |" in page("http")


@pytest.mark.parametrize("code", WARNINGS)
def test_every_warning_is_documented(code):
    """In the docs and in the contract."""
    assert f"| `{code}` |" in page("http")
    assert f"`{code}`: " in ArticleWarningSchema().fields["code"].metadata["description"]


def test_every_route_is_documented():
    """Whoever reads the page knows every door."""
    routes = [rule.rule for rule in create_app().url_map.iter_rules() if not rule.rule.startswith("/docs/")]
    assert [route for route in routes if route not in page("http")] == []


def test_every_option_is_documented():
    """With its default and what it does."""
    options = set(QuoteRequestSchema().fields) - {"text", "html"}
    assert [option for option in options if f"| `{option}` |" not in page("http")] == []


def test_every_task_is_in_the_help_and_documented():
    """make help lists what make can do."""
    tasks = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)[1].split()
    shown = subprocess.run(["make", "--no-print-directory", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert [line.split()[1] for line in shown.splitlines()] == tasks
    assert [task for task in tasks if f"| `make {task}` |" not in page("development")] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_pins_what_the_project_asks_for(lock):
    """Whoever changes a dependency makes the locks anew: make lock."""
    pinned = pins(lock)
    for requirement in map(Requirement, LOCKS[lock]):
        versions = pinned[canonicalize_name(requirement.name)]
        assert all(version in requirement.specifier for version in versions), requirement


def test_the_locks_agree():
    """What is tested is what is served."""
    runtime, tested = pins("requirements.lock"), pins("requirements-dev.lock")
    assert runtime == {name: tested.get(name) for name in runtime}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_says_what_and_never_where_from(lock):
    """No address, no path, no option of an index: only names, versions and hashes."""
    for line in (ROOT / lock).read_text(encoding="utf-8").splitlines():
        assert re.fullmatch(r"[\w.-]+==[\w.]+( ; [^/]+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?", line), line


def test_no_tracked_file_names_a_registry_or_a_path_of_this_machine():
    """The project is used elsewhere, with other mirrors and other folders."""
    here = [re.escape(str(path)).encode() for path in (ROOT, Path.home()) if len(path.parts) > 1]
    for path in tracked_files():
        assert re.findall(b"|".join([INDEX, *(rb"%b\b" % name for name in here)]), path.read_bytes()) == [], path
