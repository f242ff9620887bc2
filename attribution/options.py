"""The options of a request, each declared once. In: keywords, the same for the library, the service and the command. Out: a
frozen `Options` with valid values, which `select` and `units` apply. The service, the command and the documentation make their
options from `OPTIONS`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from typing import Any, Literal

from attribution import shipped
from attribution.data import ACTS, TYPES
from attribution.errors import OptionError

Kind = Literal["flag", "share", "choice", "choices", "known_speakers"]
UNITS = ("codepoint", "utf16", "utf8")
DEFAULT_INCLUDE = ("mentions",)
"""The parts that an answer has by default."""
DEFAULT_SPEAKER_PROBABILITY = shipped.default("min_speaker_probability")
"""The default of `min_speaker_probability`, chosen with the weights (`training/recipe.toml`)."""
MAX_KNOWN_SPEAKERS, MAX_ALIASES = 10_000, 50
"""The most known speakers, and the most aliases of each."""


@dataclass(frozen=True, slots=True)
class KnownSpeaker:
    """A speaker that the caller knows: the caller's `id` for them, their `name`, and their other names."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Option:
    """An option as it is declared. kind: a flag, a share from 0 to 1, one of the choices, a list of them, or known speakers.
    help: what it does, in a few words for the command line. about: the same for the contract and docs/http.md. choices: the valid
    words. values: what these words are, for `GET /v1/model`. minimum: how many a list must have.
    """

    kind: Kind
    default: Any
    help: str
    about: str
    choices: tuple[str, ...] = ()
    values: str = ""
    minimum: int = 0

    def check(self, name: str, value: Any) -> None:
        """Raise OptionError if the value is invalid. None is valid if it is the default."""
        if value is None and self.default is None:
            return
        match self.kind:
            case "flag" if not isinstance(value, bool):
                raise OptionError(f"{name} is {value!r}: give true or false")
            case "share" if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
                raise OptionError(f"{name} is {value!r}: give a number from 0 to 1")
            case "choice":
                _check_choices(name, (value,), self.choices)
            case "choices":
                _check_choices(name, value, self.choices, minimum=self.minimum)
            case "known_speakers":
                _check_known(value)


def _declare(kind: Kind, default: Any, **words: Any) -> Any:
    return field(default=default, metadata={"option": Option(kind, default, **words)})


@dataclass(frozen=True, slots=True)
class Options:
    """The options of a request, in the order in which the command and the documentation list them."""

    types: Collection[str] | None = _declare(
        "choices",
        None,
        help="Only quotes of these types",
        about="Return only quotes of these types. Default: all.",
        choices=TYPES,
        values="The types of quotes.",
        minimum=1,
    )
    acts: Collection[str] | None = _declare(
        "choices",
        None,
        help="Only quotes whose verb has one of these acts",
        about="Return only quotes whose verb has one of these acts. Default: all, and quotes without a verb.",
        choices=ACTS,
        values="The acts of verbs.",
        minimum=1,
    )
    attitudes: bool = _declare(
        "flag",
        False,
        help="Also what someone only thinks, wants or feels",
        about="Whether to return attitudes too: what people only think, want or feel, without saying it. Default: false.",
    )
    topics: bool = _declare(
        "flag",
        False,
        help="Also what someone only talks about",
        about="Whether to return topics too: what people only talk about, as in “criticised | the plan”. Default: false.",
    )
    min_confidence: float = _declare(
        "share",
        0.0,
        help="Only quotes with at least this confidence",
        about="Return only quotes with at least this `confidence`, from 0 to 1. Default: all.",
    )
    min_speaker_probability: float = _declare(
        "share",
        DEFAULT_SPEAKER_PROBABILITY,
        help="Name only speakers this probable; otherwise list candidates",
        about="How probable a speaker must be to be named as the `speaker`, from 0 to 1. If none is, the quote has `candidates` "
        f"instead. Default: {DEFAULT_SPEAKER_PROBABILITY}, unless the service is set to another value. With 0, the likeliest "
        "speaker is always named; with 1, only a speaker whom the words leave no doubt about.",
    )
    context: str = _declare(
        "choice",
        "paragraph",
        help="What to return around each quote",
        about="What to return around each quote: `none`; the `sentence` or sentences of the quote, its verb and its source; or "
        "the `paragraph` (the default).",
        choices=("none", "sentence", "paragraph"),
        values="What an answer can return around a quote.",
    )
    offset_unit: str = _declare(
        "choice",
        "codepoint",
        help="What offsets count",
        about="What offsets count: `codepoint` (Python; the default), `utf16` (JavaScript, Java) or `utf8` (bytes).",
        choices=UNITS,
        values="What offsets can count.",
    )
    known_speakers: Sequence[KnownSpeaker] = _declare(
        "known_speakers",
        (),
        help='The speakers you know, as JSON: [{"id", "name", "aliases"}]',
        about="People and organizations that you know, at most 1,000. If a speaker has the name or an alias of exactly one of "
        "them, ignoring case, `known_id` is that one's id. If several match, it is null.",
    )
    include: Collection[str] = _declare(
        "choices",
        DEFAULT_INCLUDE,
        help="What else to return",
        about="What else to return: the `text` that offsets refer to (always returned for `html`), and all `mentions` of the "
        "speakers. Default: the mentions only.",
        choices=("text", "mentions"),
        values="What else an answer can contain.",
    )
    language: str | None = _declare(
        "choice",
        None,
        help="The language of the text: with en, a text is read even if it seems to be in another language",
        about="`en` says that the article is English: if it seems to be in another language, it is read all the same, with a "
        "warning. By default, the service rejects an article in another language.",
        choices=("en",),
        values="The languages that the service reads.",
    )

    def __post_init__(self) -> None:
        for name, option in OPTIONS.items():
            option.check(name, getattr(self, name))


