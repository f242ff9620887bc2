"""Parse the articles in files and pipes: plain text, HTML, or NDJSON, where each line is a request like those of the service.

In: the bytes of an article, a `RawArticle`. Out: the keywords of `attribution.extract` for it. The text is not normalised, so
offsets point into it as it is. The callers read the bytes, and `intake` decodes them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from attribution.errors import OptionError, TextError
from attribution.options import OPTIONS, parse_known_speakers, unknown_field_message
from attribution.text import intake

INPUTS = ("text", "html", "ndjson")
SUFFIXES = {".html": "html", ".htm": "html", ".xhtml": "html", ".ndjson": "ndjson", ".jsonl": "ndjson"}
"""The form of a file by the suffix of its name; all others are text."""
REFUSALS = {
    "page": "This is an HTML page. Use --input html to read its article.",
    "file": intake.NOT_A_TEXT,
    "json": "This is JSON. Give its text, or write each object on one line and name the file .ndjson or use --input ndjson.",
    "address": intake.NO_FETCHING,
}
"""What the command says of `intake.Mistake`."""
LINE_FIELDS = ("text", "html", "id", *OPTIONS)


@dataclass(frozen=True, slots=True)
class RawArticle:
    """The bytes of one article: a file, or a line of one. Messages call it `title`; `name` is the default id of its answer;
    `form` is one of `INPUTS`.
    """

    title: str
    name: str
    form: str
    data: bytes


def form_of(file: str) -> str:
    """Which of `INPUTS` a file is, according to its name."""
    return SUFFIXES.get(Path(file).suffix.lower(), "text")


def keywords_of(raw: RawArticle) -> dict[str, Any]:
    """The keywords of `attribution.extract`: the article as text or html, and the options in its line."""
    content = decode_file(raw.data)
    if raw.form == "ndjson":
        return _parse_line(content)
    if mistake := intake.mistake(content, raw.form):
        raise TextError(REFUSALS[mistake])
    return {raw.form: content}


def decode_file(data: bytes) -> str:
    """Decode UTF-8. Raises TextError with a command that converts it."""
    try:
        return intake.decode(data)
    except intake.EncodingError as error:
        raise TextError(f"This is {error}. Convert it first, for example with: iconv -f {error.encoding} -t UTF-8") from None


def _parse_line(line: str) -> dict[str, Any]:
    given = parse_json(line)
    if not isinstance(given, dict):
        raise TextError('This is JSON, but not an object. Write {"text": "…"} or {"html": "…"} on each line.')
    for name, value in given.items():
        if name not in LINE_FIELDS:
            raise OptionError(f"{name}: {unknown_field_message(name, LINE_FIELDS)}")
        if name in ("text", "html", "id") and not isinstance(value, str) and (name, value) != ("id", None):
            raise TextError(f"{name}: Must be a string.")
    if "known_speakers" in given:
        given["known_speakers"] = parse_known_speakers(given["known_speakers"])
    name = given.pop("id", None)
    return given if name is None else {**given, "article_id": name}


def parse_json(text: str) -> Any:
    """Parse JSON, and check that all of it is valid Unicode."""
    try:
        value = intake.parse_json(text)
        half_pair = intake.half_pair(json.dumps(value, ensure_ascii=False))
    except json.JSONDecodeError as error:
        raise TextError(f"This is not valid JSON: {error.msg} at column {error.colno}. Write it with a JSON library.") from None
    except (ValueError, RecursionError):
        raise TextError("This JSON is nested too deep, or has a number that is too long. Remove what is not needed.") from None
    if half_pair is not None:
        raise TextError("This contains half of a surrogate pair (\\ud800 to \\udfff), which is invalid. Remove it.")
    return value
