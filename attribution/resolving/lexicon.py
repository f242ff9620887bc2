"""Lexicon: the words that show what a noun phrase refers to, without part-of-speech tags. The nouns come from `roles.txt`.

In: single words. Out: their kind (person, organization, document …) and number, and closed lists: pronouns, articles, words that
end a phrase. It leaves alone texts and names.
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
"""The number and the gender of each pronoun. Self, other and relative count as genders here."""
GENDERS = ("man", "woman")
"""The genders of persons."""
REFLEXIVES = frozenset({"himself", "herself", "itself", "themselves"})
POSSESSIVES = frozenset({"his", "her", "its", "their", "my", "our", "your", "whose"})
GENITIVES = frozenset({"'s", "’s", "'", "’"})
JOINTS = frozenset({"of", "for", "and", "on"})
"""What may join the words of a body's name: "Department of Justice"."""
PREPOSITIONS = frozenset(
    {
        *("by", "of", "from", "on", "in", "at", "with", "for", "to", "about", "into", "over", "under"),
        *("near", "against", "than", "within", "across", "behind", "among", "between"),
    }
)
DASHES = frozenset({"--", "—", "–"})
BREAKS = DASHES | frozenset(',;:()[]{}“”"«»„‟.?!…―‘') | {"..."}
# Kinds of nouns; `roles.txt` says what each means.
PERSONS = frozenset({"person", "he", "she"})
HONORIFICS = frozenset({"man", "woman", "honorific"})
TITLES = PERSONS | HONORIFICS | {"modifier"}
BODIES = frozenset({"organization", "place"})
NOUNS = TITLES | BODIES | {"document"}
ENDINGS = (("ies", "y"), ("men", "man"), ("es", ""), ("s", ""))
PERSONAL_ENDINGS = ("ist", "ists", "eer", "eers", "woman", "man")
SHORTEST_DERIVED = 7


def _load_words() -> dict[str, list[str]]:
    """The words of `roles.txt` by kind."""
    words: dict[str, list[str]] = {}
    for line in files("attribution.resolving").joinpath("roles.txt").read_text(encoding="utf-8").splitlines():
        kind, _, rest = line.partition(": ")
        if not line.startswith("#"):
            words.setdefault(kind, []).extend(rest.split())
    return words


WORDS = _load_words()
NOUN_KINDS = {word: kind for kind in reversed(WORDS) if kind in NOUNS for word in WORDS[kind]}
"""The kind of each noun: the first kind that lists it."""
OUTLETS, PLURALS, CLAUSES, PARTICLES, UNIQUE = (
    frozenset(WORDS[kind]) for kind in ("outlet", "plural", "clause", "particle", "unique")
)
FULL_TITLES = dict(pair.split("=") for pair in WORDS["short"])
"""The full noun for each abbreviated title: "senator" for "sen"."""
ARTICLES = frozenset(WORDS["article"])
DETERMINERS = frozenset({"the", "a", "an", *WORDS["determiner"]})
STOPS = PREPOSITIONS | CLAUSES | {*WORDS["participle"], *WORDS["verb"], "after", "before", "because", "if", "not", "also"}
"""Words that are neither a noun nor its modifier, and so end the noun part of a phrase."""
CALENDAR = frozenset(WORDS["calendar"])
NO_NAMES = STOPS | DETERMINERS | PRONOUNS.keys() | PLURALS | CALENDAR | {*WORDS["opener"]}
"""Words that may be capitalised next to a name but are not part of it."""


@lru_cache(maxsize=20_000)
def classify_noun(word: str) -> tuple[str | None, str]:
    """The kind and the number of a noun: `classify_noun("Ministers") == ("person", "plural")`. Unknown nouns have no kind."""
    word = word.lower().rstrip(".")
    if word in PLURALS:
        return "person", "plural"
    if word in NOUN_KINDS:
        return NOUN_KINDS[word], "singular"
    for ending, singular in ENDINGS:
        if word.endswith(ending) and (stem := word.removesuffix(ending) + singular) in NOUN_KINDS:
            return NOUN_KINDS[stem], "plural"
    derived = len(word) >= SHORTEST_DERIVED and word.endswith(PERSONAL_ENDINGS)
    plural = word.endswith("s") and not word.endswith(("ss", "us", "is"))
    return "person" if derived else None, "plural" if plural else "singular"


def is_body_word(word: str) -> bool:
    """Whether a lower-case word is a noun for a body or belongs to the names of outlets."""
    return classify_noun(word)[0] in BODIES or word in OUTLETS


def full_title(word: str) -> str:
    """A title in full: `full_title("sen.") == "senator"`. Any other word stays as it is."""
    return FULL_TITLES.get(word.rstrip("."), word)


def is_capital(word: str) -> bool:
    """Whether the word is capitalised like a name: `is_capital("Obama")`."""
    return word[:1].isupper() and word not in ("I", "I'm")


def is_break(word: str, before: str, *, spaced: bool) -> bool:
    """Whether a word ends a phrase: a mark, a line break, a hyphen after a space; but not the full stop of a title ("Lt.")."""
    if word == ".":
        return not before.istitle() or classify_noun(before)[0] not in TITLES
    return word in BREAKS or "\n" in word or (word == "-" and spaced)
