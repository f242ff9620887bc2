"""Mentions: the words of an article that refer to somebody who may speak.

In: a Doc with `ents` (PERSON, ORG, LOC; some wrong, some missing), `spans["calls"]` and `doc._.quotes`. Out: `doc._.mentions`, a
tuple of `Mention` in text order: names, pronouns, and the nominals that speak or that repeat one. Each says what the text shows
of it (number, gender, role), and of which sources it is the head: "his spokesman Dmitry Peskov" has the head "Dmitry Peskov". It
leaves alone who is who (coreference) and who speaks (speakers).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from spacy.language import Language
from spacy.tokens import Doc

from attribution.data import CALLS, Offsets, Quote
from attribution.resolving import lexicon, phrases, roles
from attribution.resolving.capitals import find_ents, find_names
from attribution.resolving.page import Page, Tokens
from attribution.resolving.phrases import Head
from attribution.resolving.sources import find_calls, source_head
from attribution.step import Step

NOMINAL_TYPES = {"organization", "place", "document"}
GENDERS: dict[str | None, str] = {"he": "man", "she": "woman"}
TRACKED = {"man", "woman"}
LONGEST_ACRONYM = 8


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that refer to somebody: `start`, `end` and `text` as in `data.Span`.

    kind: name, acronym, nominal, group ("Smith and Jones"), pronoun or silent (nothing, where a quote names no source); head: its
    main word in lower case; number: singular, plural or None; gender: man, woman, thing, self ("we"), relative ("who") or None;
    type: as a `Speaker`'s, unknown where the text does not show it; role: the words at a name that say what he is; title: the
    noun of the title before a name ("Dr." is a doctor); word: the token of its main word; sentence and paragraph: the numbers of
    those it stands in; quoted: it stands inside quotation marks; subject: it opens its sentence or is a source; oblique: it
    stands behind a preposition; attributive: it stands before a noun, "Ann's plan", "the Obama campaign"; sources: the words of a
    source or a via that it is the head of; parts: where the mentions stand that a group is made of.
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
    title: str | None = None
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
    """Every mention of the article in text order; the `further` phrases, which training knows of, are mentions too."""
    text, page = doc.text, Page(doc, quotes)
    find_ents(page, doc.ents)
    said = (page.tokens((quote.source.start, quote.source.end)) for quote in quotes if quote.source)
    find_calls(page, said, doc.spans.get(CALLS, ()))
    named = [span for quote in quotes for span in (quote.source, *(via.source for via in quote.via)) if span is not None]
    heads, spoken, parts = _spoken(page, tuple(dict.fromkeys((span.start, span.end) for span in named)), further)
    names = [phrases.named(page, start) for start in page.names]
    heads = {(head.start, head.end): head for head in names} | heads
    told = {tokens: _role(page, head) for tokens, head in heads.items() if head.kind in ("name", "group")}
    heads = {(head.start, head.end): head for head in (*_pronouns(page), *_repeated(page, heads, told))} | heads
    mentions = list[Mention]()
    kept = sorted(tokens for tokens in heads if any(map(str.isalnum, "".join(page.words[slice(*tokens)]))))
    places = set(map(page.offsets, kept))
    for tokens in kept:
        sources = tuple(spoken[tokens])
        mention = _mention(page, text, heads[tokens], told.get(tokens), sources)
        mentions.append(replace(mention, parts=tuple(part for part in parts.get(tokens, ()) if part in places)))
    mentions += (_silent(page, quote) for quote in quotes if quote.source is None)
    return tuple(sorted(mentions, key=lambda mention: (mention.start, mention.end)))


def source_of(quote: Quote) -> Offsets:
    """Where the words stand that name who says a quote; of one that names nobody, where it stands itself."""
    return (quote.source.start, quote.source.end) if quote.source else (quote.content[0].start, quote.content[-1].end)


def _silent(page: Page, quote: Quote) -> Mention:
    """The mention that stands for whoever says a quote that names no source: at its start, about its cue if it has one."""
    start = quote.content[0].start
    first = page.tokens((start, start + 1))[0]
    word = page.tokens((quote.verb.start, quote.verb.end))[1] - 1 if quote.verb else first
    sentence, paragraph = page.sentences[first], page.paragraphs[first]
    return Mention(start, start, "", "silent", "", word=word, sentence=sentence, paragraph=paragraph, sources=(source_of(quote),))


def _spoken(
    page: Page, sources: Sequence[Offsets], further: Iterable[Offsets]
) -> tuple[dict[Tokens, Head], dict[Tokens, list[Offsets]], dict[Tokens, tuple[Offsets, ...]]]:
    """The heads of the sources and of the further phrases, and of the parts of groups among them; by a head's tokens the sources
    that it is the head of, and where its parts stand.
    """
    phrased = dict.fromkeys([*sources, *further])
    for phrase in phrased:
        find_names(page, *page.tokens(phrase))
    heads, spoken, parts = dict[Tokens, Head](), defaultdict[Tokens, list[Offsets]](list), dict[Tokens, tuple[Offsets, ...]]()
    known = frozenset(sources)
    for source in phrased:
        head, members = source_head(page, *page.tokens(source))
        if head is not None:
            heads |= {(each.start, each.end): each for each in (head, *members) if (each.start, each.end) not in heads}
            if source in known:
                spoken[head.start, head.end].append(source)
            if members:
                parts[head.start, head.end] = tuple(page.offsets((part.start, part.end)) for part in members)
    return heads, spoken, parts


def _pronouns(page: Page) -> Iterator[Head]:
    """The he and she of the article's own voice; other pronouns count only where they are sources."""
    for index, word in enumerate(page.lower):
        if not page.quoted[index] and word in lexicon.PRONOUNS and lexicon.PRONOUNS[word][1] in TRACKED:
            yield Head("pronoun", index, index + 1, index)


