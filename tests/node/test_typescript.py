"""The client that openapi-typescript and openapi-fetch make of the contract, used against a live gunicorn.

docs/clients.md shows how.
"""

from pathlib import Path

import pytest
import readme
from readme import SERVICE

MODULES = Path(__file__).parent / "node_modules"


@pytest.fixture(scope="module")
def shown():
    """The page's commands, its program, and what it prints."""
    making, *others = readme.blocks("npx openapi-typescript")
    return making, *others[:2]


@pytest.fixture
def folder(tmp_path):
    """A folder in which npm has installed what the page says."""
    (tmp_path / "node_modules").symlink_to(MODULES)
    (tmp_path / "package.json").write_text('{"type": "module"}', encoding="utf-8")
    return tmp_path


def test_the_client_does_what_the_page_shows(gunicorn, shown, folder):
    """Options, a claim, and a problem; the compiler is as strict as it can be told to be."""
    making, program, output = shown
    (folder / "use.ts").write_text(program.replace(SERVICE, gunicorn), encoding="utf-8")
    printed = readme.run(readme.commands(making, but=["npm install"]).replace(SERVICE, gunicorn), folder)
    assert printed.endswith(output)


def test_the_compiler_sees_a_wrong_option(gunicorn, shown, folder):
    """Before it is sent."""
    making, program, _ = shown
    (folder / "use.ts").write_text(program.replace('["direct"]', '["dirct"]'), encoding="utf-8")
    make, compile_, _ = readme.commands(making, but=["npm install"]).replace(SERVICE, gunicorn).splitlines()
    assert "'\"dirct\"' is not assignable to type" in readme.run(f"{make} && ! {compile_}", folder)
