"""The settings of the service: each is declared once, and comes from an environment variable named `ATTRIBUTION_…`.

In: a mapping such as `os.environ`. Out: a dict from setting name to value, each of the type of its default. Only the names below
are looked up, and only in that mapping. Other programs may use the same prefix, so a misspelt variable is reported (`misspelt`)
but is not an error.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from attribution.options import DEFAULT_SPEAKER_PROBABILITY

PREFIX = "ATTRIBUTION_"
KUBERNETES = ("SERVICE_", "PORT")
"""Prefixes of the variables that Kubernetes sets for a service called `attribution`."""
LOG_LEVELS = ("debug", "info", "warning", "error")


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its `name` without the prefix, its `default`, and a line of `help` for the documentation.

    A whole number must be at least `minimum`. A float must be from 0 to 1. A word must be one of `choices`, if there are any.
    """

    name: str
    default: int | float | str
    help: str
    choices: tuple[str, ...] = ()
    minimum: int = 1

    @property
    def variable(self) -> str:
        """The environment variable, e.g. `ATTRIBUTION_WORKERS`."""
        return PREFIX + self.name


class SettingError(RuntimeError):
    """A setting has an invalid value; the message names the setting and a valid value.

    It is a RuntimeError because gunicorn reports those in one line, without a traceback.
    """


SETTINGS = (
    Setting("MAX_BODY_BYTES", 2_000_000, "The largest request body, in bytes, after expansion; a larger one gets 413."),
    Setting("MAX_CHARACTERS", 200_000, "The longest article, in characters; a longer one gets 413."),
    Setting("TIME_LIMIT", 60, "How many seconds one article may take; after that it gets 504."),
    Setting(
        "CHARACTERS_IN_FLIGHT",
        200_000,
        "How many characters one process reads at the same time; beyond that, articles get 503. A single article is always read.",
    ),
    Setting(
        "MIN_SPEAKER_PROBABILITY",
        DEFAULT_SPEAKER_PROBABILITY,
        "How probable a speaker must be to be named, 0 to 1, unless the request says otherwise; others are only candidates.",
    ),
    Setting(
        "BODY_BYTES_IN_FLIGHT",
        8_000_000,
        "How many bytes of bodies one process holds at the same time, not counting the first 64 KiB of each; others get 503.",
    ),
    Setting("MAX_STREAM_BYTES", 50_000_000, "The largest stream, in bytes, after expansion; a larger one gets 413."),
    Setting("MAX_STREAM_LINES", 10_000, "The most articles in one stream; a longer stream gets 413."),
    Setting("WORKERS", 2, "Server processes: about one for each core. They share the memory of the network."),
    Setting(
        "THREADS",
        32,
        "Threads of each process. Three quarters of them may hold requests with articles; further requests get 503.",
    ),
    Setting("HEADER_SECONDS", 10, "How many seconds a client may take to send its headers; after that the connection is closed."),
    Setting(
        "BODY_SECONDS",
        60,
        "How many seconds a client may take to send its body (after that it gets 408), or to take a piece of the answer.",
    ),
    Setting("API_KEYS", "", "The API keys: lines `name:digest`, made by `attribution newkey NAME`. If empty, no key is needed."),
    Setting("API_KEYS_FILE", "", "A file of such lines. It is read at the start and at each SIGHUP."),
    Setting("SHUT", "", "Which of `page`, `docs`, `contract` and `metrics` to shut, separated by spaces. If empty, none."),
    Setting(
        "METRICS_PORT",
        0,
        "A separate port for `/metrics`, at the same address. It answers nothing else, and the port of the service then no "
        "longer answers `/metrics`. If 0, there is none.",
        minimum=0,
    ),
    Setting(
        "RATE_LIMIT",
        "",
        "How many requests each key may send, such as `60 per minute`; without keys, each address. If empty, there is no limit.",
    ),
    Setting(
        "RATE_LIMIT_STORAGE",
        "memory://",
        "Where requests are counted: in each process, or for all processes together at `redis://host:6379` (extra `redis`).",
    ),
    Setting(
        "PROXIES",
        0,
        "How many proxies are in front; their `X-Forwarded-For` and `-Proto` are trusted. Behind one nginx: 1.",
        minimum=0,
    ),
    Setting(
        "CORS_ORIGINS",
        "",
        "Which origins may call the service from a browser, such as `https://desk.example`; `*` for all. If empty, none may.",
    ),
    Setting("LOG_LEVEL", "info", "How much to log. `debug` logs health checks too.", LOG_LEVELS),
)


def load(environ: Mapping[str, str]) -> dict[str, int | float | str]:
    """The value of every setting, e.g. `load({"ATTRIBUTION_WORKERS": "8"})["WORKERS"] == 8`."""
    return {setting.name: _value(setting, environ.get(setting.variable, "").strip()) for setting in SETTINGS}


def misspelt(environ: Mapping[str, str]) -> dict[str, str]:
    """Variables that look like misspelt settings, and those settings, e.g. `{"ATTRIBUTION_WORKER": "ATTRIBUTION_WORKERS"}`."""
    names = [setting.name for setting in SETTINGS]
    given = (variable.removeprefix(PREFIX) for variable in sorted(environ) if variable.startswith(PREFIX))
    unknown = [name for name in given if name not in names and not name.startswith(KUBERNETES)]
    close = {name: get_close_matches(name, names, n=1) for name in unknown}
    return {PREFIX + name: PREFIX + matches[0] for name, matches in close.items() if matches}


def _value(setting: Setting, value: str) -> int | float | str:
    if not value:
        return setting.default
    if setting.choices:
        return _choice(setting, value.lower())
    if isinstance(setting.default, float):
        return _probability(setting, value)
    return _number(setting, value) if isinstance(setting.default, int) else value


def _number(setting: Setting, value: str) -> int:
    if value.isdecimal() and int(value) >= setting.minimum:
        return int(value)
    raise SettingError(
        f"{setting.variable} is {value!r}. It must be a whole number of at least {setting.minimum}, such as {setting.default}."
    )


def _probability(setting: Setting, value: str) -> float:
    try:
        probability = float(value)
    except ValueError:
        probability = -1.0
    if 0 <= probability <= 1:
        return probability
    raise SettingError(f"{setting.variable} is {value!r}. It must be a number from 0 to 1, such as {setting.default}.")


def _choice(setting: Setting, value: str) -> str:
    if value in setting.choices:
        return value
    raise SettingError(f"{setting.variable} is {value!r}. It must be one of {', '.join(setting.choices)}.")