OPTIONS: dict[str, Option] = {field.name: field.metadata["option"] for field in fields(Options)}
"""The declarations, by name."""


def _check_choices(name: str, values: Collection[str], choices: Sequence[str], *, minimum: int = 0) -> None:
    """Raise OptionError if a value is not one of the choices, or if there are too few values."""
    if isinstance(values, str) or not isinstance(values, Collection):
        raise OptionError(f"{name} is {values!r}: give a list of strings, such as [{choices[0]!r}]")
    if len(values) < minimum:
        raise OptionError(f"{name} is empty: leave it out for all")
    for value in values:
        if value not in choices:
            raise OptionError(f"{name}: there is no {value!r}; choose from {', '.join(choices)}")


def _check_known(speakers: Sequence[KnownSpeaker]) -> None:
    """Raise OptionError if there are too many speakers, or too many names of one."""
    if len(speakers) > MAX_KNOWN_SPEAKERS:
        raise OptionError(
            f"known_speakers has {len(speakers):,} entries, the limit is {MAX_KNOWN_SPEAKERS:,}: give only those you need"
        )
    for known in speakers:
        if not isinstance(known, KnownSpeaker):
            raise OptionError("known_speakers: give a list of KnownSpeaker, such as attribution.KnownSpeaker('Q42', 'Ann Lee')")
        if len(known.aliases) > MAX_ALIASES:
            raise OptionError(
                f"known_speakers: {known.id[:100]!r} has {len(known.aliases):,} aliases, the limit is {MAX_ALIASES}: "
                "give those that articles use"
            )


def parse_known_speakers(given: Any) -> tuple[KnownSpeaker, ...]:
    """Known speakers from JSON: a list of objects with an id, a name and, optionally, aliases."""
    if not isinstance(given, list):
        raise OptionError("known_speakers must be a list of objects with id, name and aliases")
    return tuple(_parse_known_speaker(f"known_speakers[{number}]", fields) for number, fields in enumerate(given))


def _parse_known_speaker(place: str, fields: Any) -> KnownSpeaker:
    match fields:
        case {"id": str(id_), "name": str(name), **others} if others.keys() <= {"aliases"}:
            aliases = others.get("aliases", [])
            if isinstance(aliases, list) and all(isinstance(alias, str) for alias in aliases):
                return KnownSpeaker(id_, name, tuple(aliases))
    raise OptionError(f"{place} must be an object with an id and a name, both strings, and optionally aliases, a list of strings")


def unknown_field_message(name: str, names: Collection[str]) -> str:
    """The message for an unknown field: the most similar name, and all names."""
    near = get_close_matches(name, names, n=1)
    suggestion = f" Did you mean {near[0]}?" if near else ""
    return f"There is no such field.{suggestion} There are: {', '.join(names)}."
