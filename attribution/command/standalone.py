"""The page's own view of one article, as one file that needs no service and no network: `attribution extract --format html`.

In: a text and its `Article`. Out: HTML. It writes no view of its own: page, style and scripts are those in `static/`, which the
service serves too, put into one file, with the article beside them as data.
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
    # By functions, because a text put in directly would have its backslashes read.
    return _STYLE.sub(lambda _: head, re.sub(rf"({_SCRIPT.pattern}\n)+", lambda _: data, bare))


def _file(name: str) -> str:
    return (STATIC / name).read_text(encoding="utf-8")


def _data(text: str, article: Article) -> str:
    """Text and answer as JSON in which nothing can end the element that holds it."""
    return json.dumps({"text": text, "answer": article.to_dict()}, ensure_ascii=False).replace("<", "\\u003c")


def _policy(style: str, script: str) -> str:
    """Nothing is loaded from anywhere, and nothing runs but what this file was written with."""
    return f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; img-src data:; base-uri 'none'"


def _hash(content: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}"
