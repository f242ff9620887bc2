"""The command `attribution verify`: check whether a quote is in an article, word for word, by this speaker.

In: a file and a claim. Out: the `Verification` as JSON or as text; the exit code says whether the claim holds.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import click

import attribution
from attribution.command.files import SINGLE_INPUT_OPTION, ArticlePath, exit_on_error, read_single_article
from attribution.command.keywords import checked_keywords, options
from attribution.command.warning import warning_lines
from attribution.data import JOINER, Difference, Verification
from attribution.inputs import keywords_of
from attribution.text.plain import printable
from attribution.verifying.verification import is_sure

CLAIM_FAILS = 3
"""The exit code if the claim does not hold."""


@click.command(
    epilog="""\b
Examples:
  attribution verify article.txt "We will rebuild the bridge" --speaker "Ann Lee"
  attribution verify article.html "We will … the bridge" --format text

\b
Exit codes:
  0  the quote is there word for word, and by that speaker, if you name one
  1  the text could not be read, or the model is missing
  2  the command line is wrong, or the file does not exist
  3  the quote is not there word for word, or is someone else's
"""
)
@click.argument("file", type=ArticlePath(exists=True, dir_okay=False, allow_dash=True))
@click.argument("quote")
@click.option("--speaker", metavar="NAME", help="Who is supposed to have said it.")
@click.option("--format", "form", type=click.Choice(["json", "text"]), default="json", show_default=True, help="What to print.")
@SINGLE_INPUT_OPTION
@click.option("--id", "article_id", metavar="ID", help="The article's id in the answer.")
@options("offset_unit", "language", "min_speaker_probability")
def verify(
    file: str, quote: str, speaker: str | None, form: str, given_form: str | None, article_id: str | None, **written: Any
) -> None:
    """Say whether an article has QUOTE word for word, and who says it.

    FILE is UTF-8: HTML (.html, .htm), from which the article is read, or plain text; - reads from the pipe. Quotation marks,
    punctuation, white space and the case of first letters do not count as changes. An ellipsis stands for words left out.
    """
    raw = read_single_article(file, given_form)
    with exit_on_error(raw):
        found = attribution.verify(quote, speaker=speaker, article_id=article_id, **keywords_of(raw), **checked_keywords(written))
    click.echo(json.dumps(found.to_dict(), ensure_ascii=False, indent=2) if form == "json" else format_verification(found))
    for warning in warning_lines(found) if form == "text" else ():
        click.echo(warning, err=True)
    sys.exit(0 if claim_holds(found, speaker) else CLAIM_FAILS)


def claim_holds(found: Verification, speaker: str | None) -> bool:
    """Whether the quote is there word for word, and by that speaker if one is named."""
    return found.verdict == "verbatim" and (speaker is None or found.speaker_agrees is True)


def format_verification(found: Verification) -> str:
    """A verification as text, e.g. `words    The bridge opens on [-Friday-] {+Monday+}`: the claim's words, and the article's."""
    who = found.speaker.name if found.speaker else "no one that the article names"
    unsure = ", but that is unsure" if found.quote and found.speaker and not is_sure(found.quote) else ""
    named = {True: ", as you say", False: ", not whom you name", None: unsure}[found.speaker_agrees]
    lines = {"verdict": found.verdict}
    if found.verdict != "absent":
        lines |= {"speaker": f"{who}{named}", "article": JOINER.join(span.text for span in found.found)}
    if found.difference:
        lines["words"] = " ".join(map(_step, found.difference))
    return "\n".join(f"{name:8} {printable(said)}" for name, said in lines.items())


def _step(step: Difference) -> str:
    """One step of the difference: common words as they are, those only in the claim in [-…-], only in the article in {+…+}."""
    article = " ".join(span.text for span in step.article)
    if step.kind == "same":
        return article
    claim = f"[-{step.quote}-]" if step.quote and step.kind != "ellipsis" else ""
    return " ".join(part for part in (claim, f"{{+{article}+}}" if article else "") if part)
