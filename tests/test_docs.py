"""README and docs/: every Python program and every command of curl and attribution in them prints what the page says.

A page is followed from its top to its end, as a reader would follow it: in one folder and one Python session. All pages share one
service. Commands that install, that start the service or that need another machine are left out.
"""

import io
import json
import re
import shlex
from contextlib import redirect_stdout
from glob import glob
from itertools import pairwise
from pathlib import Path
from urllib.request import urlopen

import pytest
import readme
from click.testing import CliRunner

from attribution.command.cli import main

SHELL = ("cat", "curl", "echo", "grep", "mkdir", "printf")
"""What is run in a shell beside `attribution`, which is run in this process: a new one would take seconds to load."""
ELSEWHERE = "quote_attribution_client"
"""The program that uses this needs a generated client: tests/api/test_python_client.py runs it."""


@pytest.fixture(scope="module")
def ready(live):
    """The address of the service once it is ready, as whoever starts it waits for."""
    urlopen(f"{live}health/ready").close()
    return live


class Follower:
    """Follows a page: runs what it shows in the folder where the test is, and knows how the last command ended."""

    def __init__(self, address):
        self.host = address.removeprefix("http://").rstrip("/")
        self.names = {}
        self.code = 0

    def __call__(self, language, source):
        """What a program or a command prints, None where it is none of those that are run."""
        if language == "python":
            return None if ELSEWHERE in source else self.program(source)
        assert self.code == 0 or source == "echo $?", f"before {source} the page shows a failure, and not its exit code"
        if source == "echo $?":
            code, self.code = self.code, 0
            return str(code)
        if source.startswith("attribution "):
            return self.attribution(shlex.split(source)[1:])
        return self.shell(source) if source.startswith(SHELL) else None

    def program(self, source):
        with redirect_stdout(io.StringIO()) as printed:
            exec(source, self.names)
        return printed.getvalue()

    def shell(self, source):
        return readme.run(source.replace("localhost:8000", self.host), Path.cwd(), no_proxy="*")

    def attribution(self, words):
        """The shell's part, which is patterns and redirections, is played here."""
        target = words[words.index(">") + 1] if ">" in words else None
        source = Path(words[words.index("<") + 1]).read_bytes() if "<" in words else None
        ends = [words.index(mark) for mark in "<>" if mark in words]
        arguments = [name for word in words[: min(ends, default=None)] for name in sorted(glob(word)) or [word]]
        result = CliRunner().invoke(main, arguments, input=source)
        self.code = result.exit_code
        assert self.code == 0 or not result.stderr, result.stderr
        if target is None:
            return result.stdout
        Path(target).write_text(result.stdout, encoding="utf-8")
        return ""


def examples(page):
    """The programs and commands of a page, each with what is shown for it: below it, or in the block that follows."""
    fences = readme.fences(page)
    for (language, block), (after, output) in pairwise([*fences, ("", "")]):
        if language == "python":
            yield language, block, output if after == "text" else ""
        elif language == "console":
            *first, (command, shown) = readme.steps(block)
            yield from ((language, *step) for step in first)
            yield language, command, output if after == "json" else shown


def read(text):
    """JSON as what it means, since a page sets it on other lines; anything else as it stands."""
    return json.loads(text) if text.startswith("{") else text.strip()


@pytest.mark.parametrize("page", [readme.README, *readme.DOCS], ids=lambda page: page.stem)
def test_a_page_shows_what_is_printed(page, ready, tmp_path, monkeypatch):
    """To the letter, on a terminal of 80 columns."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    follow = Follower(ready)
    for language, source, shown in examples(page):
        printed = follow(language, source)
        if printed is not None:
            assert read(printed) == read(shown), source
    assert follow.code == 0


def test_no_two_pages_make_the_same_folder():
    """A reader may follow all of them in one place."""
    pages = [set(re.findall(r"^\$ mkdir (?:-p )?(\w+)", page.read_text(encoding="utf-8"), re.MULTILINE)) for page in readme.DOCS]
    assert any(pages)
    assert sum(map(len, pages)) == len(set().union(*pages))


def test_the_notebook_shows_what_is_printed():
    """Cell by cell."""
    cells = json.loads((readme.ROOT / "docs" / "example.ipynb").read_text(encoding="utf-8"))["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    follow = Follower("")
    printed = [follow.program("".join(cell["source"])) for cell in code]
    assert printed == ["".join(line for output in cell["outputs"] for line in output["text"]) for cell in code]


def test_the_figures_of_readme_are_those_of_the_model_card():
    """Whoever trains a new model changes both."""
    shares = re.findall(r"\| ([\d.]+) % \|", readme.README.read_text(encoding="utf-8"))
    card = (readme.ROOT / "MODEL_CARD.md").read_text(encoding="utf-8")
    assert shares
    assert [share for share in shares if not re.search(rf"(?<![\d.]){share}(?![\d.])", card)] == []


@pytest.mark.parametrize("page", [readme.README, *readme.DOCS], ids=lambda page: page.stem)
def test_every_link_leads_to_a_file(page):
    """Of the repository. The anchors are checked by make docs."""
    links = re.findall(r"\]\((?!\w+:|#)([^)#]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).is_file()] == []


@pytest.mark.parametrize("page", readme.DOCS, ids=lambda page: page.stem)
def test_every_page_can_be_found(page):
    """From README, and on the site."""
    assert f"](docs/{page.name})" in readme.README.read_text(encoding="utf-8")
    assert f"- {page.name}\n" in (readme.ROOT / "mkdocs.yml").read_text(encoding="utf-8")
