"""The page as one file: it loads nothing, and runs nothing from the article."""

import base64
import hashlib
import json
import re
from dataclasses import replace

from api import examples
from attribution.command import standalone

HOSTILE = "“</script><script>alert(1)</script>\\1 <!--”"


def part(pattern, page):
    """The only match in the page."""
    (found,) = re.findall(pattern, page, re.DOTALL)
    return found


def test_it_contains_the_text_and_the_answer():
    page = standalone.page(examples.TEXT, examples.ARTICLE)
    data = json.loads(part(r'<script type="application/json" id="standalone">(.*?)</script>', page))
    assert data == {"text": examples.TEXT, "answer": examples.ARTICLE.to_dict()}


def test_an_article_cannot_close_the_script_element():
    page = standalone.page(HOSTILE, replace(examples.ARTICLE, id=HOSTILE))
    assert page.count("</script>") == 2
    data = json.loads(part(r'<script type="application/json" id="standalone">(.*?)</script>', page))
    assert (data["text"], data["answer"]["id"]) == (HOSTILE, HOSTILE)


def test_it_loads_nothing():
    page = standalone.page(examples.TEXT, examples.ARTICLE)
    assert re.findall(r'<link rel="stylesheet"|\bsrc="', page) == []


def test_it_runs_only_its_own_script():
    """Its policy names style and script by their digests."""
    page = standalone.page(examples.TEXT, examples.ARTICLE)
    policy = part(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    for name, pattern in (("style", r"<style>(.*?)</style>"), ("script", r"<script>(.*?)</script>")):
        digest = base64.b64encode(hashlib.sha256(part(pattern, page).encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in policy
