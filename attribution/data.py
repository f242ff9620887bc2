"""The one shape: frozen records for an article, its quotes and its speakers, and `to_dict`, which gives their JSON form.

In: what the steps of the pipeline found. Out: records that no step changes in place (use `dataclasses.replace`) and plain
dicts, the same for the API, a batch line and a gold file. It computes nothing: no record knows how it was found.
All offsets are Unicode code points into the text as received, end exclusive: `text[span.start:span.end] == span.text`; only the
answer of somebody who asked for another unit has them in that (`attribution.text.units`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields, is_dataclass, replace
from functools import cache
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

Offsets = tuple[int, int]
"""Start and end of a stretch of text in code points, end exclusive."""
JOINER = " […] "
"""Stands between the fragments of a quote."""
CALLS = "calls"
NAME, NOUN = "name", "noun"
"""The spans of a Doc in which words call a speaker by a name or by a noun, wherever a source stands, and their labels."""

# What a field of the records below may hold, where that is one of a few words.
TYPES = ("direct", "mixed", "indirect")
KINDS = ("statement", "attitude", "topic")
ACTS = (
    *("say", "assert", "write", "announce", "ask", "answer", "warn", "promise", "deny", "accuse", "praise", "describe", "urge"),
    *("report", "think", "want", "feel"),
)
EVIDENCE = ("name", "alias", "acronym", "nominal", "pronoun", "implicit", "continued")
RELATIONS = ("relays", "cited")
SPEAKER_TYPES = ("person", "organization", "place", "group", "document", "unknown")
VERDICTS = ("verbatim", "altered", "paraphrase", "absent")
DIFFERENCES = ("same", "changed", "added", "left_out", "ellipsis")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the article: `start` and `end` in code points, and the `text` between them."""

    start: int
    end: int
    text: str

    @classmethod
    def of(cls, text: str, offsets: Offsets) -> Span:
        """The span of `text` at `offsets`, e.g. `Span.of("Hi, Ann", (4, 7)).text == "Ann"`."""
        start, end = offsets
        return cls(start, end, text[start:end])


@dataclass(frozen=True, slots=True)
class Attribution:
    """What the tagger found: spans that belong together, before marks, verbs and speakers are looked at.

    content: the stretches of what was said, in text order, at least one; cue: the verb or phrase that signals it, None where
    a quote continues without one; source: the words that name who said it, None where nothing does; confidence: how sure the
    network is, 0 to 1, which is not yet how often it is right; kind: as a `Quote`'s, or author for what the article says in its
    own voice; via: the words that name who passes it on, each with the relation that a `Via` has; nested: it was found inside the
    content of another.
    """

    content: tuple[Offsets, ...]
    cue: Offsets | None
    source: Offsets | None
    confidence: float
    kind: str = "statement"
    via: tuple[tuple[Offsets, str], ...] = ()
    nested: bool = False


@dataclass(frozen=True, slots=True)
class Verb:
    """The cue, analysed: `lemma` of its main word, the `act` (a key of `attribution/quoting/acts.txt`), whether it is `negated`.

    The step `quotes` sets the span alone; the step `verbs` fills in the rest.
    """

    start: int
    end: int
    text: str
    lemma: str = ""
    act: str = ""
    negated: bool = False


@dataclass(frozen=True, slots=True)
class SpeakerRef:
    """Who a quote's source resolves to: the speaker's `id` and `name`, the `evidence` it was found by, and how probable it is, 0
    to 1; 1 where the words leave no doubt.

    evidence: name, alias, acronym, nominal, pronoun, implicit (another quote of the sentence names the source) or continued
    (the quote carries on an earlier one's speaker).
    """

    id: str
    name: str
    evidence: str
    probability: float = 1.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be the speaker: his `id` and `name`, and how probable it is, 0 to 1."""

    id: str
    name: str
    probability: float


@dataclass(frozen=True, slots=True)
class Via:
    """One who stands between the speaker and the reader. `relation` is `relays` ("…, Ann said, according to RIA": RIA) or
    `cited` ("Belta reported, citing the press service": the press service). `source` is the words that name him.
    """

    id: str | None
    name: str
    relation: str
    source: Span


@dataclass(frozen=True, slots=True)
class Context:
    """The paragraph that a quote begins in: its number, counted from 0, and its span; of a very long paragraph the part around
    the quote, and only the quote's sentences where those were asked for.
    """

    paragraph: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Quote:
    """One quotation. `type` is direct, mixed or indirect; `kind` is statement, attitude (only thought, wanted or felt) or topic
    (only talked about); `text` joins the fragments of `content` with JOINER; `verbatim`
    holds the stretches inside quotation marks, without the marks; `verb` is None for a quote that continues without a cue;
    `source` None where nothing names the speaker there; `speaker` None where the article does not say who it is, or not surely
    enough; `candidates` who it may be, the likeliest first; `parent` is the id of the quote this one is nested in; `context` None
    where none was asked for.
    """

    id: str
    type: str
    kind: str
    text: str
    content: tuple[Span, ...]
    verbatim: tuple[Span, ...]
    verb: Verb | None
    source: Span | None
    speaker: SpeakerRef | None
    candidates: tuple[Candidate, ...]
    via: tuple[Via, ...]
    parent: str | None
    context: Context | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody (or something) quoted: `name` is the fullest the article writes, without title; `type` is person,
    organization, place, group, document or unknown; `role` the words that say what he is, None if none do; `aliases` the
    other names; `members` the ids of those who make a group ("Smith and Jones"), as far as they are known; `mentions` every
    span that refers to him; `quotes` the ids of his quotes in text order; `known_id` the id that the caller knows him by, None if
    the caller named nobody like him.
    """

    id: str
    name: str
    type: str
    role: str | None
    aliases: tuple[str, ...]
    members: tuple[str, ...]
    mentions: tuple[Span, ...]
    quotes: tuple[str, ...]
    known_id: str | None = None


