"""Mentions: find the words of an article that refer to possible speakers.

In: a Doc with `ents` (PERSON, ORG, LOC; some wrong, some missing), `spans["calls"]` and `doc._.quotes`. Out: `doc._.mentions`, a
tuple of `Mention` in text order: names, pronouns, and the nominals for persons and bodies. Each holds what the text shows
(number, gender, role) and the sources that it is the head of: "his spokesman Dmitry Peskov" has the head "Dmitry Peskov". It
leaves alone coreference (coreference) and who speaks (speakers).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from spacy.language import Language
from spacy.tokens import Doc, Span

from attribution.data import CALLS, NOUN, Offsets, Quote
from attribution.resolving import lexicon, phrases, roles
from attribution.resolving.capitals import record_ents, record_names
from attribution.resolving.page import Page, Tokens
from attribution.resolving.phrases import Head
from attribution.resolving.sources import nominal_head, record_calls, source_head
from attribution.step import Step

NOMINAL_TYPES = {"organization", "place", "document"}
GENDER_OF_NOUN: dict[str | None, str] = {"he": "man", "she": "woman"}
"""The gender that the kind of a noun shows."""
LONGEST_ACRONYM = 8


@dataclass(frozen=True, slots=True, eq=False)
class Mention:
    """Words that refer to a person, a body or the like: `start`, `end`, `text` as in `data.Span`. A mention equals only itself.

    kind: name, acronym, nominal, group ("Smith and Jones"), pronoun or silent (no words: for a quote without a source); head: its
    main word in lower case; number: singular, plural or None; gender: man, woman, thing, self ("we"), other ("you"), relative
    ("who") or None; type: as in `Speaker`, unknown where the text does not show it; role: the words next to a name that give a
    role; word: the token of its main word; sentence, paragraph: the numbers of those it is in; quoted: it is inside quotation
    marks; subject: it opens its sentence or is a source; oblique: it follows a preposition; attributive: it modifies a noun
    ("Ann's plan", "the Obama campaign"); sources: the offsets of each source or via that it is the head of; parts: the offsets
    of a group's parts.
    """

    start: int
    end: int
    text: str
    kind: str
    head: str
    number: str | None = None
    gender: str | None = None
    type: str = "unknown"
    role: str | None = None
    word: int = 0
    sentence: int = 0
    paragraph: int = 0
    quoted: bool = False
    subject: bool = False
    oblique: bool = False
    attributive: bool = False
    sources: tuple[Offsets, ...] = ()
    parts: tuple[Offsets, ...] = ()


def find_mentions(doc: Doc, quotes: tuple[Quote, ...], *, further: Iterable[Offsets] = ()) -> tuple[Mention, ...]:
    """All mentions of the article in text order. further: more phrases to treat as mentions, which training knows."""
    text, page, calls = doc.text, Page(doc, quotes), doc.spans.get(CALLS, ())
    record_ents(page, doc.ents)
    record_calls(page, (page.tokens((quote.source.start, quote.source.end)) for quote in quotes if quote.source), calls)
    named = [span for quote in quotes for span in (quote.source, *(via.source for via in quote.via)) if span is not None]
    heads, sources_of, parts_of = _source_heads(page, dict.fromkeys((span.start, span.end) for span in named), further)
    # Of two heads with the same tokens, the one found first stays.
    heads = {head.tokens: head for head in (phrases.name_head(page, start) for start in page.names)} | heads
    role_of = {tokens: _longest_role(page, head) for tokens, head in heads.items() if head.kind in ("name", "group")}
    heads = {head.tokens: head for head in (*_pronouns(page), *_repeated_nominals(page, heads, role_of))} | heads
    heads = {head.tokens: head for head in _called_nominals(page, calls, heads, role_of)} | heads
    kept = sorted(tokens for tokens in heads if any(map(str.isalnum, "".join(page.words[slice(*tokens)]))))
    offsets = set(map(page.offsets, kept))
    mentions = [_silent_mention(page, quote) for quote in quotes if quote.source is None]
    for tokens in kept:
        parts = tuple(part for part in parts_of.get(tokens, ()) if part in offsets)
        mentions.append(_build_mention(page, text, heads[tokens], role_of.get(tokens), tuple(sources_of[tokens]), parts))
    return tuple(sorted(mentions, key=lambda mention: (mention.start, mention.end)))


def source_offsets(quote: Quote) -> Offsets:
    """The offsets of a quote's source, or of the quote itself if it has none."""
    return (quote.source.start, quote.source.end) if quote.source else (quote.content[0].start, quote.content[-1].end)


def _silent_mention(page: Page, quote: Quote) -> Mention:
    """The mention for the speaker of a quote without a source: at the start of the quote, with its cue, if any, as main word."""
    start = quote.content[0].start
    first = page.tokens((start, start + 1))[0]
    word = page.tokens((quote.verb.start, quote.verb.end))[1] - 1 if quote.verb else first
    sentence, paragraph = page.sentences[first], page.paragraph(first)
    return Mention(
        start, start, "", "silent", "", word=word, sentence=sentence, paragraph=paragraph, sources=(source_offsets(quote),)
    )


