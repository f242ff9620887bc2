"""What stands in a batch's file: an article a row, or a quote a row. In: an `Article`. Out: its rows, as plain dicts.

An article's row is the one shape of `attribution.data`. A quote's row is flat, for those who open it as a table: a `Row`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from attribution.data import Article, Quote, Speaker


@dataclass(frozen=True, slots=True)
class Row:
    """A quote, with who said it in which article. `speaker_type`, `role` and `known_id` are the speaker's own; `evidence` and
    `probability` say how he was found; `verbatim` joins the stretches in quotation marks by ` […] `; `via` names who passes it
    on, each with the relation; `start` and `end` are those of the whole content.
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


def _articles(article: Article) -> Iterator[dict[str, Any]]:
    yield article.to_dict()


def _quotes(article: Article) -> Iterator[dict[str, Any]]:
    speakers = {speaker.id: speaker for speaker in article.speakers}
    for quote in article.quotes:
        yield asdict(_row(article, quote, speakers.get(quote.speaker.id) if quote.speaker else None))


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
        verbatim=" […] ".join(span.text for span in quote.verbatim),
        via="; ".join(f"{via.name} ({via.relation})" for via in quote.via),
        parent=quote.parent,
        start=quote.content[0].start,
        end=quote.content[-1].end,
        confidence=quote.confidence,
    )


ROWS: dict[str, Callable[[Article], Iterator[dict[str, Any]]]] = {"articles": _articles, "quotes": _quotes}
RECORDS: dict[str, type] = {"articles": Article, "quotes": Row}
"""The record that each row is the plain form of."""
