"""The extensions `doc._.…` that hold what the steps find. In: their names, and a Doc with quotes. Out: extensions that are saved
with the Doc, and `doc.spans["quotes"]`, which spaCy's own tools can display.

Quotes and speakers are saved with a Doc (`to_bytes`, `DocBin`, `nlp.pipe` with several processes) as the plain dicts of their
JSON form, and become records again when they are read. The other extensions are not saved.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from functools import partial
from typing import Any

import srsly
from spacy.tokens import Doc, Span

from attribution.data import Quote, Speaker, from_plain
from attribution.data import Span as Stretch

KEY = "attribution"
"""The key of the findings in `doc.user_data`."""
SAVED: dict[str, type] = {"quotes": Quote, "speakers": Speaker}
SPANS = "quotes"


@dataclass(slots=True)
class Findings:
    """The values of a Doc's extensions, by name."""

    values: dict[str, Any] = field(default_factory=dict)


def add_extension(name: str, default: Any = ()) -> None:
    """Add the extension `doc._.name`, unless it exists."""
    if not Doc.has_extension(name):
        Doc.set_extension(name, getter=partial(_get, name, default), setter=partial(_set, name))


def _get(name: str, default: Any, doc: Doc) -> Any:
    return _findings(doc).values.get(name, default)


def _set(name: str, doc: Doc, value: Any) -> None:
    findings = _findings(doc)
    findings.values[name] = value
    doc.user_data[KEY] = findings


def _findings(doc: Doc) -> Findings:
    """The findings of a Doc; saved ones become records again."""
    saved = doc.user_data.get(KEY)
    if isinstance(saved, Findings):
        return saved
    if not saved:
        return Findings()
    records: dict[str, Any] = {name: tuple(from_plain(SAVED[name], plain) for plain in plains) for name, plains in saved.items()}
    doc.user_data[KEY] = findings = Findings(records)
    return findings


@srsly.msgpack_encoders("attribution")  # type: ignore[untyped-decorator]
def _encode(value: Any, chain: Callable[[Any], Any] | None = None) -> Any:
    """Encode findings for spaCy's serialization, and leave all other values to its other encoders."""
    if isinstance(value, Findings):
        return {name: [asdict(each) for each in value.values[name]] for name in SAVED if name in value.values}
    return chain(value) if chain else value


def add_spans(doc: Doc) -> None:
    """Add each fragment of a quote to `doc.spans["quotes"]`. The span's label is the quote's type, its id the quote's id, and its
    knowledge-base id the speaker's name.
    """
    doc.spans[SPANS] = [_span(doc, quote, part) for quote in doc._.quotes for part in quote.content]


def _span(doc: Doc, quote: Quote, part: Stretch) -> Span:
    speaker = quote.speaker.name if quote.speaker else ""
    span = doc.char_span(part.start, part.end, quote.type, speaker, alignment_mode="expand", span_id=quote.id)
    assert span is not None
    return span
