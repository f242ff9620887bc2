"""Sources: find the head of a source from the network's labels.

In: a `Page`, token numbers, and the calls (`doc.spans["calls"]`): the words that the network labels as a speaker's name or as the
noun for them. Out: the calls and their names recorded on the page, and the head of a source: the name in it, a group of several
names, or the noun with its attributes. Without a call, the head is the owner ("his" in "his account") or what the structure of
the phrase gives (phrases).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from spacy.tokens import Span

from attribution.data import NAME
from attribution.resolving import phrases
from attribution.resolving.lexicon import DETERMINERS, POSSESSIVES, PREPOSITIONS, PRONOUNS
from attribution.resolving.page import Page, Tokens
from attribution.resolving.phrases import Head

PRONOUN = "pronoun"
INITIAL = re.compile(r"[A-Z]\.")
Call = tuple[int, int, str]
"""The tokens of a call, and its label."""
HeadAndParts = tuple[Head | None, tuple[Head, ...]]
"""The head of a phrase, and the heads of its parts if it is a group."""


def record_calls(page: Page, sources: Iterable[Tokens], spans: Iterable[Span]) -> None:
    """Record on the page the calls within sources, and their names."""
    found = {span.start: (span.end, span.label_) for span in spans}
    for source in dict.fromkeys(sources):
        page.calls |= {start: (end, label) for start, end, label in _merged_calls(page, _within(found, *source))}
    for start, (end, label) in page.calls.items():
        if label == NAME and not _joins_persons(page, start, end):
            type_ = page.names[page.name_at[end - 1]][1] if end - 1 in page.name_at else "unknown"
            page.remove_names(start, end)
            page.add_name(start, end, type_)


def _within(calls: Mapping[int, tuple[int, str]], start: int, end: int) -> list[Call]:
    """The calls within a stretch. It looks up each token of the stretch, since the article may have as many calls as words."""
    return [(first, *calls[first]) for first in range(start, end) if first in calls and calls[first][0] <= end]


def _merged_calls(page: Page, calls: Iterable[Call]) -> list[Call]:
    """The calls of a source, cut at brackets and extended over hyphens. Two adjacent calls become one, with the first one's label
    ("spokesperson for Orchard &" and "Vane"). Two calls with the same label and a single word between them become one too.
    """
    merged = list[Call]()
    for start, end, label in calls:
        bracket = next((index for index in range(start + 1, end) if page.words[index] == "("), end)
        start, end = _extended(page, start, bracket)
        if merged and _continues(page, merged[-1], start, label):
            start, _, label = merged.pop()
        merged.append((start, end, label))
    return merged


def _continues(page: Page, before: Call, start: int, label: str) -> bool:
    """Whether a call continues the one before it."""
    between = range(before[1], start)
    parted = any(page.breaks[index] or page.is_genitive(index) for index in between)
    return not between or (before[2] == label and len(between) == 1 and not parted)


def _extended(page: Page, start: int, end: int) -> Tokens:
    """The stretch extended over hyphens ("Khatib" to "Al-Khatib") and over the words before it that belong to the name."""
    while start and "-" in (page.words[start - 1], page.words[start]) and page.is_glued(start - 1):
        start -= 1
    while start and _extends_name(page, start - 1, start):
        start -= 1
    while end < len(page.words) and "-" in (page.words[end - 1], page.words[end]) and page.is_glued(end - 1):
        end += 1
    return start, end


def _extends_name(page: Page, index: int, name: int) -> bool:
    """Whether the word before a name extends it: an initial, or a word in capitals before a name in capitals ("RUTH ANNE")."""
    word, after = page.words[index], page.words[name]
    capitals = word.isupper() and after.isupper() and len(word) > 1 and word.isalpha() and page.noun_kind(index) is None
    return page.sentences[index] == page.sentences[name] and (INITIAL.fullmatch(word) is not None or capitals)


def source_head(page: Page, start: int, end: int) -> HeadAndParts:
    """The head of a source, and the heads of its parts if it is a group."""
    start, end = phrases.strip(page, start, end)
    called = [call for call in _within(page.calls, start, end) if page.lower[call[0]] not in PREPOSITIONS]
    parts = sorted([*called, *((i, i + 1, PRONOUN) for i in range(start, end) if _is_member_pronoun(page, i, start))])
    if called and len(parts) > 1 and "and" in page.lower[parts[-2][1] : parts[-1][0]]:
        return _group_head(page, start, parts)
    names = [(first, last) for first, last, call in called if call == NAME]
    if names:
        return _name_head(page, start, *names[-1])
    if called:
        return nominal_head(page, start, *called[0][:2], end=end), ()
    owned = end - start > 1 and page.lower[start] in POSSESSIVES
    return Head("pronoun", start, start + 1, start) if owned else phrases.head(page, start, end), ()


def _is_member_pronoun(page: Page, index: int, start: int) -> bool:
    """Whether the token may be a pronoun that is a member of a group: "she and Ann Lee", "both he and the mayor"."""
    first = index == start or (index == start + 1 and page.lower[start] == "both")
    return first and page.lower[index] in PRONOUNS.keys() - POSSESSIVES and index not in page.calls


def _group_head(page: Page, start: int, parts: Sequence[Call]) -> HeadAndParts:
    heads = tuple(_part_head(page, start, *part) for part in parts)
    return Head("group", heads[0].start, heads[-1].end, heads[-1].start - 1), heads


def _part_head(page: Page, start: int, first: int, last: int, label: str) -> Head:
    if label == PRONOUN:
        return Head("pronoun", first, last, first)
    if label == NAME and first in page.names:
        return phrases.name_head(page, first)
    return nominal_head(page, start, first, last, end=last)


def _joins_persons(page: Page, start: int, end: int) -> bool:
    """Whether a name joins several persons, unlike a body such as "Action on Smoking and Health"."""
    return "and" in page.lower[start:end] and any(page.names[i][1] == "person" for i in range(start, end) if i in page.names)


def _name_head(page: Page, start: int, first: int, last: int) -> HeadAndParts:
    """The head for a call with a name, or a group if the call joins several names: "Ann Lee and Bob Orr"."""
    joined = [index for index in range(first, last) if index in page.names]
    if len(joined) > 1 and _joins_persons(page, first, last):
        return _group_head(page, start, [(index, page.names[index][0], NAME) for index in joined])
    if first not in page.names:
        return nominal_head(page, start, first, last, end=last), ()
    role = (start, min(first, phrases.split_points(page, start, last)[1])) if start < first else None
    return phrases.name_head(page, first)._replace(role=role), ()


def nominal_head(page: Page, start: int, first: int, last: int, *, end: int) -> Head:
    """The head for the noun that the network labels from `first` to `last`. It includes an article before the noun, but not one
    before `start`. If the network cuts the noun phrase up to `end` short ("a former"), it includes the main noun ("secretary").
    """
    if start < first and page.lower[first - 1] in DETERMINERS | POSSESSIVES:
        first -= 1
    whole = phrases.head(page, first, end)
    if whole is not None and whole.kind == "nominal":
        last = max(last, whole.main + 1)
    built = phrases.head(page, first, last)
    main = built.main if built is not None and first <= built.main < last else last - 1
    return Head("nominal", first, last, main)
