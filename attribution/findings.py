"""What the steps find, as the extensions `doc._.…` of a Doc. In: their names, and a Doc whose quotes are told. Out: extensions
that go where the Doc goes, and `doc.spans["quotes"]`, which spaCy's own tools know how to show.

Quotes and speakers are saved with a Doc (`to_bytes`, `DocBin`, `nlp.pipe` with several processes) as the plain dicts of their
JSON form, and are records again when they are asked for. What the steps tell only each other is not saved.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from functools import partial
from typing import Any

import srsly
from spacy.tokens import Doc, Span

from attribution.data import Quote, Speaker, record
from attribution.data import Span as Stretch

KEY = "attribution"
"""Where the findings are in `doc.user_data`."""
SAVED: dict[str, type] = {"quotes": Quote, "speakers": Speaker}
SPANS = "quotes"


@dataclass(slots=True)
class Findings:
    """What was found in a Doc, by the name of its extension."""

    values: dict[str, Any] = field(default_factory=dict)


def extend(name: str, default: Any = ()) -> None:
    """Let Docs have the extension `doc._.name`, if they have it not yet."""
    if not Doc.has_extension(name):
        Doc.set_extension(name, getter=partial(_get, name, default), setter=partial(_set, name))


def _get(name: str, default: Any, doc: Doc) -> Any:
    return _findings(doc).values.get(name, default)


def _set(name: str, doc: Doc, value: Any) -> None:
    findings = _findings(doc)
    findings.values[name] = value
    doc.user_data[KEY] = findings


def _findings(doc: Doc) -> Findings:
    """The findings in a Doc, made records again if they were saved."""
    found = doc.user_data.get(KEY)
    if isinstance(found, Findings):
        return found
    if not found:
        return Findings()
    read: dict[str, Any] = {name: tuple(record(SAVED[name], plain) for plain in plains) for name, plains in found.items()}
    doc.user_data[KEY] = findings = Findings(read)
    return findings


@srsly.msgpack_encoders("attribution")  # type: ignore[untyped-decorator]
def _encode(value: Any, chain: Callable[[Any], Any] | None = None) -> Any:
    """What spaCy's serialisation takes in the place of findings; all else is left to its other encoders."""
    if isinstance(value, Findings):
        return {name: [asdict(each) for each in value.values[name]] for name in SAVED if name in value.values}
    return chain(value) if chain else value


def mark(doc: Doc) -> None:
    """Put each stretch of a quote's content into `doc.spans["quotes"]`, labelled with the quote's type; the span's id is the
    quote's, its knowledge-base id the speaker's name.
    """
    doc.spans[SPANS] = [_span(doc, quote, part) for quote in doc._.quotes for part in quote.content]


def _span(doc: Doc, quote: Quote, part: Stretch) -> Span:
    who = quote.speaker.name if quote.speaker else ""
    found = doc.char_span(part.start, part.end, quote.type, who, alignment_mode="expand", span_id=quote.id)
    assert found is not None
    return found
