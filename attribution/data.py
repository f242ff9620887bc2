"""Frozen records for an article, its quotes and its speakers, and `to_dict`, which returns their JSON form.

In: what the steps of the pipeline find. Out: records that no step changes in place (use `dataclasses.replace`), and plain dicts,
which are the same in the API, in a batch and in a gold file. Nothing is computed here. All offsets are Unicode code points into
the text as received, end exclusive: `text[span.start:span.end] == span.text`. Only a caller who asks for another unit gets
offsets in that unit (`attribution.text.units`).
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
"""Joins the fragments of a quote."""
CALLS = "calls"
NAME, NOUN = "name", "noun"
"""The key in `doc.spans` of the words in sources that call a speaker by a name or a noun, and the labels of these spans."""

# The closed lists of values for fields of the records below.
TYPES = ("direct", "mixed", "indirect")
KINDS = ("statement", "attitude", "topic")
ACTS = (
    *("say", "assert", "write", "announce", "ask", "answer", "warn", "promise", "deny", "accuse", "praise", "describe", "urge"),
    *("report", "think", "want", "feel"),
)
EVIDENCE = {
    "name": "the source is their name",
    "alias": "the source is another name of theirs",
    "acronym": "the source is their name in short",
    "nominal": "the source is a noun that means them",
    "pronoun": "the source is a pronoun that means them",
    "implicit": "another quote of the sentence names the source",
    "continued": "the quote carries on an earlier one of theirs",
}
"""How a speaker may be identified, and what each of these means."""
RELATIONS = ("relays", "cited")
SPEAKER_TYPES = ("person", "organization", "place", "group", "document", "unknown")
VERDICTS = ("verbatim", "altered", "paraphrase", "absent")
DIFFERENCES = ("same", "changed", "added", "left_out", "ellipsis")
WARNINGS = ("no-words", "other-language", "unsure-language", "whole-page", "left-out")


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
    """What the tagger finds: spans that belong together, before marks, verbs and speakers are analysed.

    content: the stretches of what was said, in text order, at least one. cue: the verb or phrase that signals it; None if a quote
    continues without one. source: the words that name who said it, or None. confidence: the network's probability, 0 to 1, not
    yet calibrated. kind: that of the `Quote`, or author for the article's own voice. via: the words that name each relay, with
    the relation of its `Via`. nested: whether it is inside the content of another attribution.
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
    """The analysed cue: the `lemma` of its main word, the `act` (a key of `attribution/quoting/acts.txt`) and whether it is
    `negated`.

    The step `quotes` sets only the span; the step `verbs` fills in the rest.
    """

    start: int
    end: int
    text: str
    lemma: str = ""
    act: str = ""
    negated: bool = False


