"""The client that openapi-python-client makes of the contract, used against a live gunicorn as docs/clients.md shows it."""

import pytest
import readme
from readme import SERVICE


@pytest.fixture(scope="module")
def made(gunicorn, tmp_path_factory):
    """A folder with the client, made by the page's commands from what the service says of itself."""
    folder = tmp_path_factory.mktemp("client")
    making = readme.commands(readme.blocks("openapi-python-client generate")[0], but=["pip install"])
    readme.run(making.replace(SERVICE, gunicorn), folder)
    return folder


@pytest.fixture(scope="module")
def program(made, gunicorn):
    """The page's program in that folder, and what the page says that it prints."""
    program, output = readme.blocks("from quote_attribution_client import")[:2]
    (made / "use.py").write_text(program.replace(SERVICE, gunicorn), encoding="utf-8")
    return made / "use.py", output


def test_the_client_does_what_the_page_shows(program):
    """Options, a claim, and a problem, each as an object with its type."""
    file, output = program
    assert readme.run(f"python {file.name}", file.parent, PYTHONUTF8="1") == output


def test_whoever_uses_the_client_may_be_strict_about_types(program):
    """The page's program has no error; a wrong word in an option is seen before it is sent."""
    file, _ = program
    wrong = file.with_name("wrong.py")
    wrong.write_text(file.read_text(encoding="utf-8").replace('["direct"]', '["dirct"]'), encoding="utf-8")
    errors = readme.run(f"! mypy --strict --follow-imports=silent {file.name} {wrong.name}", file.parent).splitlines()
    assert [line.partition(":")[0] for line in errors[:-1] if ": error: " in line] == ["wrong.py"], errors
