"""The page as the service serves it: what it is made of, and what it may not do. Whether it works is for `tests/browser`."""

import re
from pathlib import Path

import pytest

from attribution.command.standalone import STATIC

SEEDS = Path(__file__).parents[2] / "seeds"
PAGE = (STATIC / "page.html").read_text(encoding="utf-8")
FILES = re.findall(r'(?:href|src)="(page/[^"]+)"', PAGE)


def test_the_page_is_at_the_root(client):
    """Whoever opens the service in a browser sees it."""
    response = client.get("/")
    assert response.content_type == "text/html; charset=utf-8"
    assert response.text == PAGE


def test_the_page_may_load_and_call_this_service_and_nobody_else(client):
    """Nothing that an article holds is run, and no form can put a text into an address."""
    policy = client.get("/").headers["Content-Security-Policy"]
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules.pop("img-src") == "'self' data:"
    assert {rules.pop(name) for name in ("script-src", "style-src", "connect-src")} == {"'self'"}
    assert set(rules) == {"default-src", "base-uri", "form-action", "frame-ancestors"}
    assert set(rules.values()) == {"'none'"}


@pytest.mark.parametrize("name", FILES)
def test_what_the_page_is_made_of_is_served(client, name):
    """As what it is: a browser runs nothing that is not called a script."""
    kinds = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}
    response = client.get(f"/{name}")
    assert response.status_code == 200
    assert response.content_type == kinds[Path(name).suffix]


def test_the_page_uses_every_file_there_is():
    """None is forgotten, none left over."""
    assert {f"page/{path.name}" for path in STATIC.iterdir()} == {*FILES, "page/page.html"}


def test_the_page_offers_every_seed(client):
    """To the letter, because offsets are into it."""
    offered = re.findall(r'data-seed="([^"]+)"', PAGE)
    assert sorted(offered) == sorted(path.stem for path in SEEDS.glob("*.txt"))
    for name in offered:
        assert client.get(f"/page/{name}.txt").data == (SEEDS / f"{name}.txt").read_bytes()


@pytest.mark.parametrize("name", ["nothing.js", "nothing.txt", "../pipeline.py", "%2e%2e/pipeline.py"])
def test_nothing_else_is_served(client, name):
    """Not the code beside it either."""
    assert client.get(f"/page/{name}").status_code == 404


def test_no_file_of_the_page_names_another_host():
    """The namespace of its icon is an address that nobody calls."""
    for path in STATIC.iterdir():
        assert set(re.findall(r"https?://[\w.]+", path.read_text(encoding="utf-8"))) <= {"http://www.w3.org"}, path.name


def test_what_has_not_changed_is_not_sent_again(client):
    """A browser keeps the files, and a new version is seen at once."""
    etag = client.get("/").headers["ETag"]
    assert client.get("/", headers={"If-None-Match": etag}).status_code == 304
