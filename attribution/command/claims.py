"""The command `attribution verify`: is this quote in this article, word for word, by this person?

In: a file and a claim. Out: the `Verification` as JSON or as text. The exit code says whether the claim holds.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import click

import attribution
from attribution.command.files import FORM_OF_ONE, one_piece, told_in_a_line
from attribution.command.keywords import given, options
from attribution.data import JOINER, Difference, Verification
from attribution.inputs import keywords_of
from attribution.text.plain import printable
from attribution.verifying.verification import is_sure

NOT_SO = 3
"""The exit code where the claim does not hold."""


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
  3  the quote is not there word for word, or is somebody else's
"""
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@click.argument("quote")
@click.option("--speaker", metavar="NAME", help="Who is supposed to have said it.")
@click.option("--format", "form", type=click.Choice(["json", "text"]), default="json", show_default=True, help="What to print.")
@FORM_OF_ONE
@click.option("--id", "article_id", metavar="ID", help="The article's id in the answer.")
@options("offset_unit", "language", "min_speaker_probability")
def verify(
    file: str, quote: str, speaker: str | None, form: str, given_form: str | None, article_id: str | None, **written: Any
) -> None:
    """Say whether a QUOTE is in an article, word for word, and who says it there.

    FILE is UTF-8: HTML (.html, .htm), from which the article is read, or plain text; - reads from the pipe. Quotation marks,
    punctuation, white space and the case of first letters do not count as changes. An ellipsis stands for words left out.
    """
    piece = one_piece(file, given_form)
    with told_in_a_line(piece):
        found = attribution.verify(quote, speaker=speaker, article_id=article_id, **keywords_of(piece), **given(written))
    click.echo(json.dumps(found.to_dict(), ensure_ascii=False, indent=2) if form == "json" else described(found))
    sys.exit(0 if holds(found, speaker) else NOT_SO)


def holds(found: Verification, speaker: str | None) -> bool:
    """Whether the words are there, and by that speaker if one is named."""
    return found.verdict == "verbatim" and (speaker is None or found.speaker_agrees is True)


def described(found: Verification) -> str:
    """A verification in words, e.g. `words    The bridge opens on [-Friday-] {+Monday+}`: yours, and the article's."""
    who = found.speaker.name if found.speaker else "nobody that the article names"
    unsure = ", but that is unsure" if found.quote and found.speaker and not is_sure(found.quote) else ""
    named = {True: ", as you say", False: ", not whom you name", None: unsure}[found.speaker_agrees]
    lines = {"verdict": found.verdict}
    if found.verdict != "absent":
        lines |= {"speaker": f"{who}{named}", "article": JOINER.join(span.text for span in found.found)}
    if found.difference:
        lines["words"] = " ".join(map(_step, found.difference))
    return "\n".join(f"{name:8} {printable(said)}" for name, said in lines.items())


def _step(step: Difference) -> str:
    """A stretch of the difference: what both have as it is, what is only yours in [-…-], what is only the article's in {+…+}."""
    theirs = " ".join(span.text for span in step.article)
    if step.kind == "same":
        return theirs
    yours = f"[-{step.quote}-]" if step.quote and step.kind != "ellipsis" else ""
    return " ".join(part for part in (yours, f"{{+{theirs}+}}" if theirs else "") if part)