@dataclass(frozen=True, slots=True)
class Model:
    """Which trained pipeline answered: its `name` and `version`."""

    name: str
    version: str


@dataclass(frozen=True, slots=True)
class Article:
    """The answer for one article: every quote in text order, and who spoke. `text` is what the offsets are into, None where it
    was not asked for.
    """

    id: str | None
    offset_unit: str
    model: Model
    quotes: tuple[Quote, ...]
    speakers: tuple[Speaker, ...]
    text: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """The one JSON shape: plain dicts, lists, strings and numbers."""
        plain: dict[str, Any] = _plain(asdict(self))
        return plain

    def to_frame(self) -> Any:
        """A quote a row (`attribution.rows.Row`), as a DataFrame of pandas or, where there is none, of polars; ImportError
        where there is neither.
        """
        from attribution.rows import frame

        return frame(self)

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        from attribution.rows import html

        return html(self)


@dataclass(frozen=True, slots=True)
class Difference:
    """A stretch of the way from a claimed quote to the article. `kind`: same, changed, added (in the claim alone), left_out (in
    the article alone) or ellipsis (left out where the claim says so). `quote` is the claim's words; `article`, where the
    article's are.
    """

    kind: str
    quote: str | None
    article: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Verification:
    """What an article says of a claimed quote. `verdict`: verbatim, altered, paraphrase or absent; `similarity` 0 to 1; `marked`
    whether all that was found stands inside quotation marks; `found` where it stands; `difference` the way from the claim to it,
    word by word; `left_out` what of the article the claim leaves out; `quote` the quote that holds it, None if nobody says
    it; `speaker` who says that; `speaker_agrees` whether it is the speaker asked for, None where that cannot be said
    or is unsure.
    """

    id: str | None
    offset_unit: str
    model: Model
    verdict: str
    similarity: float
    marked: bool
    found: tuple[Span, ...]
    difference: tuple[Difference, ...]
    left_out: tuple[Span, ...]
    quote: Quote | None
    speaker: Speaker | None
    speaker_agrees: bool | None
    text: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """Plain dicts, lists, strings and numbers, like those of an `Article`."""
        plain: dict[str, Any] = _plain(asdict(self))
        return plain


@cache
def _hints(kind: Any) -> dict[str, Any]:
    """The types of a record's fields."""
    return get_type_hints(kind)


def record(kind: Any, plain: Mapping[str, Any]) -> Any:
    """The record that `asdict` has made `plain`; fields that it does not know are left out."""
    hints = _hints(kind)
    return kind(**{name: _typed(hints[name], value) for name, value in plain.items() if name in hints})


def _typed(hint: Any, value: Any) -> Any:
    """A value of plain data as a record's field has it: tuples for lists, records for dicts."""
    if value is None:
        return None
    if get_origin(hint) is UnionType:
        return _typed(get_args(hint)[0], value)
    if get_origin(hint) is tuple:
        return tuple(_typed(get_args(hint)[0], item) for item in value)
    return record(hint, value) if isinstance(hint, type) and is_dataclass(hint) else value


def map_records(value: Any, change: Callable[[Any], Any]) -> Any:
    """A record, or a tuple of them, with each record in it changed, the inner ones first."""
    if isinstance(value, tuple):
        return tuple(map_records(item, change) for item in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    return change(replace(value, **{field.name: map_records(getattr(value, field.name), change) for field in fields(value)}))


def _plain(value: Any) -> Any:
    """Turn the tuples of `asdict` into the lists that JSON reads back."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value