def _repeated(page: Page, heads: dict[Tokens, Head], told: dict[Tokens, Tokens | None]) -> Iterator[Head]:
    """The definite nominals whose noun is the head of a role or of a source, "the Russian president"; those with an owner that
    are a source elsewhere, "my mother"; and whom "both" may be, "two neighbours".
    """
    owned = {tuple(page.lower[head.start : head.end]) for head in heads.values() if page.lower[head.start] in lexicon.POSSESSIVES}
    mains = {page.lower[head.main] for head in heads.values() if head.kind == "nominal"}
    for role in filter(None, told.values()):
        mains.update(page.lower[index] for index in range(*role) if page.is_noun(index))
    taken = [(head.start, head.end) for head in heads.values() if head.kind != "name"] + [role for role in told.values() if role]
    covered = {index for tokens in taken for index in range(*tokens)} | page.inside.keys()
    for index, word in enumerate(page.lower):
        two = lexicon.noun(word) == ("person", "plural")
        if (word in mains or two) and index not in covered and not page.quoted[index]:
            start = roles.nominal_start(page, index)
            if page.lower[start] == ("the" if word in mains else "two") and index + 1 not in page.names:
                yield Head("nominal", start, index + 1, index)
            elif start and tuple(page.lower[start - 1 : index + 1]) in owned:
                yield Head("nominal", start - 1, index + 1, index)


def _role(page: Page, head: Head) -> Tokens | None:
    """The longest of the words before and behind a name that say what he is."""
    if head.kind == "group":
        return head.role or roles.title_before(page, head.start)
    type_ = page.names[head.start][1]
    if type_ == "place":
        return None
    given = head.role if head.role and any(page.is_noun(index) for index in range(*head.role)) else None
    while given and page.breaks[given[1] - 1]:
        given = given[0], given[1] - 1
    behind = roles.role_after(page, head.end, body=type_ == "organization" and _is_body(page, head))
    before = given or roles.role_before(page, head.start)
    return max((role for role in (before, behind) if role), key=lambda role: role[1] - role[0], default=None)


def _is_body(page: Page, head: Head) -> bool:
    """Whether a word of the name says that it is no person's, whatever its ent's type."""
    named = any(page.kind(i) in lexicon.BODIES or page.lower[i] in lexicon.OUTLETS for i in range(head.start, head.end))
    return named or is_acronym(page.words[head.start])


