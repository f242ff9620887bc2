"""The command `attribution explain`: why is this a quote, and why is it theirs? In: a file and the id of a quote. Out: what the
answer rests on, in plain words: cue, source, evidence, and who else may be the speaker.

The article is read twice: as `extract` reads it, and once more with every speaker in doubt, which tells the candidates.
"""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterator

import click

import attribution
from attribution.command.files import FORM_OF_ONE, one_piece, told_in_a_line
from attribution.data import Candidate, Quote
from attribution.inputs import keywords_of
from attribution.text.plain import printable

EVIDENCE = {
    "name": "the source is their name",
    "alias": "the source is another name of theirs",
    "acronym": "the source is their name in short",
    "nominal": "the source is a noun that means them",
    "pronoun": "the source is a pronoun that means them",
    "implicit": "another quote of the sentence names the source",
    "continued": "the quote carries on an earlier one of theirs",
}
NAME = 10
"""Columns of the names on the left."""


@click.command(
    epilog="""\b
Examples:
  attribution explain article.txt
  attribution explain article.txt --quote q3
"""
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@click.option("--quote", "wanted", metavar="ID", help="The quote's id, as `attribution extract` prints it.  [default: all]")
@FORM_OF_ONE
def explain(file: str, wanted: str | None, given_form: str | None) -> None:
    """Say why something is a quote, and why of that speaker."""
    piece = one_piece(file, given_form)
    with told_in_a_line(piece):
        told = attribution.extract(**keywords_of(piece)).quotes
        doubted = attribution.extract(**keywords_of(piece), min_speaker_probability=1.0).quotes
    chosen = [(quote, other.candidates) for quote, other in zip(told, doubted, strict=True) if wanted in (None, quote.id)]
    if wanted and not chosen:
        there = f"the last of the article is q{len(told)}" if told else "the article has none"
        raise click.UsageError(f"There is no quote {wanted}; {there}.")
    width = shutil.get_terminal_size().columns
    click.echo("\n\n".join(explained(quote, candidates, width=width) for quote, candidates in chosen) or "No quotation found.")


def explained(quote: Quote, candidates: tuple[Candidate, ...], *, width: int) -> str:
    """A quote in words, no line of them wider than `width`."""
    indent = " " * NAME
    return "\n".join(
        textwrap.fill(printable(said), max(width, 2 * NAME), initial_indent=f"{name:{NAME}}", subsequent_indent=indent)
        for name, said in _lines(quote, candidates)
    )


def _lines(quote: Quote, candidates: tuple[Candidate, ...]) -> Iterator[tuple[str, str]]:
    yield "quote", f"{quote.id}, {quote.type}, {quote.kind}; {quote.confidence:.0%} of such quotes are right"
    yield "text", quote.text
    yield "cue", f"{quote.verb.text} ({quote.verb.lemma}: {quote.verb.act})" if quote.verb else "none: nothing here says “said”"
    yield "source", quote.source.text if quote.source else "none: no words here say who it is"
    if quote.speaker:
        yield "speaker", f"{quote.speaker.name}, {quote.speaker.probability:.0%} probable"
        yield "because", EVIDENCE[quote.speaker.evidence]
    else:
        yield "speaker", "nobody that the article names, or nobody surely enough"
    if len(candidates) > 1 or not quote.speaker:
        for candidate in candidates:
            yield "may be", f"{candidate.name}, {candidate.probability:.0%} probable"
    for via in quote.via:
        yield "via", f"{via.name} ({via.relation})"
