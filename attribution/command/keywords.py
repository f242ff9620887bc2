"""The library's options on the command line: the same names with hyphens, and lists with commas.

In: the arguments. Out: keywords of `attribution.extract`. `attribution.options` declares the options and checks the values. An
invalid value ends the command before anything is read. Options that are left out are not passed on: the library's defaults apply.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import IO, Any, TypeVar

import click

from attribution.errors import AttributionError, OptionError
from attribution.inputs import decode_file, parse_json
from attribution.options import OPTIONS, KnownSpeaker, Option, Options, parse_known_speakers

Command = TypeVar("Command", bound=Callable[..., Any])


def _words(context: click.Context, parameter: click.Parameter, value: str | None) -> list[str] | None:
    return None if value is None else [word for word in value.split(",") if word]


def _known(context: click.Context, parameter: click.Parameter, file: IO[bytes] | None) -> tuple[KnownSpeaker, ...] | None:
    if file is None:
        return None
    try:
        with file:
            return parse_known_speakers(parse_json(decode_file(file.read())))
    except AttributionError as error:
        raise click.BadParameter(f"{click.format_filename(file.name)}: {error}.", context, parameter) from None


def options(*names: str) -> Callable[[Command], Command]:
    """Add the named options to a command, in this order."""

    def decorate(command: Command) -> Command:
        for name in reversed(names):
            command = _option(name, OPTIONS[name])(command)
        return command

    return decorate


def _option(name: str, option: Option) -> Callable[[Command], Command]:
    settings: dict[str, dict[str, Any]] = {
        "flag": {"is_flag": True, "default": None},
        "share": {"type": float, "metavar": "0-1"},
        "choice": {"type": click.Choice(option.choices)},
        "choices": {"metavar": "WORD,WORD", "callback": _words},
        "known_speakers": {"type": click.File("rb"), "metavar": "FILE", "callback": _known},
    }
    choices = f": {', '.join(option.choices)}" if option.kind == "choices" else ""
    default = ",".join(option.default) if isinstance(option.default, tuple) else option.default
    shown = f"  [default: {default}]" if default else ""
    return click.option(f"--{name.replace('_', '-')}", help=f"{option.help}{choices}.{shown}", **settings[option.kind])


def checked_keywords(written: dict[str, Any]) -> dict[str, Any]:
    """The given options as keywords. Raises UsageError for an invalid value."""
    keywords = {name: value for name, value in written.items() if value is not None}
    try:
        Options(**keywords)
    except OptionError as error:
        raise click.UsageError(f"{error}.") from None
    return keywords
