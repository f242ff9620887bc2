"""Lexicon: the words that tell what a noun phrase is about without parts of speech; the nouns come from `roles.txt`.

In: single words. Out: their kind (person, organization, document …) and number, and closed lists: pronouns, articles, words at
which a phrase stops. It knows nothing of texts or names.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

PRONOUNS: dict[str, tuple[str | None, str | None]] = {
    **dict.fromkeys(("he", "him", "his", "himself"), ("singular", "man")),
    **dict.fromkeys(("she", "her", "hers", "herself"), ("singular", "woman")),
    **dict.fromkeys(("it", "its", "itself"), ("singular", "thing")),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves"), ("plural", None)),
    **dict.fromkeys(("i", "me", "my", "mine", "myself"), ("singular", "self")),
    **dict.fromkeys(("we", "us", "our", "ours", "ourselves"), ("plural", "self")),
    **dict.fromkeys(("you", "your", "yours"), (None, "other")),
    **dict.fromkeys(("who", "whom", "whose", "which", "that"), (None, "relative")),
}
"""The number and the gender that each pronoun shows; self, other and relative count as genders here."""
REFLEXIVES = frozenset({"himself", "herself", "itself", "themselves"})
POSSESSIVES = frozenset({"his", "her", "its", "their", "my", "our", "your", "whose"})
GENITIVES = frozenset({"'s", "’s", "'", "’"})
JOINTS = frozenset({"of", "for", "and", "on"})
"""What may stand between the words of a body's name: "Department of Justice"."""
OWNING = frozenset({"by", "of", "from", "on", "in", "at", "with"})
"""What stands between a document and whose it is: "a statement by Ann"."""
LINKS = OWNING | {
    "for",
    "to",
    "about",
    "into",
    "over",
    "under",
    "near",
    "against",
    "than",
    "within",
    "across",
    "behind",
    "among",
    "between",
}
DASHES = frozenset({"--", "—", "–"})
BREAKS = DASHES | frozenset(',;:()[]{}“”"«»„‟.?!…―‘') | {"..."}
PERSONS = frozenset({"person", "he", "she"})
HONORIFICS = frozenset({"man", "woman", "honorific"})
TITLES = PERSONS | HONORIFICS | {"modifier"}
BODIES = frozenset({"organization", "place"})
NOUNS = TITLES | BODIES | {"document"}
ENDINGS = (("ies", "y"), ("men", "man"), ("es", ""), ("s", ""))
PERSONAL_ENDINGS = ("ist", "ists", "eer", "eers", "woman", "man")
SHORTEST_DERIVED = 7


def _read() -> dict[str, list[str]]:
    """The words of `roles.txt` by kind."""
    words: dict[str, list[str]] = {}
    for line in files("attribution.resolving").joinpath("roles.txt").read_text(encoding="utf-8").splitlines():
        kind, _, rest = line.partition(": ")
        if not line.startswith("#"):
            words.setdefault(kind, []).extend(rest.split())
    return words


WORDS = _read()
KINDS = {word: kind for kind in reversed(WORDS) if kind in NOUNS for word in WORDS[kind]}
"""Each noun with its kind, the first that lists it."""
OUTLETS, PLURALS, CLAUSES, PARTICLES, UNIQUE = (
    frozenset(WORDS[kind]) for kind in ("outlet", "plural", "clause", "particle", "unique")
)
SHORT = dict(pair.split("=") for pair in WORDS["short"])
"""Of each title that is shortened the noun: "senator" of "sen"."""
ARTICLES = frozenset(WORDS["article"])
DETERMINERS = frozenset({"the", "a", "an", *WORDS["determiner"]})
STOPS = LINKS | CLAUSES | {*WORDS["participle"], *WORDS["verb"], "after", "before", "because", "if", "not", "also"}
"""Words that no noun and none of its modifiers are: before them a phrase without its attributes ends."""
CALENDAR = frozenset(WORDS["calendar"])
NO_NAMES = STOPS | DETERMINERS | PRONOUNS.keys() | PLURALS | CALENDAR | {*WORDS["opener"]}
"""Words that may have a capital and stand beside a name but are no part of it."""


@lru_cache(maxsize=20_000)
def noun(word: str) -> tuple[str | None, str]:
    """The kind and the number of a noun: `noun("Ministers") == ("person", "plural")`; the kind is None outside the lexicon."""
    word = word.lower().rstrip(".")
    if word in PLURALS:
        return "person", "plural"
    if word in KINDS:
        return KINDS[word], "singular"
    for ending, singular in ENDINGS:
        if word.endswith(ending) and (stem := word.removesuffix(ending) + singular) in KINDS:
            return KINDS[stem], "plural"
    derived = len(word) >= SHORTEST_DERIVED and word.endswith(PERSONAL_ENDINGS)
    plural = word.endswith("s") and not word.endswith(("ss", "us", "is"))
    return "person" if derived else None, "plural" if plural else "singular"


def whole(word: str) -> str:
    """A title as it is when not shortened: `whole("sen.") == "senator"`; any other word as it is."""
    return SHORT.get(word.rstrip("."), word)


def is_capital(word: str) -> bool:
    """Whether the word is written as a name is: `is_capital("Obama")`."""
    return word[:1].isupper() and word not in ("I", "I'm")


def is_break(word: str, before: str, *, spaced: bool) -> bool:
    """Whether a word ends a phrase: a mark, a line's end, a hyphen after a space; not the stop of a title ("Lt.")."""
    if word == ".":
        return not before.istitle() or noun(before)[0] not in TITLES
    return word in BREAKS or "\n" in word or (word == "-" and spaced)