def _source_heads(
    page: Page, sources: Collection[Offsets], further: Iterable[Offsets]
) -> tuple[dict[Tokens, Head], dict[Tokens, list[Offsets]], dict[Tokens, tuple[Offsets, ...]]]:
    """The heads of the sources, of the further phrases and of the parts of groups, by their tokens; the sources that each is the
    head of; and the offsets of the parts of each group.
    """
    found = dict.fromkeys([*sources, *further])
    for phrase in found:
        record_names(page, *page.tokens(phrase))
    heads, parts_of = dict[Tokens, Head](), dict[Tokens, tuple[Offsets, ...]]()
    sources_of = defaultdict[Tokens, list[Offsets]](list)
    for phrase in found:
        head, parts = source_head(page, *page.tokens(phrase))
        if head is not None:
            heads |= {each.tokens: each for each in (head, *parts) if each.tokens not in heads}
            if phrase in sources:
                sources_of[head.tokens].append(phrase)
            if parts:
                parts_of[head.tokens] = tuple(page.offsets(part.tokens) for part in parts)
    return heads, sources_of, parts_of


def _pronouns(page: Page) -> Iterator[Head]:
    """Each "he" and "she" in the article's own voice. Other pronouns count only as sources."""
    for index, word in enumerate(page.lower):
        if not page.quoted[index] and word in lexicon.PRONOUNS and lexicon.PRONOUNS[word][1] in lexicon.GENDERS:
            yield Head("pronoun", index, index + 1, index)


def _repeated_nominals(page: Page, heads: dict[Tokens, Head], role_of: dict[Tokens, Tokens | None]) -> Iterator[Head]:
    """The definite nominals whose noun is the main noun of a role or a source ("the Russian president"), the nominals with an
    owner that are a source elsewhere ("my mother"), and the pairs that "both" may refer to ("two neighbours").
    """
    owned = {tuple(page.lower[head.start : head.end]) for head in heads.values() if page.lower[head.start] in lexicon.POSSESSIVES}
    mains = {page.lower[head.main] for head in heads.values() if head.kind == "nominal"}
    for role in filter(None, role_of.values()):
        mains.update(page.lower[index] for index in range(*role) if page.is_noun(index))
    covered = _covered_tokens(page, heads, role_of)
    for index, word in enumerate(page.lower):
        two = lexicon.classify_noun(word) == ("person", "plural")
        if (word in mains or two) and index not in covered and not page.quoted[index]:
            start = roles.nominal_start(page, index)
            if page.lower[start] == ("the" if word in mains else "two") and index + 1 not in page.names:
                yield Head("nominal", start, index + 1, index)
            elif start and tuple(page.lower[start - 1 : index + 1]) in owned:
                yield Head("nominal", start - 1, index + 1, index)


def _called_nominals(
    page: Page, calls: Iterable[Span], heads: Mapping[Tokens, Head], role_of: Mapping[Tokens, Tokens | None]
) -> Iterator[Head]:
    """The nominals that the network labels, except those that overlap another mention or its role."""
    covered = _covered_tokens(page, heads, role_of)
    for call in calls:
        if call.label_ == NOUN and covered.isdisjoint(range(call.start, call.end)):
            article = call.start > 0 and page.lower[call.start - 1] != "that"  # as in "they say that officials came"
            yield nominal_head(page, call.start - article, call.start, call.end, end=call.end)


def _covered_tokens(page: Page, heads: Mapping[Tokens, Head], role_of: Mapping[Tokens, Tokens | None]) -> set[int]:
    """The tokens of names, of other heads and of roles."""
    return {index for tokens in (*heads, *filter(None, role_of.values())) for index in range(*tokens)} | page.name_at.keys()


def _longest_role(page: Page, head: Head) -> Tokens | None:
    """The longer of the roles before and after a name, or the title of a group."""
    if head.kind == "group":
        return head.role or roles.title_before(page, head.start)
    type_ = page.names[head.start][1]
    if type_ == "place":
        return None
    given = head.role if head.role and any(page.is_noun(index) for index in range(*head.role)) else None
    while given and page.breaks[given[1] - 1]:
        given = given[0], given[1] - 1
    before = given or roles.role_before(page, head.start)
    after = roles.role_after(page, head.end, body=type_ == "organization" and _is_body(page, head))
    return max((role for role in (before, after) if role), key=lambda role: role[1] - role[0], default=None)


def _is_body(page: Page, head: Head) -> bool:
    """Whether the words of a name show that it is not a person's, whatever the ent's type."""
    return any(map(lexicon.is_body_word, page.lower[slice(*head.tokens)])) or is_acronym(page.words[head.start])


