"""The library's options on the command line: the same names with hyphens, and lists with commas.

In: the arguments. Out: keywords of `attribution.extract`. `attribution.options` checks the values, and an invalid one ends the
command before anything is read. Options that are left out are not passed on, so the library's defaults apply.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import IO, Any, TypeVar

import click

from attribution.data import ACTS, TYPES
from attribution.errors import AttributionError, OptionError
from attribution.inputs import decode, parse_json
from attribution.options import CONTEXTS, LANGUAGES, PARTS, UNITS, KnownSpeaker, Options, parse_known_speakers

Command = TypeVar("Command", bound=Callable[..., Any])
_DEFAULT = Options()


def _words(context: click.Context, parameter: click.Parameter, value: str | None) -> list[str] | None:
    return None if value is None else [word for word in value.split(",") if word]


def _known(context: click.Context, parameter: click.Parameter, file: IO[bytes] | None) -> tuple[KnownSpeaker, ...] | None:
    if file is None:
        return None
    try:
        with file:
            return parse_known_speakers(parse_json(decode(file.read())))
    except AttributionError as error:
        raise click.BadParameter(f"{click.format_filename(file.name)}: {error}.", context, parameter) from None


_WORDS: dict[str, Any] = {"metavar": "WORD,WORD", "callback": _words}

OPTIONS = {
    "types": click.option("--types", **_WORDS, help=f"Only quotes of these types: {', '.join(TYPES)}."),
    "acts": click.option("--acts", **_WORDS, help=f"Only quotes whose verb has one of these acts: {', '.join(ACTS)}."),
    "attitudes": click.option("--attitudes", is_flag=True, default=None, help="Also what someone only thinks, wants or feels."),
    "topics": click.option("--topics", is_flag=True, default=None, help="Also what someone only talks about."),
    "min_confidence": click.option(
        "--min-confidence", type=float, metavar="0-1", help="Only quotes with at least this confidence."
    ),
    "min_speaker_probability": click.option(
        "--min-speaker-probability",
        type=float,
        metavar="0-1",
        help=f"Name only speakers this probable; otherwise list candidates.  [default: {_DEFAULT.min_speaker_probability}]",
    ),
    "context": click.option(
        "--context", type=click.Choice(CONTEXTS), help=f"What to return around each quote.  [default: {_DEFAULT.context}]"
    ),
    "offset_unit": click.option(
        "--offset-unit", type=click.Choice(UNITS), help=f"What offsets count.  [default: {_DEFAULT.offset_unit}]"
    ),
    "known_speakers": click.option(
        "--known-speakers",
        type=click.File("rb"),
        metavar="FILE",
        callback=_known,
        help='The speakers you know, as JSON: [{"id", "name", "aliases"}].',
    ),
    "include": click.option(
        "--include", **_WORDS, help=f"What else to return: {', '.join(PARTS)}.  [default: {','.join(_DEFAULT.include)}]"
    ),
    "language": click.option(
        "--language", type=click.Choice(LANGUAGES), help="The language of the text; skips the check that it is English."
    ),
}
"""The options, by the library's names."""


def options(*names: str) -> Callable[[Command], Command]:
    """Add the named options to a command, in this order."""

    def decorate(command: Command) -> Command:
        for name in reversed(names):
            command = OPTIONS[name](command)
        return command

    return decorate


def checked_keywords(written: dict[str, Any]) -> dict[str, Any]:
    """The given options as keywords. Raises UsageError for an invalid value."""
    keywords = {name: value for name, value in written.items() if value is not None}
    try:
        Options(**keywords)
    except OptionError as error:
        raise click.UsageError(f"{error}.") from None
    return keywords
