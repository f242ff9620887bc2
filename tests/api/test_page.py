"""How the service serves the page: its files, and what they may not do. `tests/browser` tests whether the page works."""

import re
from pathlib import Path

import pytest

from attribution.command.standalone import STATIC

SEEDS = Path(__file__).parents[2] / "seeds"
PAGE = (STATIC / "page.html").read_text(encoding="utf-8")
FILES = re.findall(r'(?:href|src)="(page/[^"]+)"', PAGE)


def test_the_page_is_at_the_root(client):
    """It is what a browser shows at the service's address."""
    response = client.get("/")
    assert response.content_type == "text/html; charset=utf-8"
    assert response.text == PAGE


def test_the_page_may_load_from_and_call_this_service_only(client):
    """No content of an article can run as a script, and no form can put a text into a URL."""
    policy = client.get("/").headers["Content-Security-Policy"]
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules.pop("img-src") == "'self' data:"
    assert {rules.pop(name) for name in ("script-src", "style-src", "connect-src")} == {"'self'"}
    assert set(rules) == {"default-src", "base-uri", "form-action", "frame-ancestors"}
    assert set(rules.values()) == {"'none'"}


@pytest.mark.parametrize("name", FILES)
def test_the_files_of_the_page_are_served(client, name):
    """With the right media types: browsers run only what is declared as a script."""
    kinds = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}
    response = client.get(f"/{name}")
    assert response.status_code == 200
    assert response.content_type == kinds[Path(name).suffix]


def test_the_page_uses_every_file_there_is():
    """No file is missing or unused."""
    assert {f"page/{path.name}" for path in STATIC.iterdir()} == {*FILES, "page/page.html"}


def test_the_page_offers_every_seed(client):
    """Byte for byte, because offsets refer to the text."""
    offered = re.findall(r'data-seed="([^"]+)"', PAGE)
    assert sorted(offered) == sorted(path.stem for path in SEEDS.glob("*.txt"))
    for name in offered:
        assert client.get(f"/page/{name}.txt").data == (SEEDS / f"{name}.txt").read_bytes()


@pytest.mark.parametrize("name", ["nothing.js", "nothing.txt", "../pipeline.py", "%2e%2e/pipeline.py"])
def test_no_other_file_is_served(client, name):
    """Such as source code in the parent folder."""
    assert client.get(f"/page/{name}").status_code == 404


def test_no_file_of_the_page_names_another_host():
    """Except the XML namespace of its icon, which is never fetched."""
    for path in STATIC.iterdir():
        assert set(re.findall(r"https?://[\w.]+", path.read_text(encoding="utf-8"))) <= {"http://www.w3.org"}, path.name


def test_an_unchanged_file_is_not_sent_again(client):
    """Browsers cache the files, and still get a new version at once."""
    etag = client.get("/").headers["ETag"]
    assert client.get("/", headers={"If-None-Match": etag}).status_code == 304
