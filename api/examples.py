"""A short article and its answer, written by hand for the contract and for tests.

The answer is what a perfect pipeline returns; the real pipeline is not run. Its real answers to excerpts of the seed articles are
in `seeds`; the contract shows both.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from attribution.data import Article, Context, Model, Quote, Span, Speaker, SpeakerRef, Verb
from attribution.verifying.verification import verify

from .failures import Failure
from .requests import MISSING

TEXT = "“The bridge opens on Monday,” Mayor Ann Lee said. She warned that cyclists must wait until June."


def _at(words: str) -> tuple[int, int, str]:
    start = TEXT.index(words)
    return start, start + len(words), words


def _span(words: str) -> Span:
    return Span(*_at(words))


_CONTEXT = Context(0, 0, len(TEXT), TEXT)
_DIRECT = Quote(
    id="q1",
    type="direct",
    kind="statement",
    text="“The bridge opens on Monday,”",
    content=(_span("“The bridge opens on Monday,”"),),
    verbatim=(_span("The bridge opens on Monday,"),),
    verb=Verb(*_at("said"), lemma="say", act="say"),
    source=_span("Mayor Ann Lee"),
    speaker=SpeakerRef("s1", "Ann Lee", "name"),
    candidates=(),
    via=(),
    parent=None,
    context=_CONTEXT,
    confidence=0.99,
)
_INDIRECT = Quote(
    id="q2",
    type="indirect",
    kind="statement",
    text="that cyclists must wait until June",
    content=(_span("that cyclists must wait until June"),),
    verbatim=(),
    verb=Verb(*_at("warned"), lemma="warn", act="warn"),
    source=_span("She"),
    speaker=SpeakerRef("s1", "Ann Lee", "pronoun", 0.971),
    candidates=(),
    via=(),
    parent=None,
    context=_CONTEXT,
    confidence=0.93,
)
ARTICLE = Article(
    id="bridge",
    offset_unit="codepoint",
    model=Model("example", "1.0.0"),
    quotes=(_DIRECT, _INDIRECT),
    speakers=(Speaker("s1", "Ann Lee", "person", "Mayor", (), (), (_span("Ann Lee"), _span("She")), ("q1", "q2")),),
)
HTML = "<p>“The bridge opens on Monday,” Mayor Ann Lee said. She warned that cyclists must wait until June.</p>"
REQUEST: dict[str, Any] = {"id": "bridge", "text": TEXT}
PAGE: dict[str, Any] = {
    "id": "bridge",
    "html": HTML,
    "types": ["direct", "mixed"],
    "offset_unit": "utf16",
    "known_speakers": [{"id": "Q42", "name": "Ann Lee", "aliases": ["Mayor Lee"]}],
}
PROBLEM: dict[str, Any] = {
    "type": Failure.WRONG_FIELDS.type,
    "title": "Unprocessable Content",
    "status": 422,
    "detail": f"text: {MISSING}",
    "code": Failure.WRONG_FIELDS.code,
    "errors": [{"field": "text", "detail": MISSING}],
}
CLAIM: dict[str, Any] = {"text": TEXT, "quote": "The bridge opens on Friday", "speaker": "Ann Lee", "id": "bridge"}
VERIFICATION = verify(ARTICLE, TEXT, CLAIM["quote"], CLAIM["speaker"])
LINES = '{"id": "bridge", "text": "“The bridge opens on Monday,” Mayor Ann Lee said."}\n{"id": "empty", "text": ""}\n'
_BLANK = "text: The text is empty. Send the words of the article."
ANSWERS: list[dict[str, Any]] = [
    replace(ARTICLE, quotes=(replace(_DIRECT, context=None),)).to_dict(),
    {
        **PROBLEM,
        "detail": _BLANK,
        "errors": [{"field": "text", "detail": _BLANK.removeprefix("text: ")}],
        "line": 2,
        "id": "empty",
    },
    {"type": "end", "lines": 2, "failed": 1},
]
ANSWER_LINES = "".join(json.dumps(answer, ensure_ascii=False) + "\n" for answer in ANSWERS)


def named(**values: Any) -> dict[str, Any]:
    """The values in OpenAPI's form for named examples."""
    return {name: {"value": value} for name, value in values.items()}
