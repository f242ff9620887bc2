"""The contract for people: Swagger UI, from this host alone."""

import re

import pytest

from api import docs


def page_and_files(client):
    """The page, and every file that it names."""
    page = client.get("/docs", buffered=True)
    return page, {name: client.get(f"/{name}", buffered=True) for name in re.findall(r'(?:src|href)="(docs/[^"]+)"', page.text)}


def test_the_page_has_all_that_it_needs(client):
    """Each file is there, as what a browser that may not guess takes it for."""
    page, files = page_and_files(client)
    assert page.content_type == "text/html; charset=utf-8"
    assert {name.removeprefix("docs/") for name in files} == set(docs.FILES)
    kinds = {"js": {"text/javascript", "application/javascript"}, "css": {"text/css"}, "png": {"image/png"}}
    for name, file in files.items():
        assert file.status_code == 200
        assert file.mimetype in kinds[name.rpartition(".")[2]]


def test_the_page_may_ask_no_other_host_and_run_no_script_of_its_own(client):
    """Nothing inline, nothing from elsewhere."""
    page, files = page_and_files(client)
    for response in (page, *files.values()):
        policy = dict(rule.split(" ", 1) for rule in response.headers["Content-Security-Policy"].split("; "))
        assert {*" ".join(policy.values()).split()} == {"'none'", "'self'", "data:"}
        assert policy["script-src"] == policy["connect-src"] == "'self'"
    assert not re.search(r"<script>|<style|style=|\bon\w+=|https?://", page.text)


def test_the_page_shows_the_contract_and_sends_its_address_to_nobody(client):
    """Swagger UI's validator would."""
    start = client.get("/docs/docs.js", buffered=True).text
    address = re.search(r'url: "(.*)"', start)[1]
    assert client.get(f"/{address}").json["openapi"].startswith("3.1")
    assert "validatorUrl: null" in start


@pytest.mark.parametrize("name", ["index.css", "docs.html", "..%2fquotes.py", "LICENSE"])
def test_no_other_file_is_given(client, name):
    """The folders hold more."""
    assert client.get(f"/docs/{name}").status_code == 404
