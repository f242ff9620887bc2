"""What whoever runs the service can set: each setting as data, read from environment variables named `ATTRIBUTION_…`.

In: a mapping such as `os.environ`. Out: a plain dict from setting name to value, each of the type of its default. It reads
nothing but the names below, so other programs may use the same prefix, and it never looks at the environment by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

PREFIX = "ATTRIBUTION_"
LOG_LEVELS = ("debug", "info", "warning", "error")


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing that can be set: its `name` without the prefix, its `default`, and a line of `help` for the documents.

    A number must be at least 1; a word must be one of `choices`.
    """

    name: str
    default: int | str
    help: str
    choices: tuple[str, ...] = ()

    @property
    def variable(self) -> str:
        """The environment variable, e.g. `ATTRIBUTION_WORKERS`."""
        return PREFIX + self.name


class SettingError(ValueError):
    """A setting has a value that it cannot have; the message says which, and what would do."""


SETTINGS = (
    Setting("MAX_BODY_BYTES", 2_000_000, "The largest request body that is read, in bytes; a larger one is answered 413."),
    Setting("MAX_CHARACTERS", 200_000, "The longest article that is read, in characters; a longer one is answered 413."),
    Setting("MAX_STREAM_BYTES", 50_000_000, "The largest stream that is read, in bytes; a larger one is answered 413."),
    Setting("MAX_STREAM_LINES", 10_000, "The most articles that a stream may hold; a longer one is answered 413."),
    Setting("WORKERS", 2, "Server processes; about one a core is right. They share the memory of the network."),
    Setting("THREADS", 4, "Threads of each process, so that health checks are answered while an article is read."),
    Setting("LOG_LEVEL", "info", "How much is logged; at debug, health checks are logged too.", LOG_LEVELS),
)


def read(environ: Mapping[str, str]) -> dict[str, int | str]:
    """The value of every setting, e.g. `read({"ATTRIBUTION_WORKERS": "8"})["WORKERS"] == 8`."""
    return {setting.name: _value(setting, environ.get(setting.variable, "").strip()) for setting in SETTINGS}


def _value(setting: Setting, written: str) -> int | str:
    if not written:
        return setting.default
    if setting.choices:
        return _choice(setting, written.lower())
    if written.isdecimal() and int(written) > 0:
        return int(written)
    raise SettingError(f"{setting.variable} is {written!r}. It must be a whole number of at least 1, such as {setting.default}.")


def _choice(setting: Setting, written: str) -> str:
    if written in setting.choices:
        return written
    raise SettingError(f"{setting.variable} is {written!r}. It must be one of {', '.join(setting.choices)}.")
