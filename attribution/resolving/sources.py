"""Sources: whom the words of a source mean, by what the network says of them.

In: a `Page`, token numbers, and the stretches in which the network reads a speaker's name or the noun that means them
(`doc.spans["calls"]`). Out: the names noted on the page, and the head of a source: the name in it, or each of several; else its
noun, as far as that reaches. Where the network says nothing it is the owner, "his" of "his account", or what the build of the
phrase says (phrases).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from spacy.tokens import Span

from attribution.data import NAME
from attribution.resolving import phrases
from attribution.resolving.lexicon import DETERMINERS, LINKS, POSSESSIVES, PRONOUNS
from attribution.resolving.page import Page, Tokens
from attribution.resolving.phrases import Head

PRONOUN = "pronoun"
INITIAL = re.compile(r"[A-Z]\.")
Call = tuple[int, int, str]
"""The tokens of a call, and its label."""
Group = tuple[Head | None, tuple[Head, ...]]
"""What a phrase is about, and what the parts of a group are about."""


def find_calls(page: Page, sources: Iterable[Tokens], spans: Iterable[Span]) -> None:
    """Keep in mind the calls that stand in sources, and note their names."""
    found = {span.start: (span.end, span.label_) for span in spans}
    for source in dict.fromkeys(sources):
        page.calls |= {start: (end, label) for start, end, label in _mended(page, _within(found, *source))}
    for start, (end, label) in page.calls.items():
        if label == NAME and not _joins(page, start, end):
            type_ = page.names[page.inside[end - 1]][1] if end - 1 in page.inside else "unknown"
            page.clear(start, end)
            page.note(start, end, type_)


def _within(calls: Mapping[int, tuple[int, str]], start: int, end: int) -> list[Call]:
    """The calls that stand whole in a stretch: it is looked through, for there may be as many calls as words."""
    return [(first, *calls[first]) for first in range(start, end) if first in calls and calls[first][0] <= end]


def _mended(page: Page, calls: Iterable[Call]) -> list[Call]:
    """The calls of a source, up to a bracket and none of them within a word with hyphens. Two that nothing parts are one, of the
    first one's kind ("spokesperson for Orchard &" and "Vane"); so are two of one kind that a lone word parts.
    """
    mended = list[Call]()
    for start, end, label in calls:
        bracket = next((index for index in range(start + 1, end) if page.words[index] == "("), end)
        start, end = _whole(page, start, bracket)
        if mended and _is_one(page, mended[-1], start, label):
            start, _, label = mended.pop()
        mended.append((start, end, label))
    return mended


def _is_one(page: Page, before: Call, start: int, label: str) -> bool:
    """Whether a call only goes on with the one before it."""
    between = range(before[1], start)
    parts = any(page.breaks[index] or page.is_genitive(index) for index in between)
    return not between or (before[2] == label and len(between) == 1 and not parts)


def _whole(page: Page, start: int, end: int) -> Tokens:
    """The words of a stretch with what hyphens join to them: "Khatib" of "Al-Khatib"."""
    while start and "-" in (page.words[start - 1], page.words[start]) and page.is_glued(start - 1):
        start -= 1
    while start and _is_of(page, start - 1, start):
        start -= 1
    while end < len(page.words) and "-" in (page.words[end - 1], page.words[end]) and page.is_glued(end - 1):
        end += 1
    return start, end


def _is_of(page: Page, index: int, name: int) -> bool:
    """Whether a word before a name is of it: an initial, or another word of a label in capitals, "RUTH" of "RUTH ANNE LEE"."""
    word, after = page.words[index], page.words[name]
    label = word.isupper() and after.isupper() and len(word) > 1 and word.isalpha() and page.kind(index) is None
    return page.sentences[index] == page.sentences[name] and (INITIAL.fullmatch(word) is not None or label)


def source_head(page: Page, start: int, end: int) -> Group:
    """What a source is about, and what the parts of a group are about."""
    start, end = phrases.strip(page, start, end)
    called = [call for call in _within(page.calls, start, end) if page.lower[call[0]] not in LINKS]
    parts = sorted([*called, *((i, i + 1, PRONOUN) for i in range(start, end) if _may_be_called(page, i, start))])
    if called and len(parts) > 1 and "and" in page.lower[parts[-2][1] : parts[-1][0]]:
        return _group(page, start, parts)
    names = [(first, last) for first, last, call in called if call == NAME]
    if names:
        return _name(page, start, *names[-1])
    if called:
        return _nominal(page, start, *called[0][:2], end=end), ()
    owned = end - start > 1 and page.lower[start] in POSSESSIVES
    return Head("pronoun", start, start + 1, start) if owned else phrases.head(page, start, end), ()


def _may_be_called(page: Page, index: int, start: int) -> bool:
    """Whether the token is a pronoun for somebody in a group: "she and Ann Lee", "both he and the mayor"."""
    first = index == start or (index == start + 1 and page.lower[start] == "both")
    return first and page.lower[index] in PRONOUNS.keys() - POSSESSIVES and index not in page.calls


def _group(page: Page, start: int, parts: Sequence[Call]) -> Group:
    heads = tuple(_part(page, start, *part) for part in parts)
    return Head("group", heads[0].start, heads[-1].end, heads[-1].start - 1), heads


def _part(page: Page, start: int, first: int, last: int, label: str) -> Head:
    if label == PRONOUN:
        return Head("pronoun", first, last, first)
    return phrases.named(page, first) if label == NAME and first in page.names else _nominal(page, start, first, last, end=last)


def _joins(page: Page, start: int, end: int) -> bool:
    """Whether a name is those of several persons, and none of a body such as "Action on Smoking and Health"."""
    return "and" in page.lower[start:end] and any(page.names[i][1] == "person" for i in range(start, end) if i in page.names)


def _name(page: Page, start: int, first: int, last: int) -> Group:
    """The head that a name is, or those who are joined in it: "Ann Lee and Bob Orr"."""
    joined = [index for index in range(first, last) if index in page.names]
    if len(joined) > 1 and _joins(page, first, last):
        return _group(page, start, [(index, page.names[index][0], NAME) for index in joined])
    if first not in page.names:
        return _nominal(page, start, first, last, end=last), ()
    role = (start, min(first, phrases.cuts(page, start, last)[1])) if start < first else None
    return phrases.named(page, first)._replace(role=role), ()


def _nominal(page: Page, start: int, first: int, last: int, *, end: int) -> Head:
    """The head that a noun is, with its article and all that the network takes to it, and no shorter than the phrase up to
    `end` is built: "a former secretary" for "a former".
    """
    if start < first and page.lower[first - 1] in DETERMINERS | POSSESSIVES:
        first -= 1
    whole = phrases.head(page, first, end)
    if whole is not None and whole.kind == "nominal":
        last = max(last, whole.main + 1)
    built = phrases.head(page, first, last)
    main = built.main if built is not None and first <= built.main < last else last - 1
    return Head("nominal", first, last, main)
