"""What whoever runs the service can set: each setting as data, read from environment variables named `ATTRIBUTION_…`.

In: a mapping such as `os.environ`. Out: a plain dict from setting name to value, each of the type of its default. It reads
nothing but the names below, so other programs may use the same prefix, and it never looks at the environment by itself. A name
that is nearly one of these is told, and no mistake: it may be theirs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from attribution.options import PROBABLE_SPEAKER

PREFIX = "ATTRIBUTION_"
KUBERNETES = ("SERVICE_", "PORT")
"""How the names of variables begin that Kubernetes makes for a service called `attribution`."""
LOG_LEVELS = ("debug", "info", "warning", "error")


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing that can be set: its `name` without the prefix, its `default`, and a line of `help` for the documents.

    A whole number must be at least `least`; another number is a share, 0 to 1; a word must be one of `choices`, and may be
    anything where there are none.
    """

    name: str
    default: int | float | str
    help: str
    choices: tuple[str, ...] = ()
    least: int = 1

    @property
    def variable(self) -> str:
        """The environment variable, e.g. `ATTRIBUTION_WORKERS`."""
        return PREFIX + self.name


class SettingError(RuntimeError):
    """A setting has a value that it cannot have; the message says which, and what would do.

    A RuntimeError, because that is what gunicorn ends with in one line and without a traceback.
    """


SETTINGS = (
    Setting(
        "MAX_BODY_BYTES", 2_000_000, "The largest request body that is read, in bytes, expanded; a larger one is answered 413."
    ),
    Setting("MAX_CHARACTERS", 200_000, "The longest article that is read, in characters; a longer one is answered 413."),
    Setting("TIME_LIMIT", 60, "Seconds that reading one article may take; one that takes longer is answered 504."),
    Setting(
        "CHARACTERS_IN_FLIGHT",
        400_000,
        "Characters of articles that one process reads at the same time; others are answered 503. One alone is always read.",
    ),
    Setting(
        "MIN_SPEAKER_PROBABILITY",
        PROBABLE_SPEAKER,
        "How probable a speaker must be, 0 to 1, where a request does not say; one less probable is only a candidate.",
    ),
    Setting(
        "BODY_BYTES_IN_FLIGHT",
        8_000_000,
        "Bytes of bodies that one process holds at the same time, beyond 64 KiB of each; others are answered 503.",
    ),
    Setting("MAX_STREAM_BYTES", 50_000_000, "The largest stream that is read, in bytes, expanded; a larger one is answered 413."),
    Setting("MAX_STREAM_LINES", 10_000, "The most articles that a stream may hold; a longer one is answered 413."),
    Setting("WORKERS", 2, "Server processes; about one a core is right. They share the memory of the network."),
    Setting(
        "THREADS", 32, "Three quarters of it are the requests with articles that a process has in hand at once; others get 503."
    ),
    Setting("HEADER_SECONDS", 10, "Seconds that the header of a request may take to come; a connection that is later is closed."),
    Setting(
        "BODY_SECONDS",
        60,
        "Seconds that a body may take to come, and a piece of an answer to be taken; a body that is later is answered 408.",
    ),
    Setting("API_KEYS", "", "API keys, as lines `name:digest` that `attribution newkey NAME` makes; empty: none is asked for."),
    Setting("API_KEYS_FILE", "", "A file of such lines, read at the start and at each SIGHUP."),
    Setting("SHUT", "", "What is not answered, of `page`, `docs`, `contract` and `metrics`, with spaces between; empty: all is."),
    Setting(
        "METRICS_PORT",
        0,
        "A port, at the same address, where `/metrics` is answered and nothing else is; the port of the service no longer "
        "answers it. 0: none.",
        least=0,
    ),
    Setting(
        "RATE_LIMIT", "", "How often one key, or else one address, may come, such as `60 per minute`; empty: any number of times."
    ),
    Setting(
        "RATE_LIMIT_STORAGE",
        "memory://",
        "Where that is counted: in each process, or for all of them at `redis://host:6379` (needs the extra `redis`).",
    ),
    Setting("PROXIES", 0, "Proxies in front whose `X-Forwarded-For` and `-Proto` are believed; behind one nginx, 1.", least=0),
    Setting(
        "CORS_ORIGINS", "", "Origins whose pages may call the service, such as `https://desk.example`; empty: none, `*`: all."
    ),
    Setting("LOG_LEVEL", "info", "How much is logged; at debug, health checks are logged too.", LOG_LEVELS),
)


def read(environ: Mapping[str, str]) -> dict[str, int | float | str]:
    """The value of every setting, e.g. `read({"ATTRIBUTION_WORKERS": "8"})["WORKERS"] == 8`."""
    return {setting.name: _value(setting, environ.get(setting.variable, "").strip()) for setting in SETTINGS}


def misspelt(environ: Mapping[str, str]) -> dict[str, str]:
    """The variables that nearly name a setting, and what is meant, e.g. `{"ATTRIBUTION_WORKER": "ATTRIBUTION_WORKERS"}`."""
    names = [setting.name for setting in SETTINGS]
    given = (variable.removeprefix(PREFIX) for variable in sorted(environ) if variable.startswith(PREFIX))
    unknown = [name for name in given if name not in names and not name.startswith(KUBERNETES)]
    near = {name: get_close_matches(name, names, n=1) for name in unknown}
    return {PREFIX + name: PREFIX + found[0] for name, found in near.items() if found}


def _value(setting: Setting, written: str) -> int | float | str:
    if not written:
        return setting.default
    if setting.choices:
        return _choice(setting, written.lower())
    if isinstance(setting.default, float):
        return _share(setting, written)
    return _number(setting, written) if isinstance(setting.default, int) else written


def _number(setting: Setting, written: str) -> int:
    if written.isdecimal() and int(written) >= setting.least:
        return int(written)
    raise SettingError(
        f"{setting.variable} is {written!r}. It must be a whole number of at least {setting.least}, such as {setting.default}."
    )


def _share(setting: Setting, written: str) -> float:
    try:
        share = float(written)
    except ValueError:
        share = -1.0
    if 0 <= share <= 1:
        return share
    raise SettingError(f"{setting.variable} is {written!r}. It must be a number from 0 to 1, such as {setting.default}.")


def _choice(setting: Setting, written: str) -> str:
    if written in setting.choices:
        return written
    raise SettingError(f"{setting.variable} is {written!r}. It must be one of {', '.join(setting.choices)}.")
