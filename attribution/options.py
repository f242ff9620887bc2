"""What a caller may ask for beside the text. In: keywords, the same for the library, the service and the command. Out: a frozen
`Options`, checked: what it holds can be done. It does nothing itself: `select` and `units` do what it says.
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
"""What an answer may hold or leave out: the text that the offsets are into, and every mention of each speaker."""
INCLUDED = ("mentions",)
"""Which of them it holds where nothing is said."""
LANGUAGES = ("en",)
PROBABLE_SPEAKER = shipped.default("min_speaker_probability")
"""How probable a speaker must be, where nothing is said. It was chosen with the weights (`training/recipe.toml`)."""
MOST_KNOWN, MOST_ALIASES = 10_000, 50
"""So many known speakers are looked for, and so many other names of each."""


@dataclass(frozen=True, slots=True)
class KnownSpeaker:
    """Somebody the caller knows: by which `id`, by which `name`, and by which other names."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Options:
    """What is asked for.

    attitudes: what somebody only thinks, wants or feels too. topics: what is only talked about too. min_confidence: no quote less
    sure than this. types, acts: only quotes of these, None for all. context: none, or the sentences or the
    paragraph around each quote. offset_unit: what offsets count. known_speakers: whom to recognise. include: which of `PARTS`
    the answer holds. language: "en" where the caller knows that the text is English, so that nothing need find it out.
    min_speaker_probability: no speaker less probable than this; in his place the quote has candidates.
    """

    attitudes: bool = False
    topics: bool = False
    min_confidence: float = 0.0
    types: Collection[str] | None = None
    acts: Collection[str] | None = None
    context: str = "paragraph"
    offset_unit: str = "codepoint"
    known_speakers: Sequence[KnownSpeaker] = ()
    include: Collection[str] = INCLUDED
    language: str | None = None
    min_speaker_probability: float = PROBABLE_SPEAKER

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
    """Raise OptionError for a value that is none of the choices, or for too few values, with the remedy."""
    if isinstance(values, str) or not isinstance(values, Collection):
        raise OptionError(f"{name} is {values!r}: give a list of strings, such as [{choices[0]!r}]")
    if len(values) < least:
        raise OptionError(f"{name} is empty: leave it out for all")
    for value in values:
        if value not in choices:
            raise OptionError(f"{name}: there is no {value!r}; choose from {', '.join(choices)}")


def _check_known(speakers: Sequence[KnownSpeaker]) -> None:
    """Raise OptionError for more speakers, or more names of one, than are looked for, with the remedy."""
    if len(speakers) > MOST_KNOWN:
        raise OptionError(
            f"known_speakers holds {len(speakers):,}, at most {MOST_KNOWN:,} are looked for: give those of the desk"
        )
    for known in speakers:
        if not isinstance(known, KnownSpeaker):
            raise OptionError("known_speakers: give a list of KnownSpeaker, such as attribution.KnownSpeaker('Q42', 'Ann Lee')")
        if len(known.aliases) > MOST_ALIASES:
            raise OptionError(
                f"known_speakers: {known.id[:100]!r} has {len(known.aliases):,} aliases, at most {MOST_ALIASES} are looked for: "
                "give those that articles write"
            )


def known_speakers(given: Any) -> tuple[KnownSpeaker, ...]:
    """Speakers as JSON holds them: a list of objects with an id, a name and, if there are other names, aliases."""
    if not isinstance(given, list):
        raise OptionError("known_speakers must be a list of objects with id, name and aliases")
    return tuple(_known_speaker(f"known_speakers[{number}]", fields) for number, fields in enumerate(given))


def _known_speaker(place: str, fields: Any) -> KnownSpeaker:
    match fields:
        case {"id": str(id_), "name": str(name), **others} if others.keys() <= {"aliases"}:
            aliases = others.get("aliases", [])
            if isinstance(aliases, list) and all(isinstance(alias, str) for alias in aliases):
                return KnownSpeaker(id_, name, tuple(aliases))
    raise OptionError(
        f"{place} must be an object with an id and a name, both strings, and aliases, a list of strings or left out"
    )


def no_such_field(name: str, names: Collection[str]) -> str:
    """What to tell whoever writes a name that is none of these: the one that is meant, and all."""
    near = get_close_matches(name, names, n=1)
    meant = f" Did you mean {near[0]}?" if near else ""
    return f"There is no such field.{meant} There are: {', '.join(names)}."
