"""Quotes as table rows. In: an `Article`. Out: a `Row` for each quote, as plain dicts, as a data frame or as HTML."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from html import escape
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from attribution.data import JOINER, Article, Quote, Speaker

LIBRARIES = ("pandas", "polars")
"""The libraries that can make a data frame; the first that is installed is used."""
HTML_COLUMNS = ("speaker", "verb", "type", "text", "confidence")


@dataclass(frozen=True, slots=True)
class Row:
    """A quote with its article and speaker. `speaker_type`, `role` and `known_id` describe the speaker; `evidence` and
    `probability` say how they were found. `verbatim` joins its stretches with JOINER. `via` lists the relays, each with its
    relation. `start` and `end` are those of the whole content.
    """

    article: str | None
    quote: str
    speaker: str | None
    speaker_id: str | None
    speaker_type: str | None
    role: str | None
    known_id: str | None
    evidence: str | None
    probability: float | None
    source: str | None
    verb: str | None
    lemma: str | None
    act: str | None
    negated: bool | None
    kind: str
    type: str
    text: str
    verbatim: str
    via: str
    parent: str | None
    start: int
    end: int
    confidence: float


def rows(article: Article) -> Iterator[dict[str, Any]]:
    """The rows of an article's quotes."""
    speakers = {speaker.id: speaker for speaker in article.speakers}
    for quote in article.quotes:
        yield asdict(_row(article, quote, speakers.get(quote.speaker.id) if quote.speaker else None))


def data_frame(article: Article) -> Any:
    """The rows as a DataFrame; it has all columns even without quotes."""
    name = next(filter(find_spec, LIBRARIES), None)
    if name is None:
        raise ImportError("a data frame needs pandas or polars: pip install pandas")
    table = list(rows(article))
    return import_module(name).DataFrame({each.name: [row[each.name] for row in table] for each in fields(Row)})


def html_table(article: Article) -> str:
    """The rows as an HTML table for a notebook; missing values are dashes."""
    head = "".join(f"<th>{name}</th>" for name in HTML_COLUMNS)
    body = "".join(f"<tr>{''.join(map(_cell, (row[name] for name in HTML_COLUMNS)))}</tr>" for row in rows(article))
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _cell(value: Any) -> str:
    return f'<td style="text-align: left">{"–" if value is None else escape(str(value))}</td>'


def _row(article: Article, quote: Quote, speaker: Speaker | None) -> Row:
    said, verb = quote.speaker, quote.verb
    return Row(
        article=article.id,
        quote=quote.id,
        speaker=said.name if said else None,
        speaker_id=said.id if said else None,
        speaker_type=speaker.type if speaker else None,
        role=speaker.role if speaker else None,
        known_id=speaker.known_id if speaker else None,
        evidence=said.evidence if said else None,
        probability=said.probability if said else None,
        source=quote.source.text if quote.source else None,
        verb=verb.text if verb else None,
        lemma=verb.lemma if verb else None,
        act=verb.act if verb else None,
        negated=verb.negated if verb else None,
        kind=quote.kind,
        type=quote.type,
        text=quote.text,
        verbatim=JOINER.join(span.text for span in quote.verbatim),
        via="; ".join(f"{via.name} ({via.relation})" for via in quote.via),
        parent=quote.parent,
        start=quote.content[0].start,
        end=quote.content[-1].end,
        confidence=quote.confidence,
    )
