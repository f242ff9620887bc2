"""What is installed: the folders of the wheel, laid out as pyproject.toml says, without building it."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
WHEEL = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]
PLACES = {name: WHEEL["sources"].get(name, name) for name in WHEEL["only-include"]}
"""Where each folder of the repository is in site-packages."""


@pytest.fixture
def installed(tmp_path):
    """A folder that is laid out as site-packages would be."""
    for source, place in sorted(PLACES.items(), key=lambda item: item[1]):
        if "/" in place:
            (tmp_path / place).symlink_to(ROOT / source)
            continue
        (tmp_path / place).mkdir()
        for path in (ROOT / source).iterdir():
            (tmp_path / place / path.name).symlink_to(path)
    return tmp_path


def run(folder, program):
    """What a program prints there."""
    return subprocess.run([sys.executable, "-c", program], cwd=folder, check=True, capture_output=True, text=True).stdout


def test_nothing_but_attribution_is_at_the_top():
    """No name that another project may have too."""
    assert {place.split("/")[0] for place in PLACES.values()} == {"attribution"}


def test_the_service_works_under_the_name_it_is_installed_by(installed):
    """The page, its seed articles and the command find what they need there."""
    program = """
import io
from attribution.command.cli import SERVICE
from attribution.service import create_app
client = create_app(log_to=io.StringIO()).test_client()
print(SERVICE, *(client.get(path).status_code for path in ("/", "/page/kremlin.txt", "/docs", "/openapi.yaml")))
"""
    assert run(installed, program).split() == ["attribution.service", "200", "200", "200", "200"]


def test_gunicorn_is_told_that_name(installed):
    """By its configuration, of the app and of the worker."""
    program = "from attribution.service import gunicorn_conf as conf; print(conf.wsgi_app, conf.worker_class)"
    assert run(installed, program).split() == ["attribution.service:create_app()", "attribution.service.worker.TimedWorker"]


def test_the_service_starts_in_a_clone(installed, tmp_path):
    """Whose folder `attribution` holds no service. gunicorn checks its configuration and loads the app from the wheel."""
    (tmp_path / "clone" / "attribution").mkdir(parents=True)
    (tmp_path / "clone" / "attribution" / "__init__.py").touch()
    environ = {**os.environ, "PYTHONPATH": str(installed), "GUNICORN_CMD_ARGS": "--check-config"}
    command = [sys.executable, "-P", "-m", "attribution", "serve"]
    started = subprocess.run(command, cwd=tmp_path / "clone", env=environ, capture_output=True, text=True)
    assert (started.returncode, started.stderr) == (0, "")


def test_type_checkers_see_the_types():
    """PEP 561."""
    assert (ROOT / "attribution" / "py.typed").is_file()


@pytest.mark.parametrize("group", [PROJECT["project"]["scripts"], *PROJECT["project"]["entry-points"].values()])
def test_every_entry_point_is_there(group):
    """What pip and spaCy look up by name."""
    for target in group.values():
        module, function = re.fullmatch(r"([\w.]+):(\w+)", target).groups()
        assert callable(getattr(__import__(module, fromlist=[function]), function))