def _mention(page: Page, text: str, head: Head, role: Tokens | None, sources: tuple[Offsets, ...]) -> Mention:
    start, end = page.offsets((head.start, head.end))
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
        title=_title(page, head),
        word=head.main,
        sentence=page.sentences[head.start],
        paragraph=page.paragraphs[head.start],
        quoted=page.quoted[head.start],
        subject=bool(sources) or page.is_subject(first, head.end),
        oblique=page.is_oblique(first),
        attributive=page.is_attributive(head.end),
        sources=sources,
    )


def _features(page: Page, head: Head, role: Tokens | None) -> tuple[str, str, str | None, str | None]:
    """Kind, type, number and gender, as far as the words show them."""
    word = page.lower[head.main]
    if head.kind == "pronoun":
        number, gender = lexicon.PRONOUNS[word]
        return "pronoun", "person" if gender in TRACKED else "unknown", number, gender
    if head.kind == "group":
        return "group", "group", "plural", None
    if head.kind == "name":
        acronym = head.end - head.start == 1 and is_acronym(page.words[head.start])
        type_ = _name_type(page, head, role)
        number = "plural" if type_ == "unknown" and _is_people(page, head) else "singular"
        return "acronym" if acronym else "name", type_, number, _title_gender(page, head, role)
    noun, number = lexicon.noun(word)
    gender = GENDERS.get(noun)
    if noun in lexicon.PERSONS and number == "plural":
        return "nominal", "group", number, gender
    return "nominal", "person" if noun in lexicon.PERSONS else noun if noun in NOMINAL_TYPES else "unknown", number, gender


def _is_people(page: Page, head: Head) -> bool:
    """Whether a name is of many of whom the text writes one too: "Americans" beside "American"."""
    return head.end - head.start < 3 and page.words[head.main][-1] == "s" and page.words[head.main][:-1] in page.plain


def _name_type(page: Page, head: Head, role: Tokens | None) -> str:
    """The type of a name: its ent's, unless a title or its last word speaks against it."""
    type_, last = page.names[head.start][1], page.kind(head.main)
    if head.start and page.kind(head.start - 1) in lexicon.HONORIFICS:
        return "person"
    before = page.kind(_main(page, role)) if role and role[1] == head.start else None
    if before in lexicon.PERSONS | lexicon.BODIES:
        return "person" if before in lexicon.PERSONS else "organization"
    if last in lexicon.BODIES and head.end - head.start > 1 and type_ != "place":
        return "organization"
    if role and not _is_body(page, head) and any(page.kind(index) in lexicon.PERSONS for index in range(*role)):
        return "person"
    return type_


def _main(page: Page, role: Tokens) -> int:
    """The noun of the role before a name: "Speaker" of "Speaker of the House"."""
    start, end = role
    of = next((index for index in range(start + 1, end) if page.lower[index] == "of"), end)
    return of - 1 if page.is_noun(of - 1) else end - 1


def _title(page: Page, head: Head) -> str | None:
    """The noun of the title right before a name: "doctor" of "Dr. Ann Lee"."""
    before = head.start - 1
    titled = head.kind == "name" and before >= 0 and page.kind(before) in lexicon.HONORIFICS
    return lexicon.SHORT.get(page.lower[before].rstrip(".")) if titled else None


def _title_gender(page: Page, head: Head, role: Tokens | None) -> str | None:
    """The gender that a title ("Mrs") or the first noun of the role ("spokeswoman") shows; never guessed from a first name."""
    if head.start and (kind := page.kind(head.start - 1)) in TRACKED:
        return kind
    own = (page.kind(index) for index in range(*(role or (0, 0))) if not page.is_genitive(index + 1))
    first = next((kind for kind in own if kind in lexicon.PERSONS), None)
    return GENDERS.get(first)


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
    return Step(_of_quotes, "mentions")


def _of_quotes(doc: Doc) -> tuple[Mention, ...]:
    return find_mentions(doc, doc._.quotes)