def _build_mention(
    page: Page, text: str, head: Head, role: Tokens | None, sources: tuple[Offsets, ...], parts: tuple[Offsets, ...]
) -> Mention:
    start, end = page.offsets(head.tokens)
    kind, type_, number, gender = _features(page, head, role)
    first = min(head.start, role[0]) if role else head.start
    return Mention(
        start,
        end,
        text[start:end],
        kind,
        page.lower[head.main],
        number=number,
        gender=gender,
        type=type_,
        role=text[slice(*page.offsets(role))] if role else None,
        word=head.main,
        sentence=page.sentences[head.start],
        paragraph=page.paragraph(head.start),
        quoted=page.quoted[head.start],
        subject=bool(sources) or page.is_subject(first, head.end),
        oblique=page.is_oblique(first),
        attributive=page.is_attributive(head.end),
        sources=sources,
        parts=parts,
    )


def _features(page: Page, head: Head, role: Tokens | None) -> tuple[str, str, str | None, str | None]:
    """Kind, type, number and gender, as far as the words show them."""
    word = page.lower[head.main]
    if head.kind == "pronoun":
        number, gender = lexicon.PRONOUNS[word]
        return "pronoun", "person" if gender in lexicon.GENDERS else "unknown", number, gender
    if head.kind == "group":
        return "group", "group", "plural", None
    if head.kind == "name":
        acronym = head.end - head.start == 1 and is_acronym(page.words[head.start])
        type_ = _name_type(page, head, role)
        number = "plural" if type_ == "unknown" and _is_people(page, head) else "singular"
        return "acronym" if acronym else "name", type_, number, _title_gender(page, head, role)
    noun, number = lexicon.classify_noun(word)
    gender = GENDER_OF_NOUN.get(noun)
    if noun in lexicon.PERSONS and number == "plural":
        return "nominal", "group", number, gender
    return "nominal", "person" if noun in lexicon.PERSONS else noun if noun in NOMINAL_TYPES else "unknown", number, gender


def _is_people(page: Page, head: Head) -> bool:
    """Whether a name is the plural of another word of the article: "Americans", where "American" occurs too."""
    return head.end - head.start < 3 and page.words[head.main][-1] == "s" and page.words[head.main][:-1] in page.vocabulary


def _name_type(page: Page, head: Head, role: Tokens | None) -> str:
    """The type of a name: the ent's, unless a title, a role or the name's last word contradicts it."""
    type_, last = page.names[head.start][1], page.noun_kind(head.main)
    if head.start and page.noun_kind(head.start - 1) in lexicon.HONORIFICS:
        return "person"
    before = page.noun_kind(_role_noun(page, role)) if role and role[1] == head.start else None
    if before in lexicon.PERSONS | lexicon.BODIES:
        return "person" if before in lexicon.PERSONS else "organization"
    if last in lexicon.BODIES and head.end - head.start > 1 and type_ != "place":
        return "organization"
    if role and not _is_body(page, head) and any(page.noun_kind(index) in lexicon.PERSONS for index in range(*role)):
        return "person"
    return type_


def _role_noun(page: Page, role: Tokens) -> int:
    """The main noun of the role before a name: "Speaker" in "Speaker of the House"."""
    start, end = role
    of = next((index for index in range(start + 1, end) if page.lower[index] == "of"), end)
    return of - 1 if page.is_noun(of - 1) else end - 1


def _title_gender(page: Page, head: Head, role: Tokens | None) -> str | None:
    """The gender that a title ("Mrs") or the first noun of a role ("spokeswoman") shows. A first name shows none."""
    titles = (page.noun_kind(index) for index in (head.start - 1, head.start) if 0 <= index < head.main)
    if kind := next((kind for kind in titles if kind in lexicon.GENDERS), None):
        return kind
    own = (page.noun_kind(index) for index in range(*(role or (0, 0))) if not page.is_genitive(index + 1))
    first = next((kind for kind in own if kind in lexicon.PERSONS), None)
    return GENDER_OF_NOUN.get(first)


@lru_cache(maxsize=20_000)
def is_acronym(word: str) -> bool:
    """Whether the word looks like an acronym: `is_acronym("MoD")`."""
    if sum(letter.isupper() for letter in word) < 2 or len(word) > LONGEST_ACRONYM:
        return False
    from textacy.extract.acros import is_acronym as looks_like_one  # the import takes 3 s and 93 MB: only who needs it pays

    return bool(looks_like_one(word))


@Language.factory("attribution_mentions", requires=["doc.ents", "doc.spans", "doc._.quotes"], assigns=["doc._.mentions"])
def make_mentions(nlp: Language, name: str) -> Step:
    """Build the component; it has no state."""
    return Step(_find, "mentions")


def _find(doc: Doc) -> tuple[Mention, ...]:
    return find_mentions(doc, doc._.quotes)
