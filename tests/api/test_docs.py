"""Swagger UI, served from this host alone."""

import re

import pytest

from api import docs


def page_and_files(client):
    """The page, and every file that it links to."""
    page = client.get("/docs", buffered=True)
    return page, {name: client.get(f"/{name}", buffered=True) for name in re.findall(r'(?:src|href)="(docs/[^"]+)"', page.text)}


def test_the_page_has_all_its_files(client):
    """Each has the media type that a browser needs when it must not sniff."""
    page, files = page_and_files(client)
    assert page.content_type == "text/html; charset=utf-8"
    assert {name.removeprefix("docs/") for name in files} == set(docs.FILES)
    kinds = {"js": {"text/javascript", "application/javascript"}, "css": {"text/css"}, "png": {"image/png"}}
    for name, file in files.items():
        assert file.status_code == 200
        assert file.mimetype in kinds[name.rpartition(".")[2]]


def test_the_page_calls_no_other_host_and_has_no_inline_scripts(client):
    """Its policy forbids both, and it contains neither."""
    page, files = page_and_files(client)
    for response in (page, *files.values()):
        policy = dict(rule.split(" ", 1) for rule in response.headers["Content-Security-Policy"].split("; "))
        assert {*" ".join(policy.values()).split()} == {"'none'", "'self'", "data:"}
        assert policy["script-src"] == policy["connect-src"] == "'self'"
    assert not re.search(r"<script>|<style|style=|\bon\w+=|https?://", page.text)


def test_the_page_shows_the_contract_without_a_validator(client):
    """Swagger UI's validator would send the contract's URL to another host."""
    start = client.get("/docs/docs.js", buffered=True).text
    address = re.search(r'url: "(.*)"', start)[1]
    assert client.get(f"/{address}").json["openapi"].startswith("3.1")
    assert "validatorUrl: null" in start


@pytest.mark.parametrize("name", ["index.css", "docs.html", "..%2fquotes.py", "LICENSE"])
def test_no_other_file_is_served(client, name):
    """The folders contain more files."""
    assert client.get(f"/docs/{name}").status_code == 404
