"""The service's page with one article, as one file that needs no service and no network: `attribution extract --format html`.

In: a text and its `Article`. Out: HTML. The page, its style and its scripts are those in `static/`, which the service serves too;
they are put into one file, together with the article as data.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from pathlib import Path

from attribution.data import Article

STATIC = Path(__file__).parent / "static"
_STYLE = re.compile(r'<link rel="stylesheet" href="page/([\w.-]+)">')
_SCRIPT = re.compile(r'<script src="page/([\w.-]+)"></script>')


def page(text: str, article: Article) -> str:
    """The file that shows `article`, the answer to `text`."""
    bare = _file("page.html")
    style = "".join(map(_file, _STYLE.findall(bare)))
    script = "".join(map(_file, _SCRIPT.findall(bare)))
    head = f'<meta http-equiv="Content-Security-Policy" content="{_policy(style, script)}">\n<style>{style}</style>'
    data = f'<script type="application/json" id="standalone">{_data(text, article)}</script>\n<script>{script}</script>\n'
    # Replaced by functions, because `re.sub` would interpret backslashes in a replacement string.
    return _STYLE.sub(lambda _: head, re.sub(rf"({_SCRIPT.pattern}\n)+", lambda _: data, bare))


def _file(name: str) -> str:
    return (STATIC / name).read_text(encoding="utf-8")


def _data(text: str, article: Article) -> str:
    """Text and answer as JSON, escaped so that nothing in it can close the script element."""
    return json.dumps({"text": text, "answer": article.to_dict()}, ensure_ascii=False).replace("<", "\\u003c")


def _policy(style: str, script: str) -> str:
    """A policy that loads nothing, and runs only the script in this file."""
    return f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; img-src data:; base-uri 'none'"


def _hash(content: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}"
