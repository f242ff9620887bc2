"""Articles as files and pipes hold them: plain text, HTML, or NDJSON, which is a request of the service a line.

In: the bytes of an article, a `Piece`. Out: what `attribution.extract` is asked for with it; an error names the remedy. Nothing
is normalised: offsets are into just this text. Where the bytes come from is left to others.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from attribution.errors import OptionError, TextError
from attribution.options import Options, known_speakers, no_such_field
from attribution.text.html import is_document

INPUTS = ("text", "html", "ndjson")
SUFFIXES = {".html": "html", ".htm": "html", ".xhtml": "html", ".ndjson": "ndjson", ".jsonl": "ndjson"}
"""What files are by their names; all others are text."""
OF_A_LINE = ("text", "html", "id", *(field.name for field in fields(Options)))


@dataclass(frozen=True, slots=True)
class Piece:
    """The bytes of one article: a file, or a line of one. `title` is what a message calls it, `name` what its answer is called
    where nobody says, `form` one of `INPUTS`.
    """

    title: str
    name: str
    form: str
    data: bytes


def form_of(file: str) -> str:
    """Which of `INPUTS` a file is, by its name."""
    return SUFFIXES.get(Path(file).suffix.lower(), "text")


def asked(piece: Piece) -> dict[str, Any]:
    """The article in its one form, and whatever else its line says, by the library's names."""
    content = decoded(piece.data)
    if piece.form == "ndjson":
        return _of_line(content)
    if piece.form == "text" and is_document(content):
        raise TextError("This is a page of HTML. Say so with --input html, and its article is read.")
    return {piece.form: content}


def decoded(data: bytes) -> str:
    """The text that some bytes of UTF-8 are."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise TextError(
            f"This is not UTF-8: byte {error.start} (0x{data[error.start]:02X}) cannot stand there. "
            "Convert it first, for example with: iconv -f WINDOWS-1252 -t UTF-8"
        ) from None


def _of_line(line: str) -> dict[str, Any]:
    given = parsed(line)
    if not isinstance(given, dict):
        raise TextError('This is JSON, but no object. Write {"text": "…"} or {"html": "…"} on each line.')
    for name, value in given.items():
        if name not in OF_A_LINE:
            raise OptionError(f"{name}: {no_such_field(name, OF_A_LINE)}")
        if name in ("text", "html", "id") and not isinstance(value, str) and (name, value) != ("id", None):
            raise TextError(f"{name}: Must be a string.")
    if "known_speakers" in given:
        given["known_speakers"] = known_speakers(given["known_speakers"])
    name = given.pop("id", None)
    return given if name is None else {**given, "article_id": name}


def parsed(text: str) -> Any:
    """What some JSON holds, all of it valid Unicode."""
    try:
        value = json.loads(text.removeprefix("\ufeff"))
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except json.JSONDecodeError as error:
        raise TextError(f"This is not valid JSON: {error.msg} at column {error.colno}. Let a JSON library write it.") from None
    except UnicodeEncodeError:
        raise TextError("This holds half of a surrogate pair (\\ud800 to \\udfff), no valid Unicode. Leave it out.") from None
    except (ValueError, RecursionError):
        raise TextError(
            "This is JSON nested too deep, or with a number too long. Write what is asked for, and no more."
        ) from None
    return value
