"""The options of a request. In: keywords, the same for the library, the service and the command. Out: a frozen `Options` with
valid values. `select` and `units` apply them.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from attribution import shipped
from attribution.data import ACTS, TYPES
from attribution.errors import OptionError

CONTEXTS = ("none", "sentence", "paragraph")
UNITS = ("codepoint", "utf16", "utf8")
PARTS = ("text", "mentions")
"""The optional parts of an answer: the text that the offsets point into, and all mentions of each speaker."""
DEFAULT_INCLUDE = ("mentions",)
"""The parts that an answer has by default."""
LANGUAGES = ("en",)
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
class Options:
    """The options of a request.

    attitudes: also return what someone only thinks, wants or feels. topics: also return what is only talked about.
    min_confidence: return no quote with a lower confidence. types, acts: return only quotes of these; None for all. context:
    none, or the sentences or the paragraph around each quote. offset_unit: what offsets count. known_speakers: the speakers to
    recognise. include: which of `PARTS` to return. language: "en" if the text is known to be English; skips language detection.
    min_speaker_probability: name no speaker with a lower probability; the quote then has candidates instead.
    """

    attitudes: bool = False
    topics: bool = False
    min_confidence: float = 0.0
    types: Collection[str] | None = None
    acts: Collection[str] | None = None
    context: str = "paragraph"
    offset_unit: str = "codepoint"
    known_speakers: Sequence[KnownSpeaker] = ()
    include: Collection[str] = DEFAULT_INCLUDE
    language: str | None = None
    min_speaker_probability: float = DEFAULT_SPEAKER_PROBABILITY

    def __post_init__(self) -> None:
        _check("types", TYPES if self.types is None else self.types, TYPES, least=1)
        _check("acts", ACTS if self.acts is None else self.acts, ACTS, least=1)
        _check("context", (self.context,), CONTEXTS)
        _check("offset_unit", (self.offset_unit,), UNITS)
        _check("include", self.include, PARTS)
        _check("language", () if self.language is None else (self.language,), LANGUAGES)
        for name in ("attitudes", "topics"):
            if not isinstance(getattr(self, name), bool):
                raise OptionError(f"{name} is {getattr(self, name)!r}: give true or false")
        for name in ("min_confidence", "min_speaker_probability"):
            value = getattr(self, name)
            if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
                raise OptionError(f"{name} is {value!r}: give a number from 0 to 1")
        _check_known(self.known_speakers)


def _check(name: str, values: Collection[str], choices: Sequence[str], *, least: int = 0) -> None:
    """Raise OptionError if a value is not one of the choices, or if there are too few values."""
    if isinstance(values, str) or not isinstance(values, Collection):
        raise OptionError(f"{name} is {values!r}: give a list of strings, such as [{choices[0]!r}]")
    if len(values) < least:
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
