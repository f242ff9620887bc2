"""The command `attribution explain`: why something is a quote, and why it belongs to its speaker. In: a file and the id of a
quote. Out: the reasons in plain words: cue, source, evidence, and who else may be the speaker.

The article is read twice: as by `extract`, and with a minimum speaker probability of 1, which returns the candidates.
"""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterator

import click

import attribution
from attribution.command.files import SINGLE_INPUT_OPTION, ArticlePath, exit_on_error, read_single_article
from attribution.command.warning import warning_lines
from attribution.data import EVIDENCE, Candidate, Quote
from attribution.inputs import keywords_of
from attribution.text.plain import printable

NAME_WIDTH = 10
"""The width of the column of names on the left."""


@click.command(
    epilog="""\b
Examples:
  attribution explain article.txt
  attribution explain article.txt --quote q3
"""
)
@click.argument("file", type=ArticlePath(exists=True, dir_okay=False, allow_dash=True))
@click.option("--quote", "wanted", metavar="ID", help="The quote's id, as `attribution extract` prints it.  [default: all]")
@SINGLE_INPUT_OPTION
def explain(file: str, wanted: str | None, given_form: str | None) -> None:
    """Explain why something is a quote, and why this is its speaker."""
    raw = read_single_article(file, given_form)
    with exit_on_error(raw):
        article = attribution.extract(**keywords_of(raw))
        doubted = attribution.extract(**keywords_of(raw), min_speaker_probability=1.0).quotes
    pairs = zip(article.quotes, doubted, strict=True)
    chosen = [(quote, other.candidates) for quote, other in pairs if wanted in (None, quote.id)]
    if wanted and not chosen:
        last = f"the last one in the article is q{len(article.quotes)}" if article.quotes else "the article has none"
        raise click.UsageError(f"There is no quote {wanted}; {last}.")
    width = shutil.get_terminal_size().columns
    click.echo(
        "\n\n".join(format_explanation(quote, candidates, width=width) for quote, candidates in chosen) or "No quotation found."
    )
    for warning in warning_lines(article):
        click.echo(warning, err=True)


def format_explanation(quote: Quote, candidates: tuple[Candidate, ...], *, width: int) -> str:
    """The explanation of a quote, in lines no wider than `width`."""
    width, indent = max(width, 2 * NAME_WIDTH), " " * NAME_WIDTH
    return "\n".join(
        textwrap.fill(printable(text), width, initial_indent=f"{name:{NAME_WIDTH}}", subsequent_indent=indent)
        for name, text in _lines(quote, candidates)
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
        yield "speaker", "no one that the article names, or no one probable enough"
    if len(candidates) > 1 or not quote.speaker:
        for candidate in candidates:
            yield "may be", f"{candidate.name}, {candidate.probability:.0%} probable"
    for via in quote.via:
        yield "via", f"{via.name} ({via.relation})"
