"""Derives mentions of speakers from the quotes of an article of the news corpus. In: the text and its quotes, each with every
right answer to who says it. Out: the words of each source that call its speaker, and mentions of the speakers: the occurrences of
their names, and the pronouns, nouns and missing sources that refer to them.

If a speaker is named, the answers that begin with a capital are names; the others are nouns ("the ministry", "an aide").
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from attribution.data import NAME, NOUN
from training.corpora.records import Mention, Offsets

Quote = Mapping[str, Any]

ARTICLE = re.compile(r"(?:the|a|an)\s+", re.IGNORECASE)
OWNER = re.compile(r"(?:my|his|her|its|our|their)\s", re.IGNORECASE)
WORD = re.compile(r"\w[\w.’'-]*")
GENITIVE = re.compile(r"[’']s$")
MOST_TO_RESOLVE = 4
"""The first words of a source that the network learns to resolve."""


def calls(text: str, quotes: Iterable[Quote]) -> Iterator[tuple[int, int, str]]:
    """The words of each source that are its speaker's name, or the noun that refers to them."""
    for quote in quotes:
        for start, end in quote["source"]:
            yield from ((start + first, start + last, call) for first, last, call in _called(text[start:end], quote))


def further_calls(text: str, quotes: Sequence[Quote]) -> Iterator[tuple[int, int, str]]:
    """The names and nouns of speakers outside of sources."""
    sources = [span for quote in quotes for span in quote["source"]]
    for start, end in (one.span for one in mentions(text, quotes) if not one.to_resolve):
        if all(end <= first or last <= start for first, last in sources):
            yield start, end, NAME if text[start].isupper() else NOUN


def _called(source: str, quote: Quote) -> list[tuple[int, int, str]]:
    """The words of a source that call its speaker: the longest of the names, else the longest other answer, else words of a name.
    Names come first, so that the author of a document is preferred to the document.
    """
    for answer in sorted(quote["speakers"], key=lambda answer: (answer in _names(quote), len(answer)), reverse=True):
        parts = [answer] if answer in source else answer.split(" and ")
        places = [place for part in parts for place in _occurrences(part, source)[:1]]
        if len(places) == len(parts):
            return [(*place, NAME if answer in _names(quote) else NOUN) for place in places]
    names = {word for answer in _names(quote) for word in WORD.findall(answer) if word[0].isupper()}
    return [(*run, NAME) for run in _runs(source, names)[:1]]


def _bare(answer: str) -> str:
    """An answer without its article."""
    return ARTICLE.sub("", answer, count=1) if ARTICLE.match(answer) else answer


def _names(quote: Quote) -> list[str]:
    """The answers that are names."""
    return [answer for answer in quote["speakers"] if quote["named"] and _is_name(answer, quote["speakers"])]


def _is_name(answer: str, answers: Sequence[str]) -> bool:
    """Whether an answer is a name, by its first word that is not a number: "6th Infantry Division", "@annlee"; but not "Police"
    if "police" is an answer too.
    """
    first = next((word for word in _bare(answer).split() if not word[0].isdigit()), "")
    written = (first[:1].isupper() or first.startswith("@")) and not OWNER.match(answer)
    return written and (answer.islower() or answer.lower() not in answers)


def _occurrences(answer: str, text: str) -> list[Offsets]:
    """The occurrences of an answer without its article. An answer in lower case matches any case."""
    flags = re.IGNORECASE if _bare(answer).islower() else re.NOFLAG
    return [match.span() for match in re.finditer(rf"(?<!\w){re.escape(_bare(answer))}(?!\w)", text, flags)]


def _runs(source: str, names: set[str]) -> list[Offsets]:
    """The runs of adjacent words of a name, the longest first."""
    runs = list[Offsets]()
    for match in WORD.finditer(source):
        word = GENITIVE.sub("", match[0])
        if word in names:
            joined = bool(runs) and source[runs[-1][1] : match.start()] in (" ", ". ", "-")
            first = runs.pop()[0] if joined else match.start()
            runs.append((first, match.start() + len(word)))
    return sorted(runs, key=lambda run: run[0] - run[1])


def mentions(text: str, quotes: Sequence[Quote]) -> Iterator[Mention]:
    """The occurrences of the speakers' names, and the sources, or places without a source, that refer to one without a name."""
    known = _numbers(quotes)
    taken = dict[Offsets, int]()
    for (start, end), who in sorted(_places(text, quotes, known), key=lambda place: place[0][0] - place[0][1]):
        if all(end <= first or last <= start for first, last in taken):
            taken[start, end] = who
    yield from (Mention(span, who) for span, who in taken.items())
    for quote in quotes:
        who = next((known[answer] for answer in _keys(quote)), None)
        for start, end in quote["source"]:
            if not any(start <= first and last <= end for first, last in taken):
                yield Mention(_words(text, start, end, MOST_TO_RESOLVE), who, to_resolve=True)
        if not quote["source"]:
            yield Mention(_words(text, *(quote["cue"] or quote["content"])[0], 1), who, to_resolve=True, hidden=True)


def _keys(quote: Quote) -> list[str]:
    """The answers that identify a speaker: the names, or the nouns if there is no name."""
    return _names(quote) or list(quote["speakers"])


def _numbers(quotes: Iterable[Quote]) -> dict[str, int]:
    """The number of the speaker whom each answer refers to. The answers of one quote refer to the same speaker."""
    numbers = dict[str, int]()
    for quote in quotes:
        known = {numbers[answer] for answer in _keys(quote) if answer in numbers}
        number = min(known, default=len(numbers))
        numbers |= dict.fromkeys(_keys(quote), number) | {answer: number for answer, one in numbers.items() if one in known}
    return numbers


def _places(text: str, quotes: Iterable[Quote], known: Mapping[str, int]) -> Iterator[tuple[Offsets, int]]:
    """The occurrences of each answer, and of the words that call a speaker in a source, if they call no other speaker."""
    forms = defaultdict[str, set[int]](set)
    for answer, number in known.items():
        forms[answer].add(number)
    for quote in quotes:
        for start, end in quote["source"]:
            called = [(first, last) for first, last, call in _called(text[start:end], quote) if call == NAME]
            if len(called) == 1 and _keys(quote):
                forms[text[start + called[0][0] : start + called[0][1]]].add(known[_keys(quote)[0]])
    for form, numbers in forms.items():
        if len(numbers) == 1:
            yield from ((place, min(numbers)) for place in _occurrences(form, text))


def _words(text: str, start: int, end: int, most: int) -> Offsets:
    """The first words of a stretch."""
    words = [match.span() for match in WORD.finditer(text, start, end)][:most]
    return (words[0][0], words[-1][1]) if words else (start, end)
