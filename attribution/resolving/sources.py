"""Sources: whom the words of a source mean, by what the network says of them.

In: a `Page`, token numbers, and the stretches in which the network reads a speaker's name or the noun that means them
(`doc.spans["calls"]`). Out: the names noted on the page, and the head of a source: the name in it, or each of several; else its
noun, as far as that reaches. Where the network says nothing the build of the phrase decides (groups).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from spacy.tokens import Span

from attribution.data import NAME, NOUN
from attribution.resolving import groups, phrases
from attribution.resolving.lexicon import DETERMINERS, POSSESSIVES
from attribution.resolving.page import Page, Tokens
from attribution.resolving.phrases import Head

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


def _within(calls: Mapping[int, tuple[int, str]], start: int, end: int) -> list[tuple[int, int, str]]:
    """The calls that stand whole in a stretch: it is looked through, for there may be as many calls as words."""
    return [(first, *calls[first]) for first in range(start, end) if first in calls and calls[first][0] <= end]


def _mended(page: Page, calls: Iterable[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """The calls of a source, none of them within a word with hyphens, and two of one kind that a lone word parts made one."""
    mended = list[tuple[int, int, str]]()
    for start, end, label in calls:
        start, end = _whole(page, start, end)
        between = range(mended[-1][1], start) if mended and mended[-1][2] == label else range(2)
        parted = len(between) < 2 and not any(page.breaks[index] or page.is_genitive(index) for index in between)
        mended.append((mended.pop()[0] if parted else start, end, label))
    return mended


def _whole(page: Page, start: int, end: int) -> Tokens:
    """The words of a stretch with what hyphens join to them: "Khatib" of "Al-Khatib"."""
    while start and "-" in (page.words[start - 1], page.words[start]) and page.is_glued(start - 1):
        start -= 1
    while end < len(page.words) and "-" in (page.words[end - 1], page.words[end]) and page.is_glued(end - 1):
        end += 1
    return start, end


def source_head(page: Page, start: int, end: int) -> Group:
    """What a source is about, and what the parts of a group are about."""
    built = groups.head(page, start, end)
    called = _within(page.calls, start, end)
    names = [(first, last) for first, last, call in called if call == NAME]
    nouns = [(first, last) for first, last, call in called if call == NOUN]
    if len(names) > 1 and "and" in page.lower[names[-2][1] : names[-1][0]]:
        return _group(page, names)
    if names:
        return _named(page, start, *names[-1], built)
    decided = built[1] or (built[0] is not None and built[0].document is not None)
    return (_nominal(page, start, *nouns[0], built[0]), ()) if nouns and not decided else built


def _joins(page: Page, start: int, end: int) -> bool:
    """Whether a name is those of several persons, and none of a body such as "Action on Smoking and Health"."""
    return "and" in page.lower[start:end] and any(page.names[i][1] == "person" for i in range(start, end) if i in page.names)


def _group(page: Page, names: Sequence[Tokens]) -> Group:
    return Head("group", names[0][0], names[-1][1], names[-1][0] - 1), tuple(phrases.named(page, first) for first, _ in names)


def _named(page: Page, start: int, first: int, last: int, built: Group) -> Group:
    """The head that a name is, with what the build of the phrase says of it, or those who are joined in it."""
    if _joins(page, first, last):
        return groups.head(page, first, last)
    if built[0] is not None and (built[0].kind, built[0].start, built[0].end) == ("name", first, last):
        return built
    return phrases.named(page, first)._replace(role=(start, first) if start < first else None), ()


def _nominal(page: Page, start: int, first: int, last: int, built: Head | None) -> Head:
    """The head that a noun is, with its article and all that the network takes to it."""
    if start < first and page.lower[first - 1] in DETERMINERS | POSSESSIVES:
        first -= 1
    if built is None or built.kind != "nominal" or not first <= built.main < last:
        built = phrases.head(page, first, last)
    fits = built is not None and built.kind == "nominal" and first <= built.main < last
    return Head("nominal", first, last, built.main if built and fits else last - 1, document=built.document if built else None)