@dataclass(frozen=True, slots=True)
class SpeakerRef:
    """The speaker of a quote: their `id` and `name`, the `evidence`, one of EVIDENCE, and the `probability`, 0 to 1; it is 1 if
    the words leave no doubt.
    """

    id: str
    name: str
    evidence: str
    probability: float = 1.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible speaker: their `id` and `name`, and the `probability`, 0 to 1, that they are the speaker."""

    id: str
    name: str
    probability: float


@dataclass(frozen=True, slots=True)
class Via:
    """A relay between the speaker and the reader. `relation` is `relays` ("…, Ann said, according to RIA": RIA) or `cited`
    ("Belta reported, citing the press service": the press service). `source` is the words that name the relay.
    """

    id: str | None
    name: str
    relation: str
    source: Span


@dataclass(frozen=True, slots=True)
class Context:
    """The context of a quote: the number of the paragraph that it begins in, counted from 0, and a span: the paragraph, the part
    of a very long one around the quote, or, on request, only the quote's sentences.
    """

    paragraph: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Quote:
    """One quotation. `type` is direct, mixed or indirect. `kind` is statement, attitude (only thought, wanted or felt) or topic
    (only talked about). `text` joins the fragments of `content` with JOINER. `verbatim` holds the stretches inside quotation
    marks, without the marks. `verb` is None for a quote that continues without a cue. `source` is None if no words there name the
    speaker. `speaker` is None if the article does not say who it is, or not clearly enough; `candidates` then lists who it may
    be, likeliest first. `parent` is the id of the quote that this one is nested in. `context` is None if not requested.
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
    """A person or thing that is quoted. `name` is the fullest name in the article, without title. `type` is person, organization,
    place, group, document or unknown. `role` is the words that say who they are, or None. `aliases` are their other names.
    `members` are the ids of the members of a group ("Smith and Jones"), as far as they are known. `mentions` are all spans that
    refer to them. `quotes` are the ids of their quotes in text order. `known_id` is the caller's id for them, or None.
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
    """The `name` and `version` of the trained pipeline."""

    name: str
    version: str


@dataclass(frozen=True, slots=True)
class ArticleWarning:
    """What is odd about an article that was read all the same. `code` is for programs: no-words (the text has none),
    other-language (the text is in another one, though the caller says it is English), unsure-language (it may be in another one),
    whole-page (no article was found in the HTML, so all of it was read) or left-out (quotation marks of the page are not in its
    article). `detail` says what was seen and what to do.
    """

    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class Article:
    """The result for one article: its quotes in text order, and its speakers. `text` is the text that the offsets point into,
    None if not requested. `warnings` is usually empty.
    """

    id: str | None
    offset_unit: str
    model: Model
    quotes: tuple[Quote, ...]
    speakers: tuple[Speaker, ...]
    text: str | None = None
    warnings: tuple[ArticleWarning, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The JSON form: plain dicts, lists, strings and numbers."""
        plain: dict[str, Any] = _plain(asdict(self))
        return plain

    def to_frame(self) -> Any:
        """A DataFrame with one quote a row (`attribution.rows.Row`): of pandas, or else of polars. Raises ImportError if neither
        is installed.
        """
        from attribution.rows import data_frame

        return data_frame(self)

    def _repr_html_(self) -> str:
        """The table that a notebook shows."""
        from attribution.rows import html_table

        return html_table(self)


@dataclass(frozen=True, slots=True)
class Difference:
    """One step of the difference between a claimed quote and the article. `kind`: same, changed, added (only in the claim),
    left_out (only in the article) or ellipsis (left out where the claim has an ellipsis). `quote` is the words of the claim,
    `article` the spans of the article.
    """

    kind: str
    quote: str | None
    article: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Verification:
    """The check of a claimed quote against an article. `verdict` is verbatim, altered, paraphrase or absent; `similarity` is 0 to
    1. `found` is the matching passage, and `marked` whether all of it is inside quotation marks. `difference` compares claim and
    passage word by word; `left_out` is what the claim leaves out of the passage. `quote` is the quote that contains the passage,
    None if no one says it; `speaker` is who says it. `speaker_agrees` is whether they are the speaker asked about, None if that
    is unknown or uncertain. `warnings` are those about the article.
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
    warnings: tuple[ArticleWarning, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The JSON form, like that of an `Article`."""
        plain: dict[str, Any] = _plain(asdict(self))
        return plain


@cache
def _hints(kind: Any) -> dict[str, Any]:
    """The types of a record's fields."""
    return get_type_hints(kind)


def from_plain(kind: Any, plain: Mapping[str, Any]) -> Any:
    """Rebuild a record of type `kind` from its `asdict` form; unknown fields are ignored."""
    hints = _hints(kind)
    return kind(**{name: _typed(hints[name], value) for name, value in plain.items() if name in hints})


def _typed(hint: Any, value: Any) -> Any:
    """A plain value as the type of a record's field: lists become tuples, dicts become records."""
    if value is None:
        return None
    if get_origin(hint) is UnionType:
        return _typed(get_args(hint)[0], value)
    if get_origin(hint) is tuple:
        return tuple(_typed(get_args(hint)[0], item) for item in value)
    return from_plain(hint, value) if isinstance(hint, type) and is_dataclass(hint) else value


def map_records(value: Any, change: Callable[[Any], Any]) -> Any:
    """Apply `change` to every record in a record or a tuple of records, inner ones first."""
    if isinstance(value, tuple):
        return tuple(map_records(item, change) for item in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    return change(replace(value, **{field.name: map_records(getattr(value, field.name), change) for field in fields(value)}))


def _plain(value: Any) -> Any:
    """Turn the tuples of `asdict` into lists, as JSON has them."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value
