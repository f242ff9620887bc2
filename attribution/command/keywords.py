"""The library's options, as the command line has them: by the same names, with hyphens; a list is written with commas.

In: what is written there. Out: keywords of `attribution.extract`. What a word may be, `attribution.options` says; a wrong one
ends the call before anything is read. What is not written is not given: the defaults are the library's.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import IO, Any, TypeVar

import click

from attribution.data import ACTS, TYPES
from attribution.errors import AttributionError, OptionError
from attribution.options import CONTEXTS, LANGUAGES, PARTS, UNITS, KnownSpeaker, Options, known_speakers
from attribution.pieces import decoded, parsed

Command = TypeVar("Command", bound=Callable[..., Any])
_DEFAULT = Options()


def _words(context: click.Context, parameter: click.Parameter, value: str | None) -> list[str] | None:
    return None if value is None else [word for word in value.split(",") if word]


def _known(context: click.Context, parameter: click.Parameter, file: IO[bytes] | None) -> tuple[KnownSpeaker, ...] | None:
    if file is None:
        return None
    try:
        with file:
            return known_speakers(parsed(decoded(file.read())))
    except AttributionError as error:
        raise click.BadParameter(f"{click.format_filename(file.name)}: {error}.", context, parameter) from None


_WORDS: dict[str, Any] = {"metavar": "WORD,WORD", "callback": _words}

OPTIONS = {
    "types": click.option("--types", **_WORDS, help=f"Only quotations of these types: {', '.join(TYPES)}."),
    "acts": click.option("--acts", **_WORDS, help=f"Only those whose verb does one of these: {', '.join(ACTS)}."),
    "attitudes": click.option("--attitudes", is_flag=True, default=None, help="Also what is only thought, wanted or felt."),
    "topics": click.option("--topics", is_flag=True, default=None, help="Also what is only talked about."),
    "min_confidence": click.option("--min-confidence", type=float, metavar="0-1", help="Only quotations at least this sure."),
    "min_speaker_probability": click.option(
        "--min-speaker-probability",
        type=float,
        metavar="0-1",
        help=f"No speaker less probable than this, but candidates.  [default: {_DEFAULT.min_speaker_probability}]",
    ),
    "context": click.option(
        "--context", type=click.Choice(CONTEXTS), help=f"What is shown around each.  [default: {_DEFAULT.context}]"
    ),
    "offset_unit": click.option(
        "--offset-unit", type=click.Choice(UNITS), help=f"What offsets count.  [default: {_DEFAULT.offset_unit}]"
    ),
    "known_speakers": click.option(
        "--known-speakers",
        type=click.File("rb"),
        metavar="FILE",
        callback=_known,
        help='Whom you know, as JSON: [{"id", "name", "aliases"}].',
    ),
    "include": click.option(
        "--include", **_WORDS, help=f"What else the answer holds: {', '.join(PARTS)}.  [default: {','.join(_DEFAULT.include)}]"
    ),
    "language": click.option("--language", type=click.Choice(LANGUAGES), help="Say that the text is English all the same."),
}
"""By the library's names."""


def options(*names: str) -> Callable[[Command], Command]:
    """Give a command the options of these names, in this order."""

    def decorate(command: Command) -> Command:
        for name in reversed(names):
            command = OPTIONS[name](command)
        return command

    return decorate


def given(written: dict[str, Any]) -> dict[str, Any]:
    """What was written, as keywords, if it can be."""
    keywords = {name: value for name, value in written.items() if value is not None}
    try:
        Options(**keywords)
    except OptionError as error:
        raise click.UsageError(f"{error}.") from None
    return keywords
